#pragma once

#include <torch/types.h>

// Scales of samples [N, M], for results that do not depend on the unit of measurement, however small or large.
namespace infoplane::estimators {

/// float64 on CPU, multiplied by the power of two that brings the largest magnitude to [1, 2): no square of it
/// overflows, nor underflows unless it is negligible. Exact but for values that are below 1e-300 of the largest.
struct Normalized {
  torch::Tensor values;
  int exponent = 0;  ///< values = samples / 2^exponent
};
Normalized normalized(const torch::Tensor& samples);

/// The population standard deviation of each unit, [M] float64; exactly 0 for a constant unit.
torch::Tensor standard_deviations(const torch::Tensor& samples);

/// The units minus their mean, divided by their standard deviation unless that is 0: [N, M] float64.
torch::Tensor standardized(const torch::Tensor& samples);

}  // namespace infoplane::estimators
