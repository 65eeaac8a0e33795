#include "run/probe.hpp"

#include <algorithm>
#include <chrono>
#include <set>
#include <utility>

#include <ATen/CPUGeneratorImpl.h>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <torch/nn/module.h>

#include "base/reason_of.hpp"
#include "base/with_context.hpp"
#include "nn/named_points.hpp"
#include "run/replica_group.hpp"
#include "run/replica_state.hpp"
#include "run/work.hpp"

namespace infoplane {
namespace {

class KeptGenerator {
 public:
  KeptGenerator() : generator_(at::detail::getDefaultCPUGenerator()), state_(generator_.get_state()) {}
  ~KeptGenerator() { generator_.set_state(state_); }
  KeptGenerator(const KeptGenerator&) = delete;
  KeptGenerator& operator=(const KeptGenerator&) = delete;

 private:
  at::Generator generator_;
  torch::Tensor state_;
};

// Loads the weights of the last replica.
void require_initial_weights(const Experiment& experiment, Trainer& trainer) {
  const std::string& file = experiment.initial_weights;
  if (file.empty()) return;
  const ReplicaRange last{experiment.seed, experiment.first_replica + experiment.replicas - 1, 1};
  const NamedTensors weights = read_tensors(file).tensors;
  with_context(file, [&] { trainer.start_from(of_replicas(weights, last)); });
}

void require_trainable(const torch::nn::Module& model) {
  const auto parameters = model.parameters();
  const auto trains = [](const torch::Tensor& parameter) { return parameter.requires_grad(); };
  if (std::any_of(parameters.begin(), parameters.end(), trains)) return;
  throw UsageError(fmt::format("the model has no parameter to train: {}",
                               parameters.empty() ? "it has no parameters" : "requires_grad is false for all of them"));
}

// What estimators and the loss reject in the first observation.
void require_usable(const Experiment& experiment, const Activations& seen, LayerSamples samples) {
  const bool is_used = !experiment.estimators.empty() || !experiment.observe.histograms.epochs.empty();
  for (const LayerActivations& layer : seen.layers) {
    if (!is_used || !is_wanted(layer.name, experiment.observe.layers)) continue;
    samples.layer = layer.name;
    samples.activations = layer.values[0];
    validate(samples);
  }
  if (torch::isfinite(seen.outputs).all().item<bool>()) return;
  const torch::Tensor bad = torch::isfinite(seen.outputs[0]).flatten(1).all(1).logical_not().nonzero();
  throw Error(fmt::format("the model's output is not finite before training, first for observed sample {}",
                          bad[0].item<std::int64_t>()));
}

// The hook points that fire in a training pass.
std::set<std::string> firing_in_training(Trainer& trainer) {
  std::set<std::string> fired;
  std::vector<HookHandle> handles;
  for (const NamedPoint& point : hook_points(*trainer.model().ptr())) {
    handles.push_back(
        point.point->register_forward_hook([&fired, name = point.name](const torch::Tensor&) { fired.insert(name); }));
  }
  const torch::NoGradGuard no_grad;
  const std::int64_t samples = std::min<std::int64_t>(2, trainer.train_samples().size(1));  // batch norm needs two
  trainer.model().ptr()->train();
  trainer.model().forward<torch::Tensor>(trainer.inputs(trainer.train_samples().narrow(1, 0, samples)));
  return fired;
}

std::vector<torch::Tensor> copies(const torch::nn::Module& model) {
  std::vector<torch::Tensor> copied;
  for (const torch::Tensor& parameter : model.parameters()) copied.push_back(parameter.detach().clone());
  return copied;
}

bool equal(const std::vector<torch::Tensor>& a, const std::vector<torch::Tensor>& b) {
  return std::equal(a.begin(), a.end(), b.begin(), [](const auto& x, const auto& y) { return torch::equal(x, y); });
}

// Trains with the batch of this step of the first epoch.
void take_step(Trainer& trainer, std::int64_t step, const std::string& which) {
  try {
    if (trainer.step() < step) trainer.restore(trainer.state(), step);
    trainer.train_until(step + 1);
  } catch (const NonFiniteLoss&) {
    throw;
  } catch (const std::exception& error) {
    throw UsageError(fmt::format("a training step with {} fails: {}", which, reason_of(error)));
  }
}

std::string last_batch(const Trainer& trainer, const TrainingOptions& options) {
  const std::int64_t samples = trainer.train_samples().size(1);
  const std::int64_t rest = samples - (trainer.steps_per_epoch() - 1) * options.batch_size;
  return fmt::format("the last batch of an epoch, {} sample{} of {} in batches of training.batch_size {},", rest,
                     rest == 1 ? "" : "s", samples, options.batch_size);
}

// Trains with the first batch and with the last, or twice with the only one.
void try_training(const Experiment& experiment, Trainer& trainer, std::vector<std::string>& warnings) {
  const std::string rate = fmt::format("training.learning_rate {}", experiment.training.learning_rate);
  const std::int64_t last = std::max<std::int64_t>(1, trainer.steps_per_epoch() - 1);
  const std::vector<torch::Tensor> before = copies(*trainer.model().ptr());
  try {
    take_step(trainer, 0, "the first batch");
    if (equal(before, copies(*trainer.model().ptr()))) {
      warnings.push_back(rate + " changes no parameter in the first step");
    }
    take_step(trainer, last, trainer.steps_per_epoch() == 1 ? "all samples" : last_batch(trainer, experiment.training));
  } catch (const NonFiniteLoss&) {
    warnings.push_back(rate + " is too large: the loss is no longer finite after the first step");
  }
}

std::string listed(const std::vector<std::string>& points) {
  return fmt::format("hook point{} {}", points.size() == 1 ? "" : "s", fmt::join(points, ", "));
}

// Which hook points of the model do not fire in both modes.
void compare_points(Trainer& trainer, Probe& probe) {
  const std::set<std::string> training = firing_in_training(trainer);
  std::vector<std::string> never, in_training, in_evaluation;
  for (const NamedPoint& point : hook_points(*trainer.model().ptr())) {
    const bool trains = training.count(point.name) != 0;
    const bool evaluates = std::any_of(probe.layers.begin(), probe.layers.end(),
                                       [&](const LayerShape& shape) { return shape.layer == point.name; });
    if (!evaluates) probe.unseen.push_back(point.name);
    if (trains != evaluates) (trains ? in_training : in_evaluation).push_back(point.name);
    if (!trains && !evaluates) never.push_back(point.name);
  }
  const auto warn = [&](const std::vector<std::string>& points, const std::string& what) {
    if (!points.empty()) probe.warnings.push_back(listed(points) + what);
  };
  warn(never, ": never fires, so that it is not in the results: forward must pass the layer's output through it");
  warn(in_training, ": fires only in training, so that it is not in the results: layers are observed in evaluation");
  warn(in_evaluation, ": fires only in evaluation: what is observed there is not what is trained");
}

// Estimators whose I(T;Y) is of another Y than that of the data set's label probabilities.
void name_users_of_drawn_labels(const Experiment& experiment, std::vector<std::string>& warnings) {
  for (std::size_t e = 0; e < experiment.estimators.size(); ++e) {
    const auto& choice = experiment.estimators[e];
    try {
      if (choice(experiment.seed)->uses_label_probabilities()) continue;
    } catch (const Error&) {  // of its options, which check() reports
      continue;
    }
    warnings.push_back(
        fmt::format("estimators.{} ({}) estimates I(T;Y) of the labels as drawn, not of their "
                    "probabilities",
                    e, choice.name()));
  }
}

// The time of a step after the first ones, in which memory is allocated.
double step_seconds(Trainer& trainer) {
  using Clock = std::chrono::steady_clock;
  constexpr double kEnough = 0.02;
  double per_step = 0;
  try {
    for (std::int64_t steps = 1; per_step * static_cast<double>(steps) < kEnough; steps *= 2) {
      const Clock::time_point start = Clock::now();
      trainer.train_until(trainer.step() + steps);
      per_step = std::chrono::duration<double>(Clock::now() - start).count() / static_cast<double>(steps);
    }
  } catch (const NonFiniteLoss&) {  // of which there is a warning, or there will be an error in the run
  }
  return per_step;
}

}  // namespace

Probe probe(const Experiment& experiment) {
  const KeptGenerator kept;
  const Dataset dataset = experiment.dataset(stream_seed(experiment.seed, 0, Purpose::dataset));
  validate(dataset);
  const ReplicaRange one{experiment.seed, 0, 1};
  torch::nn::AnyModule model = experiment.model({dataset.inputs.size(1), dataset.classes, one});
  Trainer trainer(std::move(model), dataset, one, experiment.training);
  require_trainable(*trainer.model().ptr());
  require_initial_weights(experiment, trainer);
  const torch::Tensor observed = observed_samples(trainer, experiment.observe.samples);
  Probe probe;
  probe.inputs = dataset.inputs.size(1);
  probe.classes = dataset.classes;
  probe.data_set_samples = dataset.samples();
  probe.samples = observed.size(1);
  probe.steps_per_epoch = trainer.steps_per_epoch();
  probe.parameters = parameters_by_replica(*trainer.model().ptr(), 1)[0];
  for (const LayerActivations& layer : capture(trainer.model(), trainer.inputs(observed.narrow(1, 0, 1))).layers) {
    probe.layers.push_back({layer.name, probe.inputs, layer.values.size(2)});
  }
  const Work work = expected_work(experiment, probe);
  require_memory(work.bytes, work.largest);
  const Activations seen = capture(trainer.model(), trainer.inputs(observed), kSamplesAtOnce);
  LayerSamples samples;
  samples.inputs = trainer.inputs(observed)[0];
  samples.labels = trainer.labels(observed)[0];
  samples.classes = dataset.classes;
  if (dataset.label_probabilities.defined()) {
    samples.label_probabilities = trainer.label_probabilities(observed)[0];
    name_users_of_drawn_labels(experiment, probe.warnings);
  }
  require_usable(experiment, seen, std::move(samples));
  compare_points(trainer, probe);
  try_training(experiment, trainer, probe.warnings);
  probe.step_seconds = step_seconds(trainer);
  return probe;
}

}  // namespace infoplane
