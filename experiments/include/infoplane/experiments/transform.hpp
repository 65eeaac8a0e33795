#pragma once

#include <torch/types.h>

#include <infoplane/fields.hpp>

namespace infoplane::experiments {

/// What is done to the inputs [N, D] of a data set.
enum class Transform {
  none,
  log_magnitude,  ///< ln max(|x|, 1e-6)
  standardise     ///< each column to mean 0 and variance 1 over all N samples; a constant column to 0
};
EnumNames<Transform> names(Transform);

torch::Tensor transformed(const torch::Tensor& inputs, Transform transform);

}  // namespace infoplane::experiments
