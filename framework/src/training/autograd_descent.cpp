#include <algorithm>

#include <infoplane/training.hpp>

#include "nn/replica_kernels.hpp"
#include "training/cross_entropy.hpp"
#include "training/descent.hpp"
#include "training/quadratic_cost.hpp"

namespace infoplane {
namespace {

class AutogradDescent : public Descent {
 public:
  AutogradDescent(torch::nn::AnyModule model, torch::optim::Optimizer& optimizer, Loss loss)
      : model_(std::move(model)), optimizer_(optimizer), loss_(loss) {}

  bool applies() const override { return true; }

  bool take(const Steps& steps) override {
    torch::Tensor logits;
    for (std::int64_t s = steps.first; s < steps.end; ++s) {
      const torch::Tensor samples = steps.samples(s);
      logits = model_.forward<torch::Tensor>(gather_inputs(steps.inputs, samples));
      for (auto& group : optimizer_.param_groups()) {
        for (torch::Tensor& parameter : group.params()) parameter.mutable_grad().reset();
      }
      logits.backward(gradient(logits, steps, samples));
      optimizer_.step();
    }
    return torch::isfinite(logits.detach()).all().item<bool>();
  }

 private:
  torch::Tensor gradient(const torch::Tensor& logits, const Steps& steps, const torch::Tensor& samples) const {
    if (steps.targets.defined())
      return unchecked_soft_gradient(logits, steps.targets.index_select(0, samples.flatten()).view(logits.sizes()));
    const torch::Tensor labels = steps.labels.gather(1, samples);
    return loss_ == Loss::quadratic ? quadratic_gradient(logits, labels)
                                    : unchecked_cross_entropy_gradient(logits, labels);
  }

  torch::nn::AnyModule model_;
  torch::optim::Optimizer& optimizer_;
  Loss loss_;
};

}  // namespace

torch::Tensor Steps::samples(std::int64_t s) const {
  const std::int64_t start = s * batch_size;
  return order.narrow(1, start, std::min(batch_size, order.size(1) - start)).contiguous();
}

std::unique_ptr<Descent> autograd_descent(const torch::nn::AnyModule& model, torch::optim::Optimizer& optimizer,
                                          Loss loss) {
  return std::make_unique<AutogradDescent>(model, optimizer, loss);
}

torch::Tensor gather_inputs(const torch::Tensor& inputs, const torch::Tensor& indices) {
  const std::int64_t replicas = indices.size(0), batch = indices.size(1), columns = inputs.size(1);
  if (!inputs.is_cpu()) return inputs.index_select(0, indices.flatten()).view({replicas, batch, columns});
  const torch::Tensor index = indices.contiguous();
  const torch::Tensor out = torch::empty({replicas, columns, batch}, inputs.options());
  for (std::int64_t r = 0; r < replicas; ++r) {
    kernels::gather(inputs.data_ptr<float>(), index.data_ptr<std::int64_t>() + r * batch,
                    out.data_ptr<float>() + r * columns * batch, columns, batch);
  }
  return out.transpose(1, 2);
}

}  // namespace infoplane
