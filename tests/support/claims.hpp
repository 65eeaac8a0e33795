#pragma once

#include <memory>
#include <string>
#include <vector>

#include <infoplane/claim.hpp>
#include <infoplane/experiments/catalogue.hpp>

#include "support/support.hpp"

/// Claims as a config has them, and hand-written results to judge.
namespace infoplane::testing {

/// The claim, as an entry of a config's list.
inline std::unique_ptr<Claim> claim(const std::string& yaml) {
  static const Catalogue catalogue = experiments::catalogue();
  std::vector<Choice<ClaimFactory>> read;
  const Node config = parse_yaml("claims: [" + yaml + "]", "x.yaml");
  choices("claims", read, catalogue.claims, "").binding->read(*config.find("claims"), "claims");
  return read.at(0)();
}

inline ClaimRecord evaluated(const std::string& yaml, const RunResults& run, const OtherRuns& others = {}) {
  return claim_record("x", "y", claim(yaml)->check(run, others));
}

inline std::string refusal(const std::string& yaml, const RunResults& run) {
  return message_of<UsageError>([&] { evaluated(yaml, run); });
}

struct InformationAt {
  std::int64_t epoch;
  double i_xt, i_ty;
};

/// Adds the rows of one replica's layer, with caps of 9 bits and 1 bit.
inline void add(RunResults& run, const std::string& layer, const std::vector<InformationAt>& points,
                std::int64_t replica = 0, const std::string& estimator = "binning") {
  for (const InformationAt& p : points)
    run.information.push_back({replica, p.epoch, layer, estimator, p.i_xt, p.i_ty, 9, 1, {}});
}

}  // namespace infoplane::testing
