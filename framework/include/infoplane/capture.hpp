#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include <torch/nn/modules/container/any.h>
#include <torch/types.h>

#include <infoplane/activation_kind.hpp>

namespace infoplane {

/// What one hook point recorded.
struct LayerActivations {
  std::string name;  ///< the hook point's path in the model
  ActivationKind kind = ActivationKind::unknown;
  torch::Tensor values;  ///< [R, N, M]; further dimensions are flattened into M
};

/// Every hook point's tensor for one set of inputs, in firing order, and the model's outputs.
struct Activations {
  std::vector<LayerActivations> layers;
  torch::Tensor outputs;  ///< [R, N, ...]
};

/// Runs the model on `inputs` [R, N, D] in batches of at most `batch_size` samples, in eval mode and without
/// gradients, and returns what its hook points recorded. The model's mode is restored even if forward throws, and
/// later training is bit for bit the same as without the capture.
///
/// Throws Error naming the module and the fix for: a model without a hook point; a hook point registered under two
/// names; one that fires twice in a pass; a different order of hook points in another batch; a captured tensor that is
/// overwritten in place after its hook point; a captured tensor that is not [R, batch, ...].
/// Throws std::invalid_argument for an empty AnyModule, inputs that are not [R, N, ...] or are empty, and a batch size
/// below 1. Cost: one forward pass and a copy of the captured tensors.
Activations capture(torch::nn::AnyModule& model, const torch::Tensor& inputs, std::int64_t batch_size = 4096);

}  // namespace infoplane
