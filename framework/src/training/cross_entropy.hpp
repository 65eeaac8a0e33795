#pragma once

#include <cstdint>

// What torch-free callers need of the loss in training.hpp.
namespace infoplane {

/// K rows of B samples.
struct LogitsShape {
  std::int64_t rows, batch;
};

/// The gradient of one replica's mean cross-entropy with respect to its logits z [K, B], with labels y [B].
void cross_entropy_gradient(const float* z, const std::int64_t* y, float* gradient, const LogitsShape& shape);

}  // namespace infoplane
