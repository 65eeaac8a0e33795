#pragma once

#include <cstdint>
#include <vector>

#include <torch/types.h>

#include <infoplane/estimators/symbols.hpp>

namespace infoplane::estimators {

/// Labels [N] int64 >= 0 on any device as symbols 0..max; some may not occur.
Symbols label_symbols(const torch::Tensor& labels);

/// The samples of each occurring label, in the order of the labels [N] int64. Cost: O(N log K).
std::vector<std::vector<std::int64_t>> samples_by_label(const torch::Tensor& labels);

}  // namespace infoplane::estimators
