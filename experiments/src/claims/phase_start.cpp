#include <cmath>
#include <utility>

#include <fmt/format.h>

#include "claims/replica_curves.hpp"

namespace infoplane::experiments {

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
    std::vector<double> starts;
    for (const auto& [replica, curve] : curves.replicas) {
      starts.push_back(curves.is_at_cap_throughout(replica) ? std::nan("") : start_of_fall(curves.steady(replica)));
    }
    return untested_at_cap(check_range(starts, {from, to},
                                       fmt::format("{} begins to fall between epochs {} and {} ({})", curves.name,
                                                   o.from_epoch, o.to_epoch, curves.estimator),
                                       "epochs"),
                           curves);
  });
}

}  // namespace infoplane::experiments
