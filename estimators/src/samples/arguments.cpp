#include "samples/arguments.hpp"

#include <cmath>
#include <stdexcept>
#include <string>

#include <c10/core/ScalarType.h>
#include <fmt/format.h>
#include <fmt/ranges.h>

namespace infoplane::estimators {
namespace {

std::string described(const torch::Tensor& tensor) {
  if (!tensor.defined()) return "an undefined tensor";
  return fmt::format("{} [{}]", c10::toString(tensor.scalar_type()), fmt::join(tensor.sizes(), ", "));
}

[[noreturn]] void refuse(const char* function, const std::string& what) {
  throw std::invalid_argument(fmt::format("{}: {}", function, what));
}

}  // namespace

void require_samples(const char* function, const char* name, const torch::Tensor& samples) {
  const bool fits = samples.defined() && samples.dim() == 2 && samples.numel() > 0 &&
                    (samples.scalar_type() == torch::kFloat32 || samples.scalar_type() == torch::kFloat64);
  if (!fits) {
    refuse(function, fmt::format("{} must be [N, M], float32 or float64, not empty, got {}", name, described(samples)));
  }
}

void require_as_many(const char* function, const char* name, const torch::Tensor& samples, const char* others_name,
                     const torch::Tensor& others) {
  if (samples.size(0) == others.size(0)) return;
  refuse(function, fmt::format("{} must have as many samples as {}, {}, got {}", name, others_name, described(others),
                               described(samples)));
}

void require_labels(const char* function, const torch::Tensor& labels, const torch::Tensor& samples) {
  const bool fits = labels.defined() && labels.dim() == 1 && labels.scalar_type() == torch::kInt64 &&
                    labels.size(0) == samples.size(0);
  if (!fits) {
    refuse(function, fmt::format("labels must be [{}], int64, one for each sample of {}, got {}", samples.size(0),
                                 described(samples), described(labels)));
  }
}

void require_at_least(const char* function, const char* name, std::int64_t value, std::int64_t least) {
  if (value < least) refuse(function, fmt::format("{} must be at least {}, got {}", name, least, value));
}

void require_positive(const char* function, const char* name, double value) {
  if (!(value > 0) || !std::isfinite(value)) {
    refuse(function, fmt::format("{} must be above 0 and finite, got {}", name, value));
  }
}

void require(bool holds, const char* function, const char* what) {
  if (!holds) refuse(function, what);
}

}  // namespace infoplane::estimators
