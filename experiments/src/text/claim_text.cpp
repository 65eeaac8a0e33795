#include "text/claim_text.hpp"

#include <cmath>

#include <fmt/format.h>

#include "text/html.hpp"

namespace infoplane::experiments {

std::string found_text(const ClaimRecord& claim) {
  if (claim.tested == 0) return "-";
  std::string text = number_text(claim.mean);
  if (claim.tested > 1) text += fmt::format(" +- {}", number_text(claim.deviation));
  if (!claim.unit.empty()) text += " " + claim.unit;
  if (!std::isfinite(claim.mean_interval.low)) return text;
  return text +
         fmt::format(", mean {} to {}", number_text(claim.mean_interval.low), number_text(claim.mean_interval.high));
}

std::string share_text(const ClaimRecord& claim) {
  if (claim.replicas == 0) return "-";
  return fmt::format("{} of {}, {:.0f} to {:.0f} %", claim.holds, claim.replicas, 100 * claim.share.low,
                     100 * claim.share.high);
}

std::string reason_text(const ClaimRecord& claim) {
  return claim.doubt + (claim.doubt.empty() || claim.reason.empty() ? "" : "; ") + claim.reason;
}

}  // namespace infoplane::experiments
