#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include <torch/nn/modules/container/any.h>
#include <torch/types.h>

#include <infoplane/dataset.hpp>
#include <infoplane/error.hpp>
#include <infoplane/loss.hpp>
#include <infoplane/optimizer.hpp>
#include <infoplane/replica.hpp>
#include <infoplane/tensor_file.hpp>

namespace infoplane {

class Descent;

/// What the loss is computed with, for a data set with label probabilities.
enum class TrainingLabels {
  drawn,         ///< the data set's labels, drawn once
  redrawn,       ///< labels drawn anew by every replica at every epoch
  probabilities  ///< the probabilities
};
EnumNames<TrainingLabels> names(TrainingLabels);

struct TrainingOptions {
  std::int64_t epochs = 1000;
  double learning_rate = 0.001;
  std::int64_t batch_size = 128;  ///< 0: the whole training split
  double train_fraction = 0.8;
  Loss loss = Loss::cross_entropy;
  Choice<OptimizerFactory> optimizer;
  TrainingLabels labels = TrainingLabels::drawn;
};
Fields fields(TrainingOptions& options, const Registry<OptimizerFactory>& optimizers);

/// Mean loss (see Loss) and share of correct labels of each replica, [R] float64, for logits [R, N, 1] of two classes,
/// a sample being classified as 1 if z > 0, or [R, N, K], with the first largest z. Labels are [R, N].
/// NaN if a logit is; the cross-entropy is not finite if a logit is not. With `probabilities` [R, N, K] float64 (K = 2
/// for a single logit) the cross-entropy is -mean sum_k p_k ln softmax(z)_k, and likewise with the sigmoid; the
/// accuracy is that of the labels. Throws std::invalid_argument for logits that are not [R, N, K] of floats, or empty,
/// for labels that are not [R, N] int64 or not from 0 to K - 1 (to 1 for K = 1), and for probabilities of another shape
/// or type, or of the quadratic cost.
struct Evaluation {
  torch::Tensor loss;
  torch::Tensor accuracy;
};
Evaluation evaluate(const torch::Tensor& logits, const torch::Tensor& labels, Loss loss = Loss::cross_entropy,
                    const torch::Tensor& probabilities = {});

/// The gradient of the cross-entropy, averaged over a replica's batch and summed over replicas, with respect to the
/// logits: (s(z) - y) / B, or (softmax(z) - onehot(y)) / B. [R, B, 1 or K], float32. Throws as evaluate does.
torch::Tensor cross_entropy_gradient(const torch::Tensor& logits, const torch::Tensor& labels);

/// The same of the loss with `targets` [R, B, 1 or K], probabilities for each of the logits, of their type: p_1 for a
/// single one. (s(z) - p) / B, or (softmax(z) - p) / B; equal bytes for targets of 0 and 1 and for their labels.
/// Throws std::invalid_argument for logits as evaluate does, and for targets of another shape or type.
torch::Tensor soft_cross_entropy_gradient(const torch::Tensor& logits, const torch::Tensor& targets);

/// The loss of a replica is no longer finite: "replica 3, epoch 17: the loss is no longer finite, beginning in layer
/// L2: try a smaller training.learning_rate".
class NonFiniteLoss : public Error {
 public:
  NonFiniteLoss(std::int64_t replica, std::int64_t epoch, const std::string& layer);

  std::int64_t replica;
  std::int64_t epoch;
};

/// Trains replicas of one model together by mini-batch gradient descent. Every epoch each replica visits its training
/// samples once in its own order, drawn from (seed, replica, batch_order, epoch).
class Trainer {
 public:
  /// `model` maps [R, B, D] to logits [R, B, K], or [R, B, 1] for two classes. Moves it and the data to `device`.
  /// The optimizer gets the model's parameters at this moment. Throws UsageError for a batch size above the number of
  /// training samples, logits of another shape, options.labels that need label probabilities if the data set has none,
  /// or the quadratic cost of other than the drawn labels, Error as validate(dataset) does, std::invalid_argument for
  /// an empty model or optimizer, a count of replicas below 1, a negative batch size, and a ReplicaChain whose layers
  /// do not fit the model.
  Trainer(torch::nn::AnyModule model, const Dataset& dataset, const ReplicaRange& replicas,
          const TrainingOptions& options, torch::Device device = torch::kCPU);
  Trainer(Trainer&&) noexcept;
  ~Trainer();

