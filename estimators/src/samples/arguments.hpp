#pragma once

#include <torch/types.h>

#include <infoplane/estimator.hpp>

#include "base/tensor_arguments.hpp"

/// Checks of samples and labels that are arguments of public functions. Each throws std::invalid_argument
/// "FUNCTION: NAME must be ..., got ...", with shapes as [N, M].
namespace infoplane::estimators {

/// Samples [N, M], float32 or float64, N and M at least 1.
void require_samples(const char* function, const char* name, const torch::Tensor& samples);

/// The same number of samples as `others`, which is called `others_name`.
void require_as_many(const char* function, const char* name, const torch::Tensor& samples, const char* others_name,
                     const torch::Tensor& others);

/// Labels [N] int64 from 0 to 2^31 - 2 of samples [N, M].
void require_labels(const char* function, const torch::Tensor& labels, const torch::Tensor& samples);

/// LayerSamples::prepared as the type that `estimator` prepares. Throws for another estimator's.
template <class T>
const T& prepared_as(const char* estimator, const Prepared& prepared) {
  const auto* own = dynamic_cast<const T*>(&prepared);
  require_argument(own != nullptr, estimator, "prepared must be a result of this estimator's prepare()");
  return *own;
}

}  // namespace infoplane::estimators
