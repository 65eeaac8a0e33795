#include "run/estimation.hpp"

#include <fmt/format.h>

namespace infoplane {

Estimation::Estimation(const std::vector<Choice<EstimatorFactory>>& estimators, LayerSamples samples,
                       std::uint64_t seed)
    : samples_(std::move(samples)) {
  for (const auto& choice : estimators) {
    names_.push_back(choice.name());
    estimators_.push_back(choice(seed));
    prepared_.push_back(estimators_.back()->prepare(samples_));
  }
}

void Estimation::append(std::int64_t number, const LayerActivations& layer, Record head, const Recorder& recorder,
                        std::vector<Record>& rows) {
  LayerSamples samples = samples_;
  samples.layer = layer.name;
  samples.kind = layer.kind;
  samples.activations = layer.values;
  head.layer = layer.name;
  for (std::size_t e = 0; e < estimators_.size(); ++e) {
    samples.prepared = prepared_[e];
    const std::string place = fmt::format("{}.{}", number, e);
    const auto previous = states_.find(place);
    samples.previous = previous == states_.end() ? torch::Tensor() : previous->second;
    if (on_estimate_) on_estimate_(names_[e] + " of " + layer.name);
    const Estimate estimate = estimators_[e]->estimate(samples);
    if (estimate.state.defined()) states_[place] = estimate.state;
    recorder.append(estimate, e, head, rows);
  }
}

}  // namespace infoplane
