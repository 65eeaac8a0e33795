#pragma once

#include <memory>
#include <vector>

#include <torch/optim/optimizer.h>
#include <torch/types.h>

#include <infoplane/registry.hpp>

namespace infoplane {

/// Makes an optimizer of these parameters with this learning rate.
using OptimizerFactory = std::unique_ptr<torch::optim::Optimizer>(const std::vector<torch::Tensor>& parameters,
                                                                  double learning_rate);

/// sgd, momentum, adam: torch::optim's, elementwise, so that replicas in one tensor do not mix.
Registry<OptimizerFactory> optimizers();

}  // namespace infoplane
