#pragma once

#include <torch/nn/module.h>
#include <torch/optim/optimizer.h>

#include <infoplane/tensor_file.hpp>

// What training changes, as tensors by name.
namespace infoplane {

/// The parameters and buffers of a model under their dotted names; the tensors themselves, no copies.
NamedTensors model_tensors(const torch::nn::Module& model);

/// Throws UsageError unless `tensors` has exactly the model's names, each with the model's shape and type.
void require_model_tensors(const torch::nn::Module& model, const NamedTensors& tensors);

/// Copies fitting tensors into the model.
void copy_model_tensors(torch::nn::Module& model, const NamedTensors& tensors);

/// The state of an optimizer of the model's parameters: "linear1.weight.momentum_buffer" of torch::optim::SGD;
/// ".step", ".exp_avg" and ".exp_avg_sq" of Adam. Nothing for parameters that had no step. Throws Error for others.
NamedTensors optimizer_tensors(const torch::optim::Optimizer& optimizer, const torch::nn::Module& model);

/// Restores a result of optimizer_tensors in an optimizer that has taken no step. Throws UsageError for names, shapes
/// or types that it cannot have.
void restore_optimizer_tensors(torch::optim::Optimizer& optimizer, const torch::nn::Module& model,
                               const NamedTensors& tensors);

}  // namespace infoplane
