#include <cmath>

#include <fmt/format.h>

#include "claims/replica_curves.hpp"
#include "runs/selection.hpp"

namespace infoplane::experiments {
namespace {

// |a - b| at the last epoch of each replica.
std::vector<double> distances(const ReplicaCurves& a, const ReplicaCurves& b) {
  std::vector<double> values;
  for (const auto& [replica, curve] : a.replicas) values.push_back(std::abs(last(curve) - b.last_of(replica)));
  return values;
}

}  // namespace

Fields fields(BoundsMeetOptions& o) {
  Fields list = fields(o.of);
  list.push_back(
      required(field("within_bits", o.within_bits, "largest distance between the bounds, in bits", between(0, 64))));
  return list;
}

std::unique_ptr<Claim> make_bounds_meet(const BoundsMeetOptions& o) {
  return claim(of_bounds(needs_of({o.of.layer}, o.of.estimator, o.of.quantity)), [o](const RunResults& results) {
    const std::string estimator = bounding_estimator(results, o.of.estimator);
    const ReplicaCurves lower = information_of(results, {o.of.layer, estimator + ".lower", o.of.quantity});
    const ReplicaCurves upper = information_of(results, {o.of.layer, estimator + ".upper", o.of.quantity});
    return check_range(
        distances(upper, lower), {-kUnlimited, o.within_bits},
        fmt::format("the bounds of {} end within {} bits of each other ({})", lower.name, o.within_bits, estimator),
        "bits");
  });
}

}  // namespace infoplane::experiments
