#include "commands/estimates.hpp"

#include <algorithm>
#include <filesystem>
#include <functional>
#include <memory>
#include <set>

#include <fmt/format.h>

#include <infoplane/experiments/array_dataset.hpp>

#include "commands/estimate_arrays.hpp"
#include "run/recorder.hpp"

namespace infoplane::experiments {
namespace {

// The rows of one layer by one estimator, epoch by epoch.
void estimate_layer(const torch::Tensor& epochs, LayerSamples samples, const Estimator& estimator,
                    const std::function<void(const Estimate&, const Record&)>& append) {
  Record head;
  head.layer = samples.layer;
  for (head.epoch = 0; head.epoch < epochs.size(0); ++head.epoch) {
    samples.activations = epochs[head.epoch];
    const Estimate estimate = estimator.estimate(samples);
    samples.previous = estimate.state;
    append(estimate, head);
  }
}

// The absolute path in characters that YAML accepts; "" without a file.
std::string absolute_path(const std::string& file) {
  return file.empty() ? "" : printable(std::filesystem::absolute(file).lexically_normal().string());
}

}  // namespace

Estimates estimate_layers(const EstimateInputs& inputs, const Estimators& choices) {
  const Labels labels = read_labels(inputs.labels);
  LayerSamples samples;
  samples.labels = labels.values;
  samples.classes = labels.classes;
  samples.inputs = read_inputs(inputs.input, labels.values.size(0));
  std::vector<std::unique_ptr<Estimator>> estimators;
  std::vector<std::shared_ptr<const Prepared>> prepared;
  for (const auto& choice : choices) {
    estimators.push_back(choice(stream_seed(inputs.seed, 0, Purpose::estimation)));
    if (inputs.input.empty() && estimators.back()->compares_inputs()) {
      throw UsageError(fmt::format("{} compares the samples' inputs: pass them with --input", choice.name()));
    }
    prepared.push_back(estimators.back()->prepare(samples));
  }
  const Recorder recorder(choices);
  Estimates estimates{recorder.details(), {}};
  std::set<std::string> layers;
  for (const std::string& file : inputs.activations) {
    samples.layer = layer_of(file);
    if (!layers.insert(samples.layer).second) {
      throw UsageError(
          fmt::format("{}: duplicate layer name {}, files must have distinct names", file, in_quotes(samples.layer)));
    }
    const torch::Tensor epochs = read_activations(file, labels.values.size(0));
    for (std::size_t e = 0; e < estimators.size(); ++e) {
      samples.prepared = prepared[e];
      estimate_layer(epochs, samples, *estimators[e], [&](const Estimate& estimate, const Record& head) {
        recorder.append(estimate, e, head, estimates.rows);
      });
    }
  }
  std::stable_sort(estimates.rows.begin(), estimates.rows.end(),
                   [](const Record& a, const Record& b) { return a.epoch < b.epoch; });
  return estimates;
}

Node origin_of_estimates(const EstimateInputs& inputs, const Estimators& chosen, const Catalogue& catalogue) {
  std::uint64_t seed = inputs.seed;
  std::vector<std::string> activations;
  for (const std::string& file : inputs.activations) activations.push_back(absolute_path(file));
  std::string labels = absolute_path(inputs.labels), input = absolute_path(inputs.input);
  Estimators estimators = chosen;
  return write_fields({
      field("seed", seed, "seed of the estimators that draw random numbers"),
      field("activations", activations, "files, one per layer"),
      field("labels", labels, "file of the labels"),
      field("input", input, "file of the inputs; none: every sample is a distinct input"),
      choices("estimators", estimators, catalogue.estimators, "estimators of the rows"),
  });
}

std::vector<Choice<FigureFactory>> figures_of_estimates(const Catalogue& catalogue) {
  return {catalogue.figures.choose("information_plane"), catalogue.figures.choose("information_curves")};
}

}  // namespace infoplane::experiments
