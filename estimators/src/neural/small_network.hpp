#pragma once

#include <cstdint>
#include <functional>
#include <vector>

#include <torch/nn/module.h>
#include <torch/nn/pimpl.h>
#include <torch/types.h>

// Small networks trained by estimators. All random numbers come from a generator argument: LibTorch's global one
// belongs to the observed training, and the modules of torch::nn draw from it when they are constructed.
namespace infoplane::estimators {

/// ReLU layers of the given widths, the first being the inputs; the last layer is linear. Weights are
/// N(0, 2 / inputs), biases 0.
class MlpImpl : public torch::nn::Module {
 public:
  MlpImpl(const std::vector<std::int64_t>& widths, const at::Generator& generator);
  torch::Tensor forward(torch::Tensor x);

 private:
  std::vector<torch::Tensor> weights_, biases_;
};
TORCH_MODULE(Mlp);

/// The samples [N, M] in ascending order of their rows, and among equal rows of those of `others` ([N, D], or labels
/// [N]): indices [N], so that results do not depend on the order in which samples were stored.
torch::Tensor canonical_order(const torch::Tensor& samples, const torch::Tensor& others);

struct Descent {
  std::int64_t steps = 300;
  std::int64_t batch = 256;
  double learning_rate = 0.01;
};

/// The loss of a batch of samples, given by their indices.
using BatchLoss = std::function<torch::Tensor(const torch::Tensor& batch)>;

struct Trainable {
  std::vector<torch::Tensor> parameters;
  BatchLoss loss;
};

/// Adam on the parameters: each step on the loss of a batch drawn from three quarters of `samples`, which are indices.
/// The parameters end as the best of every tenth step by the loss of the last quarter (at most 1024 of its samples), to
/// avoid overfitting. Fewer than 8 samples are used for both.
void descend(const Trainable& network, const Descent& descent, const torch::Tensor& samples,
             const at::Generator& generator);

/// Two-fold cross-fitting: draws the samples 0..n-1 into two halves, trains a network made by `make` on each of them
/// and calls `evaluate` with its loss and the other half.
void cross_fit(std::int64_t n, const Descent& descent, std::uint64_t seed,
               const std::function<Trainable(const at::Generator& generator)>& make,
               const std::function<void(const BatchLoss& loss, const torch::Tensor& held_out)>& evaluate);

}  // namespace infoplane::estimators
