#include "samples/arguments.hpp"

#include <limits>

#include <fmt/format.h>

namespace infoplane::estimators {

void require_samples(const char* function, const char* name, const torch::Tensor& samples) {
  const bool fits = samples.defined() && samples.dim() == 2 && samples.numel() > 0 &&
                    (samples.scalar_type() == torch::kFloat32 || samples.scalar_type() == torch::kFloat64);
  require_tensor(fits, function, name, "[N, M], float32 or float64, not empty", samples);
}

void require_as_many(const char* function, const char* name, const torch::Tensor& samples, const char* others_name,
                     const torch::Tensor& others) {
  if (samples.size(0) == others.size(0)) return;
  refuse_argument(function, fmt::format("{} must have as many samples as {}, {}, got {}", name, others_name,
                                        described(others), described(samples)));
}

void require_labels(const char* function, const torch::Tensor& labels, const torch::Tensor& samples) {
  const bool fits = labels.defined() && labels.dim() == 1 && labels.scalar_type() == torch::kInt64 &&
                    labels.size(0) == samples.size(0);
  if (!fits) {
    refuse_argument(function, fmt::format("labels must be [{}], int64, one for each sample of {}, got {}",
                                          samples.size(0), described(samples), described(labels)));
  }
  require_indices(function, "every label", labels, std::numeric_limits<std::int32_t>::max());
}

}  // namespace infoplane::estimators
