#include <infoplane/optimizer.hpp>

#include <torch/optim/adam.h>
#include <torch/optim/sgd.h>

#include "base/arguments.hpp"

namespace infoplane {
namespace {

struct MomentumOptions {
  double momentum = 0.9;
};
Fields fields(MomentumOptions& o) {
  return {field("momentum", o.momentum, "share of the previous step added to the next one", above_below(0, 1))};
}

struct AdamOptions {
  double beta1 = 0.9;
  double beta2 = 0.999;
  double epsilon = 1e-8;
};
Fields fields(AdamOptions& o) {
  return {field("beta1", o.beta1, "decay rate of the mean of gradients", above_below(0, 1)),
          field("beta2", o.beta2, "decay rate of the mean of squared gradients", above_below(0, 1)),
          field("epsilon", o.epsilon, "added to the square root of the mean of squared gradients", positive())};
}

using Parameters = std::vector<torch::Tensor>;
using Made = std::unique_ptr<torch::optim::Optimizer>;

void require_arguments(const char* optimizer, const Parameters& parameters, double learning_rate) {
  require_argument(!parameters.empty(), optimizer, "there must be at least one parameter");
  for (const torch::Tensor& parameter : parameters) {
    require_argument(parameter.defined(), optimizer, "every parameter must be a tensor, got an undefined one");
  }
  require_positive(optimizer, "learning_rate", learning_rate);
}

Made make_sgd(const NoOptions&, const Parameters& parameters, double learning_rate) {
  require_arguments("sgd", parameters, learning_rate);
  return std::make_unique<torch::optim::SGD>(parameters, torch::optim::SGDOptions(learning_rate));
}

Made make_momentum(const MomentumOptions& options, const Parameters& parameters, double learning_rate) {
  require_arguments("momentum", parameters, learning_rate);
  return std::make_unique<torch::optim::SGD>(parameters,
                                             torch::optim::SGDOptions(learning_rate).momentum(options.momentum));
}

Made make_adam(const AdamOptions& options, const Parameters& parameters, double learning_rate) {
  require_arguments("adam", parameters, learning_rate);
  return std::make_unique<torch::optim::Adam>(
      parameters, torch::optim::AdamOptions(learning_rate).betas({options.beta1, options.beta2}).eps(options.epsilon));
}

}  // namespace

Registry<OptimizerFactory> optimizers() {
  Registry<OptimizerFactory> optimizers("optimizer");
  optimizers.add<NoOptions>("sgd", make_sgd, "plain mini-batch gradient descent, as in the thesis");
  optimizers.add<MomentumOptions>("momentum", make_momentum, "gradient descent with momentum (Polyak's heavy ball)");
  optimizers.add<AdamOptions>("adam", make_adam, "Adam (Kingma and Ba 2015)");
  return optimizers;
}

}  // namespace infoplane
