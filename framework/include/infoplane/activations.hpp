#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include <torch/nn/modules/container/any.h>
#include <torch/types.h>

#include <infoplane/activation_kind.hpp>

namespace infoplane {

/// What one hook point saw.
struct LayerActivations {
  std::string name;  ///< the hook point's path in the model
  ActivationKind kind = ActivationKind::unknown;
  torch::Tensor values;  ///< [R, N, M]; further dimensions are flattened into M
};

/// Every hook point's tensor for one set of inputs, in firing order, and what the model returned.
struct Activations {
  std::vector<LayerActivations> layers;
  torch::Tensor outputs;  ///< [R, N, ...]
};

/// Feeds `inputs` [R, N, D] through the model in batches of at most `batch_size` samples, in eval mode and without
/// gradients, and returns what its hook points saw. The model's mode is restored even when forward throws, and
/// training goes on afterwards as if nothing had been captured, bit for bit.
///
/// Throws Error naming the module and the mend for: a model without a hook point; a hook point registered under two
/// names; one that fires twice in a pass; another order of hook points in another batch; a captured tensor that is
/// overwritten in place after its hook point; a captured tensor that is not [R, batch, ...].
/// Cost: one forward pass and a copy of what was captured.
Activations capture(torch::nn::AnyModule& model, const torch::Tensor& inputs, std::int64_t batch_size = 4096);

}  // namespace infoplane
