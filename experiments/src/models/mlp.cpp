#include <infoplane/experiments/mlp.hpp>

#include <algorithm>
#include <cmath>
#include <string>

#include <ATen/CPUGeneratorImpl.h>
#include <torch/nn/module.h>

#include <infoplane/error.hpp>
#include <infoplane/hook_point.hpp>
#include <infoplane/replica_chain.hpp>

namespace infoplane::experiments {
namespace {

constexpr std::size_t kMostLayers = 10'000;  // which are half a second to make

ActivationKind kind_of(HiddenActivation activation) {
  switch (activation) {
    case HiddenActivation::tanh:
      return ActivationKind::tanh;
    case HiddenActivation::relu:
      return ActivationKind::relu;
    case HiddenActivation::leaky_relu:
      return ActivationKind::leaky_relu;
    case HiddenActivation::sigmoid:
      return ActivationKind::sigmoid;
    default:
      return ActivationKind::linear;
  }
}

// One replica's weight [O, I] and bias [O].
void initialise(torch::Tensor weight, torch::Tensor bias, Initialisation how, at::Generator& generator) {
  const auto inputs = static_cast<double>(weight.size(1)), units = static_cast<double>(weight.size(0));
  const double default_bound = 1 / std::sqrt(inputs);
  switch (how) {
    case Initialisation::glorot_uniform: {
      const double bound = std::sqrt(6 / (inputs + units));
      weight.uniform_(-bound, bound, generator);
      break;
    }
    case Initialisation::lecun_truncated_normal:
      weight.normal_(0, default_bound, generator);
      for (torch::Tensor beyond; (beyond = weight.abs() > 2 * default_bound).any().item<bool>();) {
        weight.copy_(torch::where(beyond, torch::empty_like(weight).normal_(0, default_bound, generator), weight));
      }
      break;
    case Initialisation::torch_default:
      weight.uniform_(-default_bound, default_bound, generator);
      bias.uniform_(-default_bound, default_bound, generator);
  }
}

void require_fit(const MlpOptions& o, const ModelContext& context) {
  if (o.widths.empty()) throw UsageError("model.widths must name at least the output layer, got []");
  if (o.widths.size() > kMostLayers) {
    throw UsageError("model.widths must name at most " + std::to_string(kMostLayers) + " layers, got " +
                     std::to_string(o.widths.size()));
  }
  const std::string got = ", got " + std::to_string(o.widths.back());
  if (o.output == OutputKind::sigmoid && (o.widths.back() != 1 || context.classes != 2)) {
    throw UsageError("model.widths: with output sigmoid the last width must be 1 and the data set must have 2 classes" +
                     got + " and " + std::to_string(context.classes) + " classes");
  }
  if (o.output == OutputKind::softmax && o.widths.back() != context.classes) {
    throw UsageError("model.widths: with output softmax the last width must be the number of classes, " +
                     std::to_string(context.classes) + got);
  }
  if (!o.keep_probability.empty() && o.keep_probability.size() != o.widths.size() - 1) {
    throw UsageError("model.keep_probability must have as many values as there are hidden layers, " +
                     std::to_string(o.widths.size() - 1) + ", got " + std::to_string(o.keep_probability.size()));
  }
}

class MlpImpl : public torch::nn::Module, public ReplicaChain {
 public:
  MlpImpl(const MlpOptions& options, const ModelContext& context) : torch::nn::Module("mlp"), output_(options.output) {
    std::int64_t inputs = context.inputs;
    for (std::size_t l = 0; l < options.widths.size(); ++l) {
      const std::string number = std::to_string(l + 1);
      const bool last = l + 1 == options.widths.size();
      const ActivationKind kind = last ? ActivationKind::linear : kind_of(options.activation);
      linear_.push_back(register_module(
          "linear" + number,
          ReplicaLinear(ReplicaLinearOptions{context.replicas.count, inputs, options.widths[l], kind, options.slope})));
      points_.push_back(register_module("L" + number, HookPoint(last ? output_kind() : kind)));
      if (!last && !options.keep_probability.empty()) {
        dropout_.push_back(
            register_module("dropout" + number, ReplicaDropout(options.keep_probability[l], context.replicas, l)));
      }
      inputs = options.widths[l];
    }
    initialise_replicas(options.initialisation, context.replicas);
  }

