#include <algorithm>
#include <cmath>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "claims/replica_curves.hpp"

namespace infoplane::experiments {
namespace {

// The largest increase from one layer to the next at the last epoch; NaN if any value is, and if all are at their caps.
double excess(const std::vector<ReplicaCurves>& layers, std::int64_t replica) {
  const auto is_capped = [&](const ReplicaCurves& layer) {
    const auto curve = layer.replicas.find(replica);
    return curve != layer.replicas.end() && layer.is_at_cap(replica, curve->second.size() - 1);
  };
  if (std::all_of(layers.begin(), layers.end(), is_capped)) return std::nan("");
  double worst = -kUnlimited;
  for (std::size_t k = 1; k < layers.size(); ++k) {
    const double more = layers[k].last_of(replica) - layers[k - 1].last_of(replica);
    if (std::isnan(more)) return more;
    worst = std::max(worst, more);
  }
  return worst;
}

std::vector<double> excesses(const std::vector<ReplicaCurves>& layers) {
  std::vector<double> values;
  for (const auto& [replica, curve] : layers.front().replicas) values.push_back(excess(layers, replica));
  return values;
}

}  // namespace

Fields fields(OrderedByDepthOptions& o) {
  const Check<std::vector<std::string>> several{"at least two layers",
                                                [](const auto& layers) { return layers.size() > 1; },
                                                keywords({{"minItems", Node::of_scalar("2")}})};
  return {required(field("layers", o.layers, "layers in order from input to output", several)),
          field("estimator", o.estimator, "estimator name; empty: the first estimator"),
          field("quantity", o.quantity, "I(X;T) or I(T;Y)"),
          required(field("within_bits", o.within_bits, "largest allowed increase from one layer to the next, in bits",
                         between(0, 64)))};
}

std::unique_ptr<Claim> make_ordered_by_depth(const OrderedByDepthOptions& o) {
  return claim(needs_of(o.layers, o.estimator, o.quantity), [o](const RunResults& results) {
    std::vector<ReplicaCurves> layers;
    for (const std::string& layer : o.layers)
      layers.push_back(information_of(results, {layer, o.estimator, o.quantity}));
    ClaimResult result = check_range(
        excesses(layers), {-kUnlimited, o.within_bits},
        fmt::format("{} of {} ends with no layer above the previous one by more than {} bits ({})", text_of(o.quantity),
                    fmt::join(o.layers, ", "), o.within_bits, layers.front().estimator),
        "bits");
    result.untested = "all layers end at their caps";
    return result;
  });
}

}  // namespace infoplane::experiments
