#pragma once

#include <torch/nn/module.h>

namespace infoplane {

/// Contains modules whose hook points are represented by others: capture does not look inside.
class HiddenModules : public torch::nn::Module {
 public:
  using torch::nn::Module::Module;
};

}  // namespace infoplane
