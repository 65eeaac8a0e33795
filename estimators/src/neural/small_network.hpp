#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <vector>

#include <torch/nn/module.h>
#include <torch/nn/pimpl.h>
#include <torch/types.h>

// Small networks that estimators train. Every random number comes from a generator that is passed in: LibTorch's global
// one belongs to the training that is observed, and the modules of torch::nn draw from it when they are made.
namespace infoplane::estimators {

/// Rectified layers of the given widths, the first of them the inputs, with a linear last one. Weights are
/// N(0, 2 / inputs), biases 0.
class MlpImpl : public torch::nn::Module {
 public:
  MlpImpl(const std::vector<std::int64_t>& widths, const at::Generator& generator);
  torch::Tensor forward(torch::Tensor x);

 private:
  std::vector<torch::Tensor> weights_, biases_;
};
TORCH_MODULE(Mlp);

/// The columns of `rows` [N, M] less their mean and divided by their standard deviation, if any: float32.
torch::Tensor standardized(const torch::Tensor& rows);

/// The samples 0..n-1 in two halves, drawn.
std::array<torch::Tensor, 2> halves(std::int64_t n, const at::Generator& generator);

struct Descent {
  std::int64_t steps = 300;
  std::int64_t batch = 256;
  double learning_rate = 0.01;
};

/// Adam on the parameters: each step on the loss of a batch drawn from three quarters of `samples`, which are indices.
/// What the parameters are left at is the best of every tenth step by the loss of the last quarter (at most 1024 of
/// it), so that few samples are not learned by heart. Fewer than 8 samples serve for both.
void descend(const std::vector<torch::Tensor>& parameters, const Descent& descent, const torch::Tensor& samples,
             const at::Generator& generator, const std::function<torch::Tensor(const torch::Tensor& batch)>& loss);

}  // namespace infoplane::estimators
