#pragma once

#include <cstdint>

#include <torch/types.h>

namespace infoplane::estimators {

/// activations + sqrt(variance) g, g ~ N(0, 1) from a stream of the seed alone (never LibTorch's global one, which
/// training uses); float64 on CPU.
torch::Tensor with_noise(const torch::Tensor& activations, double variance, std::uint64_t seed);

}  // namespace infoplane::estimators
