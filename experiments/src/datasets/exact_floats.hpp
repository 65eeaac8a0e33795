#pragma once

#include <string>

#include <torch/types.h>

namespace infoplane::experiments {

/// Floats as they are, integers [N, ...] as `type`, float32 or float64. Throws UsageError "FILE: the integer
/// 9007199254740993 of sample 3 is not exact in float64: ..." for one that would be rounded: different samples could
/// become equal.
torch::Tensor exact_floats(const torch::Tensor& array, torch::ScalarType type, const std::string& file);

}  // namespace infoplane::experiments
