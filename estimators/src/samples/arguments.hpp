#pragma once

#include <cstdint>

#include <torch/types.h>

/// What the arguments of public functions must be. Each throws std::invalid_argument
/// "FUNCTION: NAME must be ..., got ...", with shapes as [N, M].
namespace infoplane::estimators {

/// Samples [N, M], float32 or float64, N and M at least 1.
void require_samples(const char* function, const char* name, const torch::Tensor& samples);

/// Samples as many as `others`, which are called `others_name`.
void require_as_many(const char* function, const char* name, const torch::Tensor& samples, const char* others_name,
                     const torch::Tensor& others);

/// Labels [N] int64 of samples [N, M].
void require_labels(const char* function, const torch::Tensor& labels, const torch::Tensor& samples);

void require_at_least(const char* function, const char* name, std::int64_t value, std::int64_t least);

/// Above 0 and finite.
void require_positive(const char* function, const char* name, double value);

/// Throws where `holds` is false.
void require(bool holds, const char* function, const char* what);

}  // namespace infoplane::estimators
