#include <algorithm>
#include <cmath>
#include <utility>

#include <fmt/format.h>

#include "claims/replica_curves.hpp"

namespace infoplane::experiments {
namespace {

constexpr double kShareOfFall = 0.9;  // still to come at the start of compression

double start_of_fall(const Curve& curve) {
  const double level = last(curve) + kShareOfFall * (peak(curve) - last(curve));
  const auto high =
      std::find_if(curve.rbegin(), curve.rend(), [&](const auto& point) { return point.second >= level; });
  return high == curve.rend() ? std::nan("") : static_cast<double>(high->first);
}

}  // namespace

Fields fields(PhaseStartOptions& o) {
  Fields list = fields(o.of);
  list.push_back(required(field("from_epoch", o.from_epoch, "earliest allowed epoch", at_least(0))));
  list.push_back(required(field("to_epoch", o.to_epoch, "latest allowed epoch", at_least(0))));
  return list;
}

std::unique_ptr<Claim> make_phase_start(const PhaseStartOptions& o) {
  const auto from = static_cast<double>(o.from_epoch), to = static_cast<double>(o.to_epoch);
  require_range("from_epoch", from, "to_epoch", to);
  ResultNeeds needs = needs_of({o.of.layer}, o.of.estimator, o.of.quantity);
  needs.last_epoch = o.to_epoch;
  return claim(std::move(needs), [=](const RunResults& results) {
    const ReplicaCurves curves = information_of(results, o.of);
    return check_range(curves.each(start_of_fall), {from, to},
                       fmt::format("{} begins to fall between epochs {} and {} ({})", curves.name, o.from_epoch,
                                   o.to_epoch, curves.estimator),
                       "epochs");
  });
}

}  // namespace infoplane::experiments
