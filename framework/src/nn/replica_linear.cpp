#include <infoplane/replica_linear.hpp>

#include <cmath>

#include <fmt/format.h>
#include <torch/autograd.h>
#include <torch/nn/functional/activation.h>

#include "base/tensor_arguments.hpp"
#include "nn/replica_kernels.hpp"

namespace infoplane {
namespace {

// The gradients with respect to x, weight and bias.
struct Gradients {
  torch::Tensor x, weight, bias;
};

torch::Tensor unit_major(const torch::Tensor& x) {
  return x.stride(1) == 1 ? x : x.transpose(1, 2).contiguous().transpose(1, 2);
}

torch::Tensor empty_unit_major(const torch::Tensor& like, std::int64_t units) {
  return torch::empty({like.size(0), units, like.size(1)}, like.options().requires_grad(false)).transpose(1, 2);
}

struct Arguments {
  torch::Tensor x, weight, bias;
  ActivationKind activation;
  double slope;
};

torch::Tensor forward_kernel(const Arguments& a) {
  const torch::Tensor weight = a.weight.contiguous();
  const torch::Tensor bias = a.bias.contiguous();
  const torch::Tensor y = empty_unit_major(a.x, weight.size(1));
  kernels::Forward task{nullptr,        a.x.stride(2),  nullptr,     nullptr,      nullptr,
                        weight.size(2), weight.size(1), a.x.size(1), a.activation, static_cast<float>(a.slope)};
  for (std::int64_t r = 0; r < a.x.size(0); ++r) {
    task.x = a.x.data_ptr<float>() + r * a.x.stride(0);
    task.weight = weight.data_ptr<float>() + r * task.units * task.inputs;
    task.bias = bias.data_ptr<float>() + r * task.units;
    task.y = y.data_ptr<float>() + r * task.units * task.batch;
    kernels::forward(task);
  }
  return y;
}

Gradients backward_kernel(const Arguments& a, const torch::Tensor& y, const torch::Tensor& grad_y, bool with_grad_x) {
  const torch::Tensor weight = a.weight.contiguous();
  Gradients grads{with_grad_x ? empty_unit_major(a.x, weight.size(2)) : torch::Tensor(),
                  torch::empty(weight.sizes(), weight.options().requires_grad(false)),
                  torch::empty(a.bias.sizes(), weight.options().requires_grad(false))};
  const torch::Tensor dz = torch::empty({weight.size(1), a.x.size(1)}, grads.weight.options());
  kernels::Backward task{};
  task.x_stride = a.x.stride(2);
  task.grad_y_stride = grad_y.stride(2);
  task.dz = dz.data_ptr<float>();
  task.inputs = weight.size(2);
  task.units = weight.size(1);
  task.batch = a.x.size(1);
  task.activation = a.activation;
  task.slope = static_cast<float>(a.slope);
  for (std::int64_t r = 0; r < a.x.size(0); ++r) {
    task.x = a.x.data_ptr<float>() + r * a.x.stride(0);
    task.weight = weight.data_ptr<float>() + r * task.units * task.inputs;
    task.y = y.data_ptr<float>() + r * task.units * task.batch;
    task.grad_y = grad_y.data_ptr<float>() + r * grad_y.stride(0);
    task.grad_x = with_grad_x ? grads.x.data_ptr<float>() + r * task.inputs * task.batch : nullptr;
    task.grad_weight = grads.weight.data_ptr<float>() + r * task.units * task.inputs;
    task.grad_bias = grads.bias.data_ptr<float>() + r * task.units;
    kernels::backward(task);
  }
  return grads;
}

class ReplicaLinearFunction : public torch::autograd::Function<ReplicaLinearFunction> {
 public:
  static torch::Tensor forward(torch::autograd::AutogradContext* context, const torch::Tensor& x,
                               const torch::Tensor& weight, const torch::Tensor& bias, std::int64_t activation,
                               double slope) {
    const torch::Tensor input = unit_major(x);
    torch::Tensor y = forward_kernel({input, weight, bias, static_cast<ActivationKind>(activation), slope});
    context->save_for_backward({input, weight, bias, y});
    context->saved_data["activation"] = activation;
    context->saved_data["slope"] = slope;
    return y;
  }

  static torch::autograd::tensor_list backward(torch::autograd::AutogradContext* context,
                                               torch::autograd::tensor_list grad_outputs) {
    const auto saved = context->get_saved_variables();
    const Arguments arguments{saved[0], saved[1], saved[2],
                              static_cast<ActivationKind>(context->saved_data["activation"].toInt()),
                              context->saved_data["slope"].toDouble()};
    const Gradients grads =
        backward_kernel(arguments, saved[3], unit_major(grad_outputs[0]), context->needs_input_grad(0));
    return {grads.x, grads.weight, grads.bias, {}, {}};
  }
};

torch::Tensor activate(const torch::Tensor& z, const ReplicaLinearOptions& options) {
  switch (options.activation) {
    case ActivationKind::tanh:
      return torch::tanh(z);
    case ActivationKind::sigmoid:
      return torch::sigmoid(z);
    case ActivationKind::relu:
      return torch::relu(z);
    case ActivationKind::leaky_relu:
      return torch::leaky_relu(z, options.slope);
    default:
      return z;
  }
}

}  // namespace

ReplicaLinearImpl::ReplicaLinearImpl(const ReplicaLinearOptions& options) : options_(options) {
  require_at_least("ReplicaLinear", "replicas", options.replicas, 1);
  require_at_least("ReplicaLinear", "inputs", options.inputs, 1);
  require_at_least("ReplicaLinear", "units", options.units, 1);
  require_argument(std::isfinite(options.slope), "ReplicaLinear", "slope must be finite");
  require_argument(options.activation != ActivationKind::softmax && options.activation != ActivationKind::unknown,
                   "ReplicaLinear", "activation must be tanh, relu, leaky_relu, sigmoid or linear");
  reset();
}

void ReplicaLinearImpl::reset() {
  weight = register_parameter("weight", torch::zeros({options_.replicas, options_.units, options_.inputs}));
  bias = register_parameter("bias", torch::zeros({options_.replicas, options_.units}));
}

torch::Tensor ReplicaLinearImpl::forward(const torch::Tensor& x) {
  if (!x.defined() || x.dim() != 3 || x.size(0) != weight.size(0) || x.size(2) != weight.size(2)) {
    refuse_argument("ReplicaLinear",
                    fmt::format("x must be [{}, B, {}], got {}", weight.size(0), weight.size(2), described(x)));
  }
  if (bias.dim() != 2 || bias.size(0) != weight.size(0) || bias.size(1) != weight.size(1)) {
    refuse_argument("ReplicaLinear",
                    fmt::format("bias must be [{}, {}], got {}", weight.size(0), weight.size(1), described(bias)));
  }
  if (x.device().is_cpu() && x.scalar_type() == torch::kFloat32 && weight.scalar_type() == torch::kFloat32) {
    return ReplicaLinearFunction::apply(x, weight, bias, static_cast<std::int64_t>(options_.activation),
                                        options_.slope);
  }
  return activate(torch::baddbmm(bias.unsqueeze(1), x, weight.transpose(1, 2)), options_);
}

void ReplicaLinearImpl::pretty_print(std::ostream& stream) const {
  stream << "ReplicaLinear(replicas=" << options_.replicas << ", inputs=" << options_.inputs
         << ", units=" << options_.units << ")";
}

}  // namespace infoplane
