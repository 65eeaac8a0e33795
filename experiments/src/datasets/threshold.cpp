#include <infoplane/experiments/threshold.hpp>

#include <ATen/CPUGeneratorImpl.h>

namespace infoplane::experiments {
namespace {

Dataset drawn(std::int64_t samples, std::uint64_t seed) {
  const torch::Tensor x = torch::empty({samples, 1}).normal_(0, 1, at::detail::createCPUGenerator(seed));
  return {x, (x > 0).squeeze(1).to(torch::kInt64), 2};
}

}  // namespace

Fields fields(ThresholdOptions& o) {
  return {field("samples", o.samples, "number of samples", whole_between(2, 1000000000)),
          field("redraw", o.redraw, "draw new samples for each replica; else all replicas share them")};
}

Dataset make_threshold(const ThresholdOptions& options, std::uint64_t seed) {
  Dataset dataset = drawn(options.samples, seed);
  if (options.redraw) {
    dataset.redraw = [samples = options.samples](std::uint64_t own_seed) { return drawn(samples, own_seed); };
  }
  return dataset;
}

}  // namespace infoplane::experiments
