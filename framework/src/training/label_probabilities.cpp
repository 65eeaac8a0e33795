#include "training/label_probabilities.hpp"

#include <cmath>

#include <fmt/format.h>

#include "base/tensor_arguments.hpp"

namespace infoplane {
namespace {

std::string wrong_row(const double* p, std::int64_t sample, std::int64_t label, std::int64_t classes) {
  constexpr double kTolerance = 1e-6;
  double sum = 0;
  for (std::int64_t k = 0; k < classes; ++k) {
    sum += p[k];
    if (p[k] >= 0) continue;
    return fmt::format("the probability of label {} of sample {} is {}, it must be from 0 to 1", k, sample, p[k]);
  }
  if (!(std::abs(sum - 1) <= kTolerance)) {
    return fmt::format("the label probabilities of sample {} have the sum {}, they must have the sum 1", sample, sum);
  }
  if (p[label] > 0) return "";
  return fmt::format("the label of sample {} is {}, which has probability 0", sample, label);
}

// The first label at which the sum of probabilities exceeds u; never one of probability 0.
std::int64_t label_at(double u, const double* p, std::int64_t classes) {
  std::int64_t label = 0;
  double sum = 0;
  for (std::int64_t k = 0; k < classes; ++k) {
    if (p[k] == 0) continue;
    label = k;
    sum += p[k];
    if (u < sum) break;
  }
  return label;
}

}  // namespace

std::string wrong_probabilities(const torch::Tensor& probabilities, const torch::Tensor& labels, std::int64_t classes) {
  const std::int64_t samples = labels.size(0);
  if (probabilities.scalar_type() != torch::kFloat64 || probabilities.sizes() != torch::IntArrayRef({samples, classes}))
    return fmt::format("label probabilities must be Double [{}, {}], got {}", samples, classes,
                       described(probabilities));
  const torch::Tensor p = probabilities.cpu().contiguous(), y = labels.cpu().contiguous();
  for (std::int64_t n = 0; n < samples; ++n) {
    std::string wrong = wrong_row(p.data_ptr<double>() + n * classes, n, y.data_ptr<std::int64_t>()[n], classes);
    if (!wrong.empty()) return wrong;
  }
  return "";
}

torch::Tensor drawn_labels(const torch::Tensor& probabilities, const torch::Tensor& samples,
                           const ReplicaRange& replicas, std::int64_t epoch) {
  constexpr double kUnit = 1.0 / (std::uint64_t{1} << 53);
  const torch::Tensor p = probabilities.cpu().contiguous(), index = samples.cpu().contiguous();
  const torch::Tensor labels = torch::zeros({replicas.count, p.size(0)}, torch::kInt64);
  for (std::int64_t r = 0; r < replicas.count; ++r) {
    const std::uint64_t seed = replicas.stream(r, Purpose::labels, epoch);
    const std::int64_t* sample = index.data_ptr<std::int64_t>() + r * index.size(1);
    std::int64_t* label = labels.data_ptr<std::int64_t>() + r * p.size(0);
    for (std::int64_t i = 0; i < index.size(1); ++i) {
      const std::uint64_t bits = stream_seed(seed, 0, Purpose::labels, sample[i]);
      label[sample[i]] =
          label_at(static_cast<double>(bits >> 11) * kUnit, p.data_ptr<double>() + sample[i] * p.size(1), p.size(1));
    }
  }
  return labels;
}

}  // namespace infoplane
