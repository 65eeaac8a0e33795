#pragma once

#include <cstdint>

#include <torch/types.h>

#include <infoplane/estimator.hpp>

// What the cases of calibration are drawn with.
namespace infoplane::estimators {

at::Generator generator_of(std::uint64_t seed);

/// N(0, 1) and uniform in [0, 1), float64: [n, units] and [n, 1].
torch::Tensor normal(std::int64_t n, std::int64_t units, const at::Generator& generator);
torch::Tensor uniform(std::int64_t n, const at::Generator& generator);

/// Samples of X and T, all of one label.
LayerSamples paired(const torch::Tensor& x, const torch::Tensor& t);

/// Samples of T and Y; the inputs are the samples' numbers.
LayerSamples labeled(const torch::Tensor& t, const torch::Tensor& labels, std::int64_t classes);

}  // namespace infoplane::estimators
