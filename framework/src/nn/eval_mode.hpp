#pragma once

#include <memory>
#include <utility>
#include <vector>

#include <torch/nn/module.h>

namespace infoplane {

/// Sets a module to eval mode during its lifetime; then restores the mode of each submodule.
class EvalMode {
 public:
  explicit EvalMode(const std::shared_ptr<torch::nn::Module>& model) {
    for (const auto& module : model->modules()) modes_.emplace_back(module, module->is_training());
    model->eval();
  }
  ~EvalMode() {
    // Modules are listed parents first, so each overrides what its parents passed down.
    for (auto& [module, training] : modes_) module->train(training);
  }
  EvalMode(const EvalMode&) = delete;
  EvalMode& operator=(const EvalMode&) = delete;

 private:
  std::vector<std::pair<std::shared_ptr<torch::nn::Module>, bool>> modes_;
};

}  // namespace infoplane
