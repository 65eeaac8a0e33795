#pragma once

#include <string>

#include <infoplane/record.hpp>

/// The cells of a claim's row in the report and in the pages of a reproduction.
namespace infoplane::experiments {

/// "1.9 +- 0.4 bits, mean 1.79 to 2.01"; no deviation for one replica, no interval where there is none.
std::string found_text(const ClaimRecord& claim);

/// "47 of 50, 83 to 99 %"; "-" without replicas.
std::string share_text(const ClaimRecord& claim);

/// Why it does not hold or is undecided: "one replica; the training is too short"; "" if it holds.
std::string reason_text(const ClaimRecord& claim);

}  // namespace infoplane::experiments
