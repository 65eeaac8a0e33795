#pragma once

#include <string>
#include <vector>

#include "runs/comparison.hpp"

namespace infoplane::experiments {

/// A table of the claims: a header, a row for each claim with its verdict in each run and the replicas in which it
/// holds, and a last row with the number of claims that hold. Claims that no run has judged are left out; empty if none
/// is left.
std::vector<std::vector<std::string>> claims_by_run(const Comparison& comparison);

}  // namespace infoplane::experiments
