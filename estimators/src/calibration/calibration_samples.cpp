#include "calibration/calibration_samples.hpp"

#include <ATen/CPUGeneratorImpl.h>

namespace infoplane::estimators {

at::Generator generator_of(std::uint64_t seed) { return at::detail::createCPUGenerator(seed); }

torch::Tensor normal(std::int64_t n, std::int64_t units, const at::Generator& generator) {
  return torch::empty({n, units}, torch::kFloat64).normal_(0, 1, generator);
}

torch::Tensor uniform(std::int64_t n, const at::Generator& generator) {
  return torch::empty({n, 1}, torch::kFloat64).uniform_(0, 1, generator);
}

LayerSamples paired(const torch::Tensor& x, const torch::Tensor& t) {
  LayerSamples samples = labeled(t, torch::zeros({t.size(0)}, torch::kInt64), 1);
  samples.inputs = x.to(torch::kFloat64);
  return samples;
}

LayerSamples labeled(const torch::Tensor& t, const torch::Tensor& labels, std::int64_t classes) {
  LayerSamples samples;
  samples.inputs = torch::arange(t.size(0), torch::kFloat64).unsqueeze(1);
  samples.labels = labels;
  samples.classes = classes;
  samples.activations = t.to(torch::kFloat64);
  samples.layer = "T";
  return samples;
}

}  // namespace infoplane::estimators
