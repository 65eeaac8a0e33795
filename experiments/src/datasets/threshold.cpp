#include <infoplane/experiments/threshold.hpp>

#include <ATen/CPUGeneratorImpl.h>

namespace infoplane::experiments {

Fields fields(ThresholdOptions& o) {
  return {field("samples", o.samples, "number of samples", whole_between(2, 1000000000))};
}

Dataset make_threshold(const ThresholdOptions& options, std::uint64_t seed) {
  const torch::Tensor x = torch::empty({options.samples, 1}).normal_(0, 1, at::detail::createCPUGenerator(seed));
  return {x, (x > 0).squeeze(1).to(torch::kInt64), 2};
}

}  // namespace infoplane::experiments
