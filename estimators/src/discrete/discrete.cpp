#include "discrete/discrete.hpp"

#include <numeric>

#include <fmt/format.h>

#include "samples/labels.hpp"

namespace infoplane::estimators {

Symbols one_each(std::int64_t samples) {
  Symbols symbols{std::vector<std::int32_t>(samples), static_cast<std::int32_t>(samples)};
  std::iota(symbols.ids.begin(), symbols.ids.end(), 0);
  return symbols;
}

Symbols repeated(const Symbols& symbols, std::int64_t times) {
  Symbols result{{}, symbols.count};
  result.ids.reserve(symbols.ids.size() * times);
  for (std::int32_t id : symbols.ids) result.ids.insert(result.ids.end(), times, id);
  return result;
}

LabelEntropies label_entropies(const Symbols& symbols, const LayerSamples& samples, Correction correction) {
  const std::int64_t n = samples.activations.size(0), units = static_cast<std::int64_t>(symbols.ids.size()) / n;
  const torch::Tensor p = correction == Correction::none ? uncertain_labels(samples) : torch::Tensor();
  if (!p.defined()) {
    const Symbols labels = label_symbols(samples.labels);
    return {entropy_bits(labels), conditional_entropy_bits(symbols, repeated(labels, units), correction)};
  }
  const SymbolProbabilities labels = label_probabilities(p, units);
  return {entropy_bits(labels), conditional_entropy_bits(symbols, labels)};
}

void require_finite_inputs(const LayerSamples& samples) {
  const torch::Tensor wrong = samples.inputs.isfinite().logical_not().nonzero();
  if (wrong.size(0) == 0) return;
  const auto sample = wrong[0][0].item<std::int64_t>();
  const auto input = wrong[0][1].item<std::int64_t>();
  throw Error(fmt::format("input {} of sample {} is {}, inputs must be finite", input, sample,
                          samples.inputs[sample][input].item<double>()));
}

Check<std::int64_t> bin_number() { return whole_between(1, std::int64_t{1} << 20); }

}  // namespace infoplane::estimators
