#pragma once

#include <cstdint>

#include <torch/types.h>

#include "training/cross_entropy.hpp"

// The quadratic cost of loss.hpp, without checks of its arguments.
namespace infoplane {

/// Of one sample with K logits z.
double quadratic_cost(const double* z, std::int64_t y, std::int64_t outputs);

/// The gradient of one replica's mean cost with respect to its logits z [K, B], with labels y [B]: (s - y) s (1 - s) /
/// B, or p_k (e_k - sum_j p_j e_j) / B with e = p - onehot(y).
void quadratic_gradient(const float* z, const std::int64_t* y, float* gradient, const LogitsShape& shape);

/// The same for logits [R, B, K] and labels [R, B] on any device.
torch::Tensor quadratic_gradient(const torch::Tensor& logits, const torch::Tensor& labels);

}  // namespace infoplane
