#include <infoplane/training.hpp>

#include <algorithm>
#include <string>

#include <ATen/CPUGeneratorImpl.h>
#include <fmt/format.h>
#include <torch/nn/module.h>

#include <infoplane/capture.hpp>
#include <infoplane/error.hpp>

#include "base/tensor_arguments.hpp"
#include "training/descent.hpp"
#include "training/label_probabilities.hpp"
#include "training/training_state.hpp"

namespace infoplane {
namespace {

void require_trainable(const torch::nn::AnyModule& model, const Dataset& dataset, const ReplicaRange& replicas,
                       const TrainingOptions& options) {
  require_argument(!model.is_empty(), "Trainer", "model must hold a module, got an empty AnyModule");
  require_argument(static_cast<bool>(options.optimizer), "Trainer", "options.optimizer must be chosen");
  require_at_least("Trainer", "replicas.count", replicas.count, 1);
  require_at_least("Trainer", "options.batch_size", options.batch_size, 0);
  validate(dataset);
}

// The samples of all replicas, one after the other: [R N, D].
Dataset redrawn(const Dataset& dataset, const ReplicaRange& replicas) {
  require_argument(!dataset.label_probabilities.defined(), "Trainer",
                   "a data set with label probabilities must be the same for all replicas");
  std::vector<torch::Tensor> inputs, labels;
  for (std::int64_t r = 0; r < replicas.count; ++r) {
    const Dataset own = dataset.redraw(replicas.stream(r, Purpose::dataset));
    validate(own);
    if (own.inputs.sizes() != dataset.inputs.sizes() || own.classes != dataset.classes) {
      throw Error("data set: every replica must have as many samples, columns and classes");
    }
    inputs.push_back(own.inputs);
    labels.push_back(own.labels);
  }
  return {torch::cat(inputs), torch::cat(labels), dataset.classes};
}

void require_labels(const TrainingOptions& options, const Dataset& dataset) {
  if (options.labels == TrainingLabels::drawn) return;
  const std::string value = Codec<TrainingLabels>::write(options.labels).scalar;
  if (!dataset.label_probabilities.defined()) {
    throw UsageError(
        fmt::format("training.labels is {}, but the data set has no label probabilities: it must be drawn", value));
  }
  if (options.loss == Loss::quadratic) {
    throw UsageError(fmt::format("training.labels is {}, but training.loss is quadratic: it must be drawn", value));
  }
}

// The splits of all replicas: [R, N_train] and [R, N_test]; those of replica r begin at r `stride`.
Split split_replicas(std::int64_t samples, double train_fraction, const ReplicaRange& replicas, std::int64_t stride) {
  std::vector<torch::Tensor> train, test;
  for (std::int64_t r = 0; r < replicas.count; ++r) {
    const Split split = split_samples(samples, train_fraction, replicas.stream(r, Purpose::split));
    train.push_back(split.train + r * stride);
    test.push_back(split.test + r * stride);
  }
  return {torch::stack(train), torch::stack(test)};
}

// Every replica's training samples in this epoch's order: [R, N_train].
torch::Tensor shuffled(const torch::Tensor& samples, const ReplicaRange& replicas, std::int64_t epoch) {
  std::vector<torch::Tensor> orders;
  for (std::int64_t r = 0; r < replicas.count; ++r) {
    const auto generator = at::detail::createCPUGenerator(replicas.stream(r, Purpose::batch_order, epoch));
    orders.push_back(torch::randperm(samples.size(1), generator, torch::kInt64));
  }
  return samples.gather(1, torch::stack(orders).to(samples.device()));
}

void require_samples(const char* function, const torch::Tensor& indices, std::int64_t samples) {
  require_tensor(indices.defined() && indices.dim() == 2 && indices.scalar_type() == torch::kInt64, function, "indices",
                 "int64 [R, n]", indices);
  require_indices(function, "every index", indices, samples);
}

std::string shape_text(const torch::Tensor& x) { return c10::str(x.sizes()); }

}  // namespace

EnumNames<TrainingLabels> names(TrainingLabels) {
  return {{TrainingLabels::drawn, "drawn"},
          {TrainingLabels::redrawn, "redrawn"},
          {TrainingLabels::probabilities, "probabilities"}};
}

Fields fields(TrainingOptions& o, const Registry<OptimizerFactory>& optimizers) {
  return {
      field("epochs", o.epochs, "number of passes over the training samples", whole_between(1, 1000000000)),
      choice("optimizer", o.optimizer, optimizers, "optimizer, with its options"),
      field("learning_rate", o.learning_rate, "step size of the optimizer", positive()),
      field("batch_size", o.batch_size, "samples per step; 0: all training samples at once", at_least(0)),
      field("train_fraction", o.train_fraction,
            "share of the samples in the training split; the rest is the test split", above_below(0, 1)),
      field("labels", o.labels,
            "labels of a data set with label probabilities: drawn once, drawn anew at every epoch, or the "
            "probabilities themselves as targets; the accuracy is always that of the labels drawn once, the loss, "
            "unless training uses these, the cross-entropy with the probabilities"),
      field("loss", o.loss, "what is minimized: cross-entropy in nats, or half the squared error of the outputs"),
  };
}

Trainer::Trainer(torch::nn::AnyModule model, const Dataset& dataset, const ReplicaRange& replicas,
                 const TrainingOptions& options, torch::Device device)
    : model_(std::move(model)), replicas_(replicas), batch_size_(options.batch_size), trains_on_(options.labels) {
  require_trainable(model_, dataset, replicas, options);
  const std::int64_t samples = dataset.samples();
  const Split split = split_replicas(samples, options.train_fraction, replicas, dataset.redraw ? samples : 0);
  const Dataset data = dataset.redraw ? redrawn(dataset, replicas) : dataset;
  inputs_ = data.inputs.contiguous().to(device);
  labels_ = data.labels.contiguous().to(device);
  if (data.label_probabilities.defined()) label_probabilities_ = data.label_probabilities.contiguous().to(device);
  require_labels(options, data);
  train_ = split.train.to(device);
  test_ = split.test.to(device);
  if (batch_size_ == 0) batch_size_ = train_.size(1);
  if (batch_size_ > train_.size(1)) {
    throw UsageError("training.batch_size must be at most the number of training samples, " +
                     std::to_string(train_.size(1)) + ", got " + std::to_string(batch_size_));
  }
  model_.ptr()->to(device);
  const torch::Tensor logits = capture(model_, inputs(train_.narrow(1, 0, 1))).outputs;
  const std::int64_t outputs = dataset.classes == 2 ? 1 : dataset.classes;
  const bool fits = logits.dim() == 3 && logits.size(0) == replicas.count && logits.size(1) == 1 &&
                    (logits.size(2) == outputs || logits.size(2) == dataset.classes);
  if (!fits) {
    throw UsageError("the model returns logits of shape " + shape_text(logits) + " for [" +
                     std::to_string(replicas.count) + ", 1, " + std::to_string(inputs_.size(1)) + "], they must be [" +
                     std::to_string(replicas.count) + ", 1, " + std::to_string(dataset.classes) + "]" +
                     (outputs == 1 ? " or [" + std::to_string(replicas.count) + ", 1, 1]" : ""));
  }
  if (trains_on_ == TrainingLabels::probabilities) {
    const std::int64_t first = logits.size(2) == 1 ? 1 : 0;  // a single logit is that of label 1
    targets_ = label_probabilities_.slice(1, first).to(torch::kFloat32).contiguous();
  }
  optimizer_ = options.optimizer(model_.ptr()->parameters(), options.learning_rate);
  along_chain_ = chain_descent(model_, {replicas.count, inputs_.size(1), logits.size(2)}, *optimizer_, options.loss);
  by_autograd_ = autograd_descent(model_, *optimizer_, options.loss);
}

Trainer::Trainer(Trainer&&) noexcept = default;
Trainer::~Trainer() = default;

torch::Tensor Trainer::all_samples() const { return std::get<0>(torch::cat({train_, test_}, 1).sort(1)); }

torch::Tensor Trainer::inputs(const torch::Tensor& indices) const {
  require_samples("Trainer::inputs", indices, inputs_.size(0));
  return gather_inputs(inputs_, indices);
}

torch::Tensor Trainer::labels(const torch::Tensor& indices) const {
  require_samples("Trainer::labels", indices, inputs_.size(0));
  return labels_.index_select(0, indices.flatten()).view(indices.sizes());
}

torch::Tensor Trainer::label_probabilities(const torch::Tensor& indices) const {
  require_samples("Trainer::label_probabilities", indices, inputs_.size(0));
  if (!label_probabilities_.defined()) return {};
  return label_probabilities_.index_select(0, indices.flatten()).view({indices.size(0), indices.size(1), -1});
}

torch::Tensor Trainer::loss_probabilities(const torch::Tensor& indices) const {
  return trains_on_ == TrainingLabels::drawn ? torch::Tensor() : label_probabilities(indices);
}

void Trainer::start_from(const NamedTensors& weights) {
  NamedTensors all = weights;
  for (const auto& item : model_.ptr()->named_buffers()) all.emplace(item.key(), item.value());
  require_model_tensors(*model_.ptr(), all);
  copy_model_tensors(*model_.ptr(), all);
}

void Trainer::train_until(std::int64_t step) {
  model_.ptr()->train();
  while (step_ < step) {
    if (ordered_ != epoch()) begin_epoch();
    const std::int64_t start = epoch() * steps_per_epoch();
    const std::int64_t end = std::min(step, start + steps_per_epoch());
    const Steps steps{inputs_, epoch_labels_, targets_, order_, batch_size_, step_ - start, end - start};
    const bool finite = (along_chain_ && along_chain_->applies() ? along_chain_ : by_autograd_)->take(steps);
    step_ = end;
    if (end == start + steps_per_epoch() && !finite) refuse_non_finite(inputs(steps.samples(steps.end - 1)));
  }
}

void Trainer::begin_epoch() {
  ordered_ = epoch();
  order_ = shuffled(train_, replicas_, ordered_);
  if (trains_on_ == TrainingLabels::redrawn) {
    epoch_labels_ = drawn_labels(label_probabilities_, train_, replicas_, ordered_).to(labels_.device());
  } else if (!epoch_labels_.defined()) {
    epoch_labels_ = labels_.expand({replicas_.count, labels_.size(0)});
  }
}

NamedTensors Trainer::state() const {
  NamedTensors state;
  for (const auto& [name, tensor] : model_tensors(*model_.ptr()))
    state["model." + name] = tensor.detach().cpu().clone();
  for (const auto& [name, tensor] : optimizer_tensors(*optimizer_, *model_.ptr())) {
    state["optimizer." + name] = tensor.detach().cpu().clone();
  }
  return state;
}

void Trainer::restore(const NamedTensors& state, std::int64_t step) {
  require_at_least("Trainer::restore", "step", step, 0);
  NamedTensors model, optimizer;
  for (const auto& [name, tensor] : state) {
    if (name.rfind("model.", 0) == 0) {
      model[name.substr(6)] = tensor;
    } else if (name.rfind("optimizer.", 0) == 0) {
      optimizer[name.substr(10)] = tensor;
    } else {
      throw UsageError("unknown tensor " + in_quotes(name));
    }
  }
  require_model_tensors(*model_.ptr(), model);
  restore_optimizer_tensors(*optimizer_, *model_.ptr(), optimizer);
  copy_model_tensors(*model_.ptr(), model);
  step_ = step;
  ordered_ = -1;
}

void Trainer::refuse_non_finite(const torch::Tensor& x) {
  const Activations seen = capture(model_, x);
  const torch::Tensor bad = torch::isfinite(seen.outputs).flatten(1).all(1).logical_not().nonzero();
  const std::int64_t replica = bad.size(0) > 0 ? bad[0].item<std::int64_t>() : 0;
  std::string layer = "the output";
  for (const LayerActivations& candidate : seen.layers) {
    if (torch::isfinite(candidate.values[replica]).all().item<bool>()) continue;
    layer = "layer " + candidate.name;
    break;
  }
  throw NonFiniteLoss(replicas_.first + replica, epoch(), layer);
}

NonFiniteLoss::NonFiniteLoss(std::int64_t replica, std::int64_t epoch, const std::string& layer)
    : Error("replica " + std::to_string(replica) + ", epoch " + std::to_string(epoch) +
            ": the loss is no longer finite, beginning in " + layer + ": try a smaller training.learning_rate"),
      replica(replica),
      epoch(epoch) {}

}  // namespace infoplane
