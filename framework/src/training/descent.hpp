#pragma once

#include <cstdint>
#include <memory>

#include <torch/nn/modules/container/any.h>
#include <torch/optim/optimizer.h>
#include <torch/types.h>

#include <infoplane/loss.hpp>

namespace infoplane {

/// Steps first .. end - 1 of an epoch. Step s uses the samples order[:, s batch_size .. (s + 1) batch_size), the last
/// one the remaining ones.
struct Steps {
  const torch::Tensor& inputs;   ///< [N, D] float32
  const torch::Tensor& labels;   ///< [R, N] int64, each row contiguous; all may be the same one
  const torch::Tensor& targets;  ///< [N, 1 or K] float32, for each of the logits; undefined: trains on labels
  const torch::Tensor& order;    ///< [R, N_train] int64
  std::int64_t batch_size;
  std::int64_t first;
  std::int64_t end;

  /// The samples of step s: [R, B].
  torch::Tensor samples(std::int64_t s) const;
};

/// A way to take optimizer steps on the mean loss of a model's replicas.
class Descent {
 public:
  virtual ~Descent() = default;

  /// Whether it computes exactly the steps of the model and its optimizer in their current state.
  virtual bool applies() const = 0;

  /// Takes the steps, at least one. Returns whether the logits computed in the last one are finite.
  virtual bool take(const Steps& steps) = 0;
};

/// By the optimizer and autograd: for every model and optimizer. The optimizer must outlive it.
std::unique_ptr<Descent> autograd_descent(const torch::nn::AnyModule& model, torch::optim::Optimizer& optimizer,
                                          Loss loss);

/// R replicas, D inputs and K logits of a model.
struct ModelShape {
  std::int64_t replicas, inputs, outputs;
};

/// Along a ReplicaChain on the CPU, each step one pass over a replica's own memory; nullptr for another model. It
/// applies if the optimizer is torch::optim::SGD itself, without momentum or weight decay, with all weights of the
/// chain in one group, each with requires_grad, and if no hook is registered. The learning rate is read from the
/// optimizer at each call. The optimizer must outlive it. Throws std::invalid_argument for a chain without layers, or
/// whose layers do not fit each other and the shape.
std::unique_ptr<Descent> chain_descent(const torch::nn::AnyModule& model, const ModelShape& shape,
                                       torch::optim::Optimizer& optimizer, Loss loss);

/// inputs[indices]: [N, D] and [R, n] give [R, n, D], on the CPU with n innermost in memory.
torch::Tensor gather_inputs(const torch::Tensor& inputs, const torch::Tensor& indices);

}  // namespace infoplane
