#pragma once

#include <memory>
#include <vector>

#include <torch/optim/optimizer.h>
#include <torch/types.h>

#include <infoplane/registry.hpp>

namespace infoplane {

/// Makes an optimizer of these parameters with this learning rate. Those of optimizers() throw std::invalid_argument
/// for no parameters, an undefined one, and a learning rate that is not above 0 and finite.
using OptimizerFactory = std::unique_ptr<torch::optim::Optimizer>(const std::vector<torch::Tensor>& parameters,
                                                                  double learning_rate);

/// sgd, momentum, adam from torch::optim: elementwise, so that replicas in one tensor do not mix.
Registry<OptimizerFactory> optimizers();

}  // namespace infoplane
