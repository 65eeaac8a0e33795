#include "samples/labels.hpp"

#include <map>
#include <utility>

namespace infoplane::estimators {

Symbols label_symbols(const torch::Tensor& labels) {
  const torch::Tensor on_cpu = labels.cpu().contiguous();
  const std::int64_t* label = on_cpu.data_ptr<std::int64_t>();
  return {{label, label + on_cpu.numel()}, static_cast<std::int32_t>(on_cpu.max().item<std::int64_t>() + 1)};
}

torch::Tensor uncertain_labels(const LayerSamples& samples) {
  if (!samples.label_probabilities.defined()) return {};
  const torch::Tensor p = samples.label_probabilities.cpu().contiguous();
  const bool are_certain = p.eq(0).logical_or(p.eq(1)).all().item<bool>();
  return are_certain ? torch::Tensor() : p;
}

SymbolProbabilities label_probabilities(const torch::Tensor& probabilities, std::int64_t times) {
  const torch::Tensor p = probabilities.cpu().repeat_interleave(times, 0).contiguous();
  return {{p.data_ptr<double>(), p.data_ptr<double>() + p.numel()}, static_cast<std::int32_t>(p.size(1))};
}

std::vector<std::vector<std::int64_t>> samples_by_label(const torch::Tensor& labels) {
  const torch::Tensor on_cpu = labels.cpu().contiguous();
  const std::int64_t* label = on_cpu.data_ptr<std::int64_t>();
  std::map<std::int64_t, std::vector<std::int64_t>> of_label;
  for (std::int64_t i = 0; i < on_cpu.numel(); ++i) of_label[label[i]].push_back(i);
  std::vector<std::vector<std::int64_t>> samples;
  for (auto& [value, own] : of_label) samples.push_back(std::move(own));
  return samples;
}

}  // namespace infoplane::estimators
