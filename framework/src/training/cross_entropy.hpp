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

/// cross_entropy_gradient(logits, labels) of training.hpp.
torch::Tensor unchecked_cross_entropy_gradient(const torch::Tensor& logits, const torch::Tensor& labels);

}  // namespace infoplane
