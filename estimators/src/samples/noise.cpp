#include "samples/noise.hpp"

#include <cmath>

#include <ATen/CPUGeneratorImpl.h>

namespace infoplane::estimators {

torch::Tensor with_noise(const torch::Tensor& activations, double variance, std::uint64_t seed) {
  const torch::Tensor values = activations.to(torch::kCPU, torch::kFloat64);
  const at::Generator generator = at::detail::createCPUGenerator(seed);
  return values + torch::empty(values.sizes(), torch::kFloat64).normal_(0, 1, generator) * std::sqrt(variance);
}

}  // namespace infoplane::estimators
