#include "claims/replica_curves.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

#include <fmt/format.h>

#include <infoplane/error.hpp>

#include "runs/selection.hpp"

namespace infoplane::experiments {
namespace {

class FunctionClaim : public Claim {
 public:
  FunctionClaim(ResultNeeds needs, std::function<ClaimResult(const RunResults&)> check)
      : needs_(std::move(needs)), check_(std::move(check)) {}

  ClaimResult check(const RunResults& results) const override { return check_(results); }
  ResultNeeds needs() const override { return needs_; }

 private:
  ResultNeeds needs_;
  std::function<ClaimResult(const RunResults&)> check_;
};

}  // namespace

EnumNames<Quantity> names(Quantity) { return {{Quantity::i_xt, "i_xt"}, {Quantity::i_ty, "i_ty"}}; }

Fields fields(LayerQuantity& o) {
  return {required(field("layer", o.layer, "layer name")),
          field("estimator", o.estimator, "estimator name; empty: the first estimator"),
          field("quantity", o.quantity, "I(X;T) or I(T;Y)")};
}

std::vector<double> ReplicaCurves::each(const std::function<double(const Curve&)>& measure) const {
  std::vector<double> values;
  for (const auto& [replica, curve] : replicas) values.push_back(measure(curve));
  return values;
}

double ReplicaCurves::last_of(std::int64_t replica) const {
  const auto curve = replicas.find(replica);
  return curve == replicas.end() ? std::nan("") : last(curve->second);
}

std::string text_of(Quantity quantity) { return quantity == Quantity::i_xt ? "I(X;T)" : "I(T;Y)"; }

ReplicaCurves information_of(const RunResults& results, const LayerQuantity& of) {
  const std::string estimator = selected_estimator(results, of.estimator);
  const Curves curves = information_curves(results.information, estimator);
  const std::size_t layer = curves.find(of.layer);
  if (layer == curves.series().size()) refuse("layer", of.layer, curves.series());
  return {fmt::format("{} of {}", text_of(of.quantity), of.layer), estimator,
          curves.curves(layer, of.quantity == Quantity::i_xt ? kXt : kTy)};
}

ResultNeeds needs_of(const std::vector<std::string>& layers, const std::string& estimator, Quantity quantity) {
  ResultNeeds needs;
  needs.information = true;
  needs.i_xt = quantity == Quantity::i_xt;
  needs.layers = layers;
  if (!estimator.empty()) needs.estimators = {estimator};
  return needs;
}

double first(const Curve& curve) { return curve.begin()->second; }

double last(const Curve& curve) { return curve.rbegin()->second; }

std::unique_ptr<Claim> claim(ResultNeeds needs, std::function<ClaimResult(const RunResults&)> check) {
  return std::make_unique<FunctionClaim>(std::move(needs), std::move(check));
}

std::unique_ptr<Claim> stated(std::unique_ptr<Claim> claim, const Statement& statement) {
  const std::shared_ptr<const Claim> bare = std::move(claim);
  return experiments::claim(bare->needs(), [=](const RunResults& results) {
    ClaimResult result = bare->check(results);
    result.says = statement.says;
    result.at_least_share = statement.at_least_share;
    result.reason = statement.reason;
    return result;
  });
}

void require_range(const std::string& from, double low, const std::string& to, double high) {
  if (low > high) throw UsageError(fmt::format("{} must be at most {}, {}, got {}", from, to, high, low));
}

}  // namespace infoplane::experiments