  torch::Tensor forward(torch::Tensor x) {
    for (std::size_t l = 0; l + 1 < linear_.size(); ++l) {
      x = points_[l](linear_[l](x));
      if (!dropout_.empty()) x = dropout_[l](x);
    }
    const torch::Tensor logits = linear_.back()(x);
    if (points_.back()->is_observed()) points_.back()(probabilities(logits));
    return logits;
  }

  std::vector<ReplicaLink> chain() const override {
    std::vector<ReplicaLink> links;
    for (std::size_t l = 0; l < linear_.size(); ++l) {
      links.push_back({linear_[l], points_[l], l < dropout_.size() ? dropout_[l] : ReplicaDropout(nullptr)});
    }
    return links;
  }

 private:
  ActivationKind output_kind() const {
    return output_ == OutputKind::sigmoid ? ActivationKind::sigmoid : ActivationKind::softmax;
  }

  // Replica by replica, since LibTorch rounds the last elements of a tensor otherwise than the rest.
  torch::Tensor probabilities(const torch::Tensor& logits) const {
    std::vector<torch::Tensor> each;
    for (const torch::Tensor& z : logits.unbind(0)) {
      each.push_back(output_ == OutputKind::sigmoid ? torch::sigmoid(z) : torch::softmax(z, 1));
    }
    return torch::stack(each);
  }

  void initialise_replicas(Initialisation how, const ReplicaRange& replicas) {
    const torch::NoGradGuard no_grad;
    for (std::int64_t r = 0; r < replicas.count; ++r) {
      at::Generator generator = at::detail::createCPUGenerator(replicas.stream(r, Purpose::initialization));
      for (auto& linear : linear_) initialise(linear->weight[r], linear->bias[r], how, generator);
    }
  }

  OutputKind output_;
  std::vector<ReplicaLinear> linear_;
  std::vector<HookPoint> points_;
  std::vector<ReplicaDropout> dropout_;
};
TORCH_MODULE(Mlp);

}  // namespace

EnumNames<Initialisation> names(Initialisation) {
  return {{Initialisation::glorot_uniform, "glorot_uniform"},
          {Initialisation::lecun_truncated_normal, "lecun_truncated_normal"},
          {Initialisation::torch_default, "torch_default"}};
}

EnumNames<OutputKind> names(OutputKind) { return {{OutputKind::sigmoid, "sigmoid"}, {OutputKind::softmax, "softmax"}}; }

EnumNames<HiddenActivation> names(HiddenActivation) {
  return {{HiddenActivation::tanh, "tanh"},
          {HiddenActivation::relu, "relu"},
          {HiddenActivation::leaky_relu, "leaky_relu"},
          {HiddenActivation::sigmoid, "sigmoid"},
          {HiddenActivation::linear, "linear"}};
}

Fields fields(MlpOptions& o) {
  const auto widths =
      each("a list of whole numbers from 1 to 1000000, the output layer's last", whole_between(1, 1000000), 1);
  const auto probabilities = each("a list of numbers above 0 and at most 1", above_at_most(0, 1));
  return {
      required(field("widths", o.widths, "units of every layer, the output layer's last", widths)),
      field("activation", o.activation, "what hidden layers apply"),
      field("slope", o.slope, "slope of leaky_relu below 0", positive()),
      field("output", o.output, "what the output layer applies"),
      field("initialisation", o.initialisation, "distribution of the initial weights"),
      field("keep_probability", o.keep_probability, "dropout: of each hidden layer, the probability of keeping a unit",
            probabilities),
  };
}

torch::nn::AnyModule make_mlp(const MlpOptions& options, const ModelContext& context) {
  require_fit(options, context);
  return torch::nn::AnyModule(Mlp(options, context));
}

}  // namespace infoplane::experiments
