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
  ActivationKind activation = ActivationKind::linear;  ///< softmax and unknown are not supported
  double slope = 0.01;                                 ///< of leaky_relu below 0
};

/// R independent layers in one module: y_r = f(x_r W_r^T + b_r), [R, B, I] -> [R, B, O], with `weight` [R, O, I] and
/// `bias` [R, O], both zero until an initialization fills them.
///
/// On CPU, in float32, it uses its own kernels for forward and backward, which work replica by replica: a replica's
/// numbers do not depend on the number of others. Their outputs are stored unit-major (a view of [R, O, B]). Elsewhere
/// it is baddbmm and the activation. Cost: 2 R B I O operations forward, twice that backward. Throws
/// std::invalid_argument for an input or a bias of another shape, for replicas, inputs or units below 1, a slope that
/// is not finite, and the activations softmax and unknown.
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
