#pragma once

#include <cstdint>

#include <torch/nn/cloneable.h>
#include <torch/nn/pimpl.h>
#include <torch/types.h>

#include <infoplane/activation_kind.hpp>

namespace infoplane {

/// R replicas, B samples, I inputs, O units.
struct ReplicaLinearOptions {
  std::int64_t replicas = 1;
  std::int64_t inputs = 1;
  std::int64_t units = 1;
  ActivationKind activation = ActivationKind::linear;  ///< softmax and unknown are refused
  double slope = 0.01;                                 ///< of leaky_relu below 0
};

/// R independent layers as one: y_r = f(x_r W_r^T + b_r), [R, B, I] -> [R, B, O], with `weight` [R, O, I] and `bias`
/// [R, O], both zero until an initialization fills them.
///
/// On CPU, in float32, it has kernels of its own for forward and backward, which work replica by replica: the numbers
/// of a replica do not depend on how many others stand beside it. What they return is stored unit-major (a view of [R,
/// O, B]). Elsewhere it is baddbmm and the activation. Cost: 2 R B I O operations forward, twice that backward. Throws
/// c10::Error for an input of another shape.
class ReplicaLinearImpl : public torch::nn::Cloneable<ReplicaLinearImpl> {
 public:
  explicit ReplicaLinearImpl(const ReplicaLinearOptions& options);

  torch::Tensor forward(const torch::Tensor& x);
  const ReplicaLinearOptions& options() const { return options_; }

  void reset() override;
  void pretty_print(std::ostream& stream) const override;

  torch::Tensor weight;
  torch::Tensor bias;

 private:
  ReplicaLinearOptions options_;
};
TORCH_MODULE(ReplicaLinear);

}  // namespace infoplane
