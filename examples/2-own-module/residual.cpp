#include "residual.hpp"

#include <torch/nn/modules/linear.h>

#include <infoplane/hook_point.hpp>

using infoplane::ActivationKind;
using infoplane::HookPoint;

namespace {

// An ordinary module, [B, D] -> logits [B, K], with a hook point after each layer to observe.
struct ResidualImpl : torch::nn::Module {
  ResidualImpl(std::int64_t inputs, std::int64_t width, std::int64_t logits)
      : in(register_module("in", torch::nn::Linear(inputs, width))),
        hidden(register_module("hidden", torch::nn::Linear(width, width))),
        out(register_module("out", torch::nn::Linear(width, logits))),
        h1(register_module("h1", HookPoint(ActivationKind::tanh))),
        h2(register_module("h2", HookPoint(ActivationKind::unknown))) {}  // sums of tanh may exceed [-1, 1]

  torch::Tensor forward(torch::Tensor x) {
    const torch::Tensor first = h1(in(x).tanh());
    return out(h2(first + hidden(first).tanh()));
  }

  torch::nn::Linear in, hidden, out;
  HookPoint h1, h2;
};
TORCH_MODULE(Residual);

}  // namespace

infoplane::Fields fields(ResidualOptions& o) {
  return {infoplane::field("width", o.width, "units of both layers", infoplane::whole_between(1, 4096))};
}

torch::nn::AnyModule make_residual(const ResidualOptions& options, const infoplane::ModelContext& context) {
  const std::int64_t inputs = context.inputs, logits = context.classes, width = options.width;
  return infoplane::replicate([=] { return torch::nn::AnyModule(Residual(inputs, width, logits)); }, context.replicas);
}
