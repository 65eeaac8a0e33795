#include "run/replica_group.hpp"

#include <algorithm>

#include <fmt/format.h>
#include <torch/nn/module.h>

#include "nn/eval_mode.hpp"
#include "results/histogram.hpp"
#include "run/replica_state.hpp"

namespace infoplane {
namespace {

constexpr const char* kEstimation = "estimation.replicas.";

torch::nn::AnyModule make_model(const Experiment& experiment, const Dataset& dataset, const ReplicaRange& replicas) {
  return experiment.model({dataset.inputs.size(1), dataset.classes, replicas});
}

}  // namespace

torch::Tensor observed_samples(const Trainer& trainer, ObservedSamples which) {
  switch (which) {
    case ObservedSamples::test:
      return trainer.test_samples();
    case ObservedSamples::train:
      return trainer.train_samples();
    default:
      return trainer.all_samples();
  }
}

bool is_wanted(const std::string& layer, const std::vector<std::string>& wanted) {
  return wanted.empty() || std::find(wanted.begin(), wanted.end(), layer) != wanted.end();
}

ReplicaGroup::ReplicaGroup(const Experiment& experiment, const Dataset& dataset, const ReplicaRange& replicas,
                           torch::Device device)
    : options_(experiment.observe),
      loss_(experiment.training.loss),
      trainer_(make_model(experiment, dataset, replicas), dataset, replicas, experiment.training, device),
      observed_(observed_samples(trainer_, experiment.observe.samples)),
      recorder_(experiment.estimators) {
  const torch::Tensor inputs = trainer_.inputs(observed_);
  const torch::Tensor labels = trainer_.labels(observed_);
  const torch::Tensor probabilities = trainer_.label_probabilities(observed_);
  for (std::int64_t r = 0; r < replicas.count; ++r) {
    LayerSamples samples;
    samples.inputs = inputs[r].contiguous();
    samples.labels = labels[r];
    if (probabilities.defined()) samples.label_probabilities = probabilities[r];
    samples.classes = dataset.classes;
    estimations_.emplace_back(experiment.estimators, std::move(samples), replicas.stream(r, Purpose::estimation));
  }
}

Observation ReplicaGroup::observe(Progress* progress) {
  Observation observation;
  const std::int64_t replicas = trainer_.replicas().count;
  const Activations seen = capture(trainer_.model(), trainer_.inputs(observed_), kSamplesAtOnce / replicas + 1);
  const auto logits = [&](ObservedSamples which, const torch::Tensor& indices) {
    return which == options_.samples ? seen.outputs : outputs(indices);
  };
  const torch::Tensor &train = trainer_.train_samples(), &test = trainer_.test_samples();
  append_evaluation(logits(ObservedSamples::train, train), train, "train", observation.training);
  append_evaluation(logits(ObservedSamples::test, test), test, "test", observation.training);
  std::stable_sort(observation.training.begin(), observation.training.end(),
                   [](const TrainingRecord& a, const TrainingRecord& b) { return a.replica < b.replica; });
  for (std::int64_t r = 0; r < replicas; ++r) estimate(r, seen, progress, observation.information);
  if (options_.trace == Trace::parameters) trace(observation.parameters);
  const auto& epochs = options_.histograms.epochs;
  if (std::find(epochs.begin(), epochs.end(), trainer_.epoch()) != epochs.end()) {
    for (std::int64_t r = 0; r < replicas; ++r) count(r, seen, observation.histograms);
  }
  return observation;
}

torch::Tensor ReplicaGroup::outputs(const torch::Tensor& indices) {
  const std::int64_t samples = indices.size(1), at_once = kSamplesAtOnce / indices.size(0) + 1;
  const torch::NoGradGuard no_grad;
  const EvalMode eval(trainer_.model().ptr());
  std::vector<torch::Tensor> logits;
  for (std::int64_t start = 0; start < samples; start += at_once) {
    const torch::Tensor part = indices.narrow(1, start, std::min(at_once, samples - start));
    logits.push_back(trainer_.model().forward<torch::Tensor>(trainer_.inputs(part)));
  }
  return torch::cat(logits, 1);
}

void ReplicaGroup::append_evaluation(const torch::Tensor& logits, const torch::Tensor& indices,
                                     const std::string& split, std::vector<TrainingRecord>& rows) const {
  const Evaluation evaluation = evaluate(logits, trainer_.labels(indices), loss_, trainer_.loss_probabilities(indices));
  for (std::int64_t r = 0; r < indices.size(0); ++r) {
    rows.push_back({trainer_.replicas().first + r, trainer_.epoch(), split, evaluation.loss[r].item<double>(),
                    evaluation.accuracy[r].item<double>()});
  }
}

void ReplicaGroup::estimate(std::int64_t r, const Activations& seen, Progress* progress, std::vector<Record>& rows) {
  Record head;
  head.replica = trainer_.replicas().first + r;
  head.epoch = trainer_.epoch();
  estimations_[r].on_estimate([&](const std::string& what) {
    if (progress != nullptr) progress->working(fmt::format("estimating {}, replica {}", what, head.replica));
  });
  for (std::size_t l = 0; l < seen.layers.size(); ++l) {
    LayerActivations layer = seen.layers[l];
    if (!is_wanted(layer.name, options_.layers)) continue;
    layer.values = layer.values[r];
    estimations_[r].append(static_cast<std::int64_t>(l), layer, head, recorder_, rows);
  }
  estimations_[r].on_estimate(nullptr);
}

void ReplicaGroup::trace(std::vector<ParameterRecord>& rows) {
  const auto replicas = parameters_by_replica(*trainer_.model().ptr(), trainer_.replicas().count);
  for (std::size_t r = 0; r < replicas.size(); ++r) {
    for (const auto& [name, tensor] : replicas[r]) {
      const torch::Tensor values = tensor.detach().to(torch::kCPU, torch::kFloat64).contiguous();
      for (std::int64_t i = 0; i < values.numel(); ++i) {
        rows.push_back({trainer_.replicas().first + static_cast<std::int64_t>(r), trainer_.epoch(), name, i,
                        values.data_ptr<double>()[i]});
      }
    }
  }
}

void ReplicaGroup::count(std::int64_t r, const Activations& seen, std::vector<HistogramRecord>& rows) const {
  for (const LayerActivations& layer : seen.layers) {
    if (!is_wanted(layer.name, options_.layers) || !is_wanted(layer.name, options_.histograms.layers)) continue;
    HistogramRecord head;
    head.replica = trainer_.replicas().first + r;
    head.epoch = trainer_.epoch();
    head.layer = layer.name;
    append_histograms(layer.values[r], layer.kind, estimations_[r].samples().labels, options_.histograms.bins, head,
                      rows);
  }
}

NamedTensors ReplicaGroup::state() const {
  NamedTensors state = trainer_.state();
  for (std::size_t r = 0; r < estimations_.size(); ++r) {
    for (const auto& [place, tensor] : estimations_[r].states())
      state[fmt::format("{}{}.{}", kEstimation, r, place)] = tensor;
  }
  return state;
}

void ReplicaGroup::restore(const NamedTensors& state, std::int64_t step) {
  NamedTensors training = state;
  for (std::size_t r = 0; r < estimations_.size(); ++r) {
    const std::string head = fmt::format("{}{}.", kEstimation, r);
    NamedTensors states;
    for (const auto& [name, tensor] : state) {
      if (name.rfind(head, 0) != 0) continue;
      states[name.substr(head.size())] = tensor;
      training.erase(name);
    }
    estimations_[r].restore(std::move(states));
  }
  trainer_.restore(training, step);
}

}  // namespace infoplane
