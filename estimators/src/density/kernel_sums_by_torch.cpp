#include <algorithm>
#include <cmath>

#include <infoplane/estimators/kernel_sums.hpp>

#include "samples/arguments.hpp"

namespace infoplane::estimators {
namespace {

std::vector<double> values(const torch::Tensor& sums) {
  const torch::Tensor on_cpu = sums.cpu().contiguous();
  return {on_cpu.data_ptr<double>(), on_cpu.data_ptr<double>() + on_cpu.numel()};
}

}  // namespace

KernelSums kernel_sums_by_torch(const torch::Tensor& activations, const torch::Tensor& labels, double variance) {
  require_samples("kernel_sums_by_torch", "activations", activations);
  require_labels("kernel_sums_by_torch", labels, activations);
  require_positive("kernel_sums_by_torch", "variance", variance);
  constexpr std::int64_t kElements = std::int64_t{1} << 22;
  constexpr std::int64_t kByDifferences =
      2;  // cdist's mode without the matrix product, which is imprecise for small distances
  const std::int64_t n = activations.size(0);
  const std::int64_t height = std::max<std::int64_t>(1, kElements / n);
  const torch::Tensor sums = torch::zeros({4, n}, activations.options().dtype(torch::kFloat64));
  for (std::int64_t first = 0; first < n; first += height) {
    const std::int64_t last = std::min(n, first + height);
    const torch::Tensor distance = torch::cdist(activations.slice(0, first, last), activations, 2, kByDifferences);
    const torch::Tensor wide = distance.square_().mul_(-1 / (8 * variance)).exp_();
    const torch::Tensor narrow = wide.pow(4);
    const torch::Tensor own = labels.slice(0, first, last).unsqueeze(1).eq(labels);
    int row = 0;
    for (const torch::Tensor& kernel : {narrow, narrow * own, wide, wide * own}) {
      sums[row++].slice(0, first, last).copy_(kernel.sum(1, false, torch::kFloat64));
    }
  }
  return {values(sums[0]), values(sums[1]), values(sums[2]), values(sums[3])};
}

}  // namespace infoplane::estimators
