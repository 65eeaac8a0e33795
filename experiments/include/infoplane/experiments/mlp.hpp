#pragma once

#include <cstdint>
#include <vector>

#include <torch/nn/modules/container/any.h>

#include <infoplane/activation_kind.hpp>
#include <infoplane/fields.hpp>
#include <infoplane/replica.hpp>

namespace infoplane::experiments {

/// Initial weights of a layer with I inputs and O units; biases start at 0 except with torch_default.
/// glorot_uniform: uniform on [-a, a], a = sqrt(6 / (I + O)).
/// lecun_truncated_normal: normal with standard deviation 1 / sqrt(I) (fan-in), redrawn beyond two of them.
/// fan_out_truncated_normal: the same with standard deviation 1 / sqrt(O) (fan-out).
/// torch_default: weights and biases uniform on [-a, a], a = 1 / sqrt(I), as torch::nn::Linear.
enum class Initialization { glorot_uniform, lecun_truncated_normal, fan_out_truncated_normal, torch_default };
EnumNames<Initialization> names(Initialization);

/// Activations of the last layer: sigmoid of one logit for two classes, or softmax of K logits.
enum class OutputKind { sigmoid, softmax };
EnumNames<OutputKind> names(OutputKind);

/// Activation function of the hidden layers: those of ActivationKind that act on each unit separately.
enum class HiddenActivation { tanh, relu, leaky_relu, sigmoid, linear };
EnumNames<HiddenActivation> names(HiddenActivation);

struct MlpOptions {
  std::vector<std::int64_t> widths;
  HiddenActivation activation = HiddenActivation::tanh;
  double slope = 0.01;
  OutputKind output = OutputKind::sigmoid;
  Initialization initialization = Initialization::glorot_uniform;
  std::vector<double> keep_probability;  ///< of each hidden layer; empty: no dropout
};
/// A config may give `dropout`, the probabilities of zeroing p, in place of `keep_probability`: 1 - p to 15 digits.
Fields fields(MlpOptions& options);

/// A fully connected network of R replicas, [R, B, D] -> logits [R, B, widths.back()]. Layers are L1, L2, ...; each has
/// a hook point of that name after its activation (before its dropout), the last one after the sigmoid or softmax of
/// the logits. Throws UsageError if widths, classes, output and dropout do not fit together.
torch::nn::AnyModule make_mlp(const MlpOptions& options, const ModelContext& context);

}  // namespace infoplane::experiments
