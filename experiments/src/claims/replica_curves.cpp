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

constexpr double kAtCap = 0.99;

using Check = std::function<ClaimResult(const RunResults&, const OtherRuns&)>;

class FunctionClaim : public Claim {
 public:
  FunctionClaim(ResultNeeds needs, Check check) : needs_(std::move(needs)), check_(std::move(check)) {}

  ClaimResult check(const RunResults& results, const OtherRuns& others) const override {
    for (const std::string& run : needs_.runs) {
      if (others.count(run) > 0) continue;
      ClaimResult nothing;
      nothing.untested = fmt::format("compares with a finished run of {}", run);
      return nothing;
    }
    return check_(results, others);
  }
  ResultNeeds needs() const override { return needs_; }

 private:
  ResultNeeds needs_;
  Check check_;
};

// The first of these details that the estimator gives for every replica and epoch of the layer.
std::map<std::int64_t, Curve> counts_of(const RunResults& results, const std::string& estimator,
                                        const std::string& layer) {
  const auto is_given = [](const auto& of_replica) {
    const Curve& curve = of_replica.second;
    return std::none_of(curve.begin(), curve.end(), [](const auto& point) { return std::isnan(point.second); });
  };
  for (const char* name : {"clusters", "components"}) {
    if (std::find(results.details.begin(), results.details.end(), name) == results.details.end()) continue;
    std::map<std::int64_t, Curve> counts = detail_of(results, estimator, layer, name);
    if (std::all_of(counts.begin(), counts.end(), is_given)) return counts;
  }
  return {};
}

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

std::vector<double> ReplicaCurves::each_below_cap(const std::function<double(const Curve&)>& measure) const {
  std::vector<double> values;
  for (const auto& [replica, curve] : replicas)
    values.push_back(is_at_cap_throughout(replica) ? std::nan("") : measure(curve));
  return values;
}

bool ReplicaCurves::is_at_cap(std::int64_t replica, std::size_t point) const {
  const auto cap = caps.find(replica);
  return cap != caps.end() && replicas.at(replica)[point].second >= kAtCap * cap->second[point].second;
}

bool ReplicaCurves::is_at_cap_throughout(std::int64_t replica) const {
  for (std::size_t point = 0; point < replicas.at(replica).size(); ++point) {
    if (!is_at_cap(replica, point)) return false;
  }
  return true;
}

Curve ReplicaCurves::steady(std::int64_t replica) const {
  Curve sums = replicas.at(replica);
  const auto count = counts.find(replica);
  if (count == counts.end() || count->second.size() != sums.size()) return sums;
  double jumps = 0;
  for (std::size_t point = 1; point < sums.size(); ++point) {
    const double before = replicas.at(replica)[point - 1].second;
    if (count->second[point].second != count->second[point - 1].second) jumps += sums[point].second - before;
    sums[point].second -= jumps;
  }
  return sums;
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
  const bool is_xt = of.quantity == Quantity::i_xt;
  return {fmt::format("{} of {}", text_of(of.quantity), of.layer), estimator, curves.curves(layer, is_xt ? kXt : kTy),
          curves.curves(layer, is_xt ? kXtCap : kTyCap), counts_of(results, estimator, of.layer)};
}

ResultNeeds needs_of(const std::vector<std::string>& layers, const std::string& estimator, Quantity quantity) {
  ResultNeeds needs;
  needs.information = true;
  needs.i_xt = quantity == Quantity::i_xt;
  needs.layers = layers;
  if (!estimator.empty()) needs.estimators = {estimator};
  return needs;
}

std::string name_of(Split split) { return split == Split::test ? "test" : "train"; }

ReplicaCurves training_of(const RunResults& results, Split split, TrainingQuantity quantity) {
  const Curves curves = training_curves(results.training);
  const std::size_t place = curves.find(name_of(split));
  if (place == curves.series().size()) throw UsageError("the results have no rows in training.csv");
  return {fmt::format("the {} {}", name_of(split), quantity == kLoss ? "loss" : "accuracy"), "",
          curves.curves(place, quantity)};
}

ReplicaCurves element_of(const RunResults& results, const std::string& parameter, std::int64_t index) {
  Curves curves("parameters.csv", 1);
  for (const ParameterRecord& record : results.parameters) {
    if (record.index == index) curves.add(record.parameter, record.replica, record.epoch, &record.value);
  }
  const std::size_t place = curves.find(parameter);
  if (place == curves.series().size()) refuse(fmt::format("element {} of", index), parameter, curves.series());
  return {"", "", curves.curves(place, 0)};
}

double first(const Curve& curve) { return curve.begin()->second; }

double last(const Curve& curve) { return curve.rbegin()->second; }

double fall(const Curve& curve) { return peak(curve) - last(curve); }

double rise(const Curve& curve) { return peak(curve) - first(curve); }

std::map<std::int64_t, Curve> detail_of(const RunResults& results, const std::string& estimator,
                                        const std::string& layer, const std::string& detail) {
  const auto& known = results.details;
  const auto place = std::find(known.begin(), known.end(), detail) - known.begin();
  if (place == static_cast<std::ptrdiff_t>(known.size())) refuse("detail", detail, known);
  std::map<std::int64_t, Curve> replicas;
  for (const Record& row : results.information) {
    if (row.estimator == estimator && row.layer == layer)
      replicas[row.replica].emplace_back(row.epoch, row.details[place]);
  }
  for (auto& [replica, curve] : replicas) std::sort(curve.begin(), curve.end());
  return replicas;
}

std::unique_ptr<Claim> claim(ResultNeeds needs, std::function<ClaimResult(const RunResults&)> check) {
  return claim(std::move(needs),
               [check = std::move(check)](const RunResults& results, const OtherRuns&) { return check(results); });
}

std::unique_ptr<Claim> claim(ResultNeeds needs, std::function<ClaimResult(const RunResults&, const OtherRuns&)> check) {
  return std::make_unique<FunctionClaim>(std::move(needs), std::move(check));
}

ClaimResult untested_at_cap(ClaimResult result, const ReplicaCurves& curves) {
  result.untested = fmt::format("{} is at its cap throughout ({})", curves.name, curves.estimator);
  return result;
}

void require_range(const std::string& from, double low, const std::string& to, double high) {
  if (low > high) throw UsageError(fmt::format("{} must be at most {}, {}, got {}", from, to, high, low));
}

}  // namespace infoplane::experiments