  /// Sets the model's parameters, and those of its buffers that are in `weights`, from tensors by name, such as
  /// "linear1.weight". Throws UsageError naming the tensor that is missing, unknown or of another shape or type, and
  /// then changes nothing.
  void start_from(const NamedTensors& weights);

  /// Trains until `step` steps have been taken in total; does nothing if they have been. Throws NonFiniteLoss if the
  /// logits of an epoch's last batch are not finite.
  void train_until(std::int64_t step);

  /// Trains to the end of the epoch.
  void train_epoch() { train_until((epoch() + 1) * steps_per_epoch()); }

  /// Steps taken so far, and whole epochs.
  std::int64_t step() const { return step_; }
  std::int64_t epoch() const { return step_ / steps_per_epoch(); }
  std::int64_t steps_per_epoch() const { return (train_.size(1) + batch_size_ - 1) / batch_size_; }

  /// Everything that training changes: "model.NAME", the parameters and buffers, and "optimizer.NAME.WHAT", the
  /// optimizer's state of a parameter; copies on the CPU. Random numbers have no state, they depend on seed and step.
  /// Throws Error for an optimizer with other state than torch::optim::SGD and Adam.
  NamedTensors state() const;

  /// Continues from such a state, taken after `step` steps. Throws UsageError naming the tensor that is missing,
  /// unknown or of another shape or type, std::invalid_argument for a negative step, and then changes nothing.
  void restore(const NamedTensors& state, std::int64_t step);

  torch::nn::AnyModule& model() { return model_; }
  const ReplicaRange& replicas() const { return replicas_; }

  /// The samples of every replica's split, [R, N_train] and [R, N_test], and of both, [R, N]: indices into the data
  /// set, or, if each replica has its own samples (Dataset::redraw), into those of all replicas, one after the other.
  const torch::Tensor& train_samples() const { return train_; }
  const torch::Tensor& test_samples() const { return test_; }
  torch::Tensor all_samples() const;

  /// The inputs [R, n, D] and labels [R, n] of the samples `indices` [R, n]. Throws std::invalid_argument for indices
  /// that are not [R, n] int64, or of no sample.
  torch::Tensor inputs(const torch::Tensor& indices) const;
  torch::Tensor labels(const torch::Tensor& indices) const;

  /// Their label probabilities [R, n, K] float64; undefined if the data set has none. Throws likewise.
  torch::Tensor label_probabilities(const torch::Tensor& indices) const;

  /// What evaluate() takes as probabilities for these samples: those of the labels, unless training uses the data set's
  /// labels.
  torch::Tensor loss_probabilities(const torch::Tensor& indices) const;

 private:
  void begin_epoch();
  [[noreturn]] void refuse_non_finite(const torch::Tensor& x);

  torch::nn::AnyModule model_;
  ReplicaRange replicas_;
  std::int64_t batch_size_;
  torch::Tensor inputs_;               ///< [N, D], or [R N, D]
  torch::Tensor labels_;               ///< [N], or [R N]
  torch::Tensor label_probabilities_;  ///< [N, K], or undefined
  TrainingLabels trains_on_;
  torch::Tensor targets_;       ///< [N, 1 or K] float32, what the logits are trained to be; undefined: trains on labels
  torch::Tensor epoch_labels_;  ///< [R, N or R N], the labels of epoch `ordered_`
  torch::Tensor train_;
  torch::Tensor test_;
  std::unique_ptr<torch::optim::Optimizer> optimizer_;
  std::unique_ptr<Descent> along_chain_;  ///< the fast one, nullptr if the model or the device does not support it
  std::unique_ptr<Descent> by_autograd_;
  std::int64_t step_ = 0;
  torch::Tensor order_;  ///< [R, N_train] the samples in the order of epoch `ordered_`
  std::int64_t ordered_ = -1;
};

}  // namespace infoplane
