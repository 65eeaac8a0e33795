#pragma once

#include <memory>
#include <string>
#include <vector>

#include <torch/nn/module.h>

#include <infoplane/hook_point.hpp>

namespace infoplane {

struct NamedPoint {
  std::string name;  ///< its path in the model
  std::shared_ptr<HookPointImpl> point;
};

/// The hook points of a model in registration order, without those inside HiddenModules. Throws Error for one that is
/// registered under two names.
std::vector<NamedPoint> hook_points(const torch::nn::Module& model);

}  // namespace infoplane
