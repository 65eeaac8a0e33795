#pragma once

#include <string>
#include <vector>

#include <torch/nn/modules/linear.h>

#include <infoplane/experiments/catalogue.hpp>
#include <infoplane/hook_point.hpp>
#include <infoplane/run.hpp>

#include "support/support.hpp"

namespace infoplane::testing {

/// A network of one's own, in ordinary torch code.
struct OwnNetworkImpl : torch::nn::Module {
  torch::Tensor forward(torch::Tensor x) { return out(hidden(torch::tanh(in(x)))); }
  torch::nn::Linear in{register_module("in", torch::nn::Linear(12, 4))};
  torch::nn::Linear out{register_module("out", torch::nn::Linear(4, 1))};
  HookPoint hidden{register_module("hidden", HookPoint(ActivationKind::tanh))};
};
TORCH_MODULE(OwnNetwork);

/// The tool's, and this network as "own".
inline const Catalogue& own_catalogue() {
  static const Catalogue catalogue = [] {
    Catalogue c = experiments::catalogue();
    c.models.add<NoOptions>(
        "own",
        [](const NoOptions&, const ModelContext& context) {
          return replicate([] { return torch::nn::AnyModule(OwnNetwork()); }, context.replicas);
        },
        "a module of the test's own");
    return c;
  }();
  return catalogue;
}

/// Five replicas, six epochs, four observations.
inline const std::string kSmallRun =
    "name: small\n"
    "replicas: 5\n"
    "dataset: twelve_bit\n"
    "model: {type: mlp, widths: [6, 3, 1]}\n"
    "training: {epochs: 6, learning_rate: 0.05, batch_size: 500}\n"
    "observe: {schedule: {type: every, every: 2}}\n"
    "estimators:\n"
    "  - {type: binning, bins: 20}\n"
    "  - {type: binning, name: coarse, bins: 3}\n";

inline Experiment experiment(const std::vector<std::string>& settings = {}, const std::string& config = kSmallRun) {
  Node node = parse_yaml(config, "small.yaml");
  for (const std::string& setting : settings) set_value(node, setting);
  return read_experiment(node, own_catalogue());
}

inline std::filesystem::path run_here(const Experiment& e, const TemporaryFolder& out, std::int64_t threads = 1) {
  Progress silent;
  RunOptions options;
  options.out = out.path();
  options.device = "cpu";
  options.threads = threads;
  return run(e, own_catalogue(), options, silent);
}

}  // namespace infoplane::testing
