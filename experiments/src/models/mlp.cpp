#include <infoplane/experiments/mlp.hpp>

#include <algorithm>
#include <cmath>
#include <string>

#include <ATen/CPUGeneratorImpl.h>
#include <fmt/format.h>
#include <torch/nn/module.h>

#include <infoplane/error.hpp>
#include <infoplane/hook_point.hpp>
#include <infoplane/replica_chain.hpp>

namespace infoplane::experiments {
namespace {

constexpr std::size_t kMostLayers = 10'000;  // making them takes half a second

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

// A normal distribution cut at two standard deviations.
void fill_truncated_normal(torch::Tensor weight, double deviation, at::Generator& generator) {
  weight.normal_(0, deviation, generator);
  for (torch::Tensor beyond; (beyond = weight.abs() > 2 * deviation).any().item<bool>();) {
    weight.copy_(torch::where(beyond, torch::empty_like(weight).normal_(0, deviation, generator), weight));
  }
}

// One replica's weight [O, I] and bias [O].
void initialize(torch::Tensor weight, torch::Tensor bias, Initialization how, at::Generator& generator) {
  const auto inputs = static_cast<double>(weight.size(1)), units = static_cast<double>(weight.size(0));
  const double default_bound = 1 / std::sqrt(inputs);
  switch (how) {
    case Initialization::glorot_uniform: {
      const double bound = std::sqrt(6 / (inputs + units));
      weight.uniform_(-bound, bound, generator);
      break;
    }
    case Initialization::lecun_truncated_normal:
      fill_truncated_normal(weight, 1 / std::sqrt(inputs), generator);
      break;
    case Initialization::fan_out_truncated_normal:
      fill_truncated_normal(weight, 1 / std::sqrt(units), generator);
      break;
    case Initialization::torch_default:
      weight.uniform_(-default_bound, default_bound, generator);
      bias.uniform_(-default_bound, default_bound, generator);
  }
}

void require_fit(const MlpOptions& o, const ModelContext& context) {
  if (o.widths.empty()) throw UsageError("model.widths must have at least the output layer, got []");
  if (o.widths.size() > kMostLayers) {
    throw UsageError("model.widths must have at most " + std::to_string(kMostLayers) + " layers, got " +
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
    throw UsageError(fmt::format("model.keep_probability or dropout must have {} value{}, one per hidden layer, got {}",
                                 o.widths.size() - 1, o.widths.size() == 2 ? "" : "s", o.keep_probability.size()));
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
    initialize_replicas(options.initialization, context.replicas);
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

  // Separately for each replica, since LibTorch rounds the last elements of a tensor differently from the rest.
  torch::Tensor probabilities(const torch::Tensor& logits) const {
    std::vector<torch::Tensor> each;
    for (const torch::Tensor& z : logits.unbind(0)) {
      each.push_back(output_ == OutputKind::sigmoid ? torch::sigmoid(z) : torch::softmax(z, 1));
    }
    return torch::stack(each);
  }

  void initialize_replicas(Initialization how, const ReplicaRange& replicas) {
    const torch::NoGradGuard no_grad;
    for (std::int64_t r = 0; r < replicas.count; ++r) {
      at::Generator generator = at::detail::createCPUGenerator(replicas.stream(r, Purpose::initialization));
      for (auto& linear : linear_) initialize(linear->weight[r], linear->bias[r], how, generator);
    }
  }

  OutputKind output_;
  std::vector<ReplicaLinear> linear_;
  std::vector<HookPoint> points_;
  std::vector<ReplicaDropout> dropout_;
};
TORCH_MODULE(Mlp);

Check<std::vector<double>> zeroing_probabilities() {
  const Check<double> probability{
      "", [](double p) { return p >= 0 && p < 1; },
      keywords({{"minimum", Node::of_scalar("0")}, {"exclusiveMaximum", Node::of_scalar("1")}})};
  return each("a list of numbers at least 0 and below 1", probability);
}

// 1 - p without the error of the subtraction, which only p's own digits can show: 0.1 for 0.9, not 0.09999999999999998.
double complement(double p) { return std::stod(fmt::format("{:.15g}", 1 - p)); }

// Probabilities of zeroing, kept as those of keeping.
class DropoutBinding : public Binding {
 public:
  explicit DropoutBinding(std::vector<double>& keep) : keep_(keep) {}

  void read(const Node& node, const std::string& path) override {
    std::vector<double> zero;
    ValueBinding<std::vector<double>>(zero, zeroing_probabilities()).read(node, path);
    keep_.clear();
    for (const double p : zero) keep_.push_back(complement(p));
  }
  Node write() const override {
    std::vector<double> zero;
    for (const double keep : keep_) zero.push_back(complement(keep));
    return Codec<std::vector<double>>::write(zero);
  }
  std::string type() const override { return any().type(); }
  Node schema() const override { return any().schema(); }

 private:
  static ValueBinding<std::vector<double>> any() {
    static std::vector<double> unused;
    return {unused, zeroing_probabilities()};
  }

  std::vector<double>& keep_;
};

}  // namespace

EnumNames<Initialization> names(Initialization) {
  return {{Initialization::glorot_uniform, "glorot_uniform"},
          {Initialization::lecun_truncated_normal, "lecun_truncated_normal"},
          {Initialization::fan_out_truncated_normal, "fan_out_truncated_normal"},
          {Initialization::torch_default, "torch_default"}};
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
      each("a list of whole numbers from 1 to 1000000, the output layer last", whole_between(1, 1000000), 1);
  const auto probabilities = each("a list of numbers above 0 and at most 1", above_at_most(0, 1));
  return {
      required(field("widths", o.widths, "units of every layer, the output layer last", widths)),
      field("activation", o.activation, "activation function of the hidden layers"),
      field("slope", o.slope, "slope of leaky_relu below 0", positive()),
      field("output", o.output, "activation function of the output layer"),
      alias(field("initialization", o.initialization,
                  "distribution of the initial weights; the truncated normal ones have standard deviation 1 / "
                  "sqrt(inputs) (lecun) "
                  "or 1 / sqrt(units) (fan_out)"),
            "initialisation"),
      field("keep_probability", o.keep_probability, "probability of keeping a unit in dropout, for each hidden layer",
            probabilities),
      other_form(
          {"dropout",
           "dropout as in LibTorch: probability of zeroing a unit, for each hidden layer; replaces keep_probability",
           std::make_shared<DropoutBinding>(o.keep_probability)},
          "keep_probability"),
  };
}

torch::nn::AnyModule make_mlp(const MlpOptions& options, const ModelContext& context) {
  require_fit(options, context);
  return torch::nn::AnyModule(Mlp(options, context));
}

}  // namespace infoplane::experiments
