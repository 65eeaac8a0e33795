#pragma once

#include <cstdint>

#include <torch/types.h>

// The gradient of training.hpp's loss without checks of its arguments, for training steps.
namespace infoplane {

/// K rows of B samples.
struct LogitsShape {
  std::int64_t rows, batch;
};

/// The gradient of one replica's mean cross-entropy with respect to its logits z [K, B], with labels y [B].
void cross_entropy_gradient(const float* z, const std::int64_t* y, float* gradient, const LogitsShape& shape);

/// The same with targets p [1 or K, B].
void soft_cross_entropy_gradient(const float* z, const float* p, float* gradient, const LogitsShape& shape);

/// soft_cross_entropy_gradient(logits, targets) of training.hpp.
torch::Tensor unchecked_soft_gradient(const torch::Tensor& logits, const torch::Tensor& targets);

/// cross_entropy_gradient(logits, labels) of training.hpp.
torch::Tensor unchecked_cross_entropy_gradient(const torch::Tensor& logits, const torch::Tensor& labels);

}  // namespace infoplane
