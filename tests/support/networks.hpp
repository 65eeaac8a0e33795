#pragma once

#include <cstdint>

#include <torch/nn/module.h>
#include <torch/nn/modules/container/any.h>
#include <torch/nn/modules/dropout.h>
#include <torch/nn/modules/linear.h>

#include <infoplane/hook_point.hpp>

namespace infoplane::testing {

/// A network as any torch user would write it: one network, [B, 4] -> [B, 1], dropout, two hook points.
struct OrdinaryNetworkImpl : torch::nn::Module {
  OrdinaryNetworkImpl() : torch::nn::Module("ordinary") {}

  torch::Tensor forward(torch::Tensor x) {
    x = h1(torch::tanh(fc1(x)));
    x = h2(torch::relu(fc2(dropout(x))));
    return fc3(x);
  }

  torch::nn::Linear fc1{register_module("fc1", torch::nn::Linear(4, 6))};
  torch::nn::Linear fc2{register_module("fc2", torch::nn::Linear(6, 3))};
  torch::nn::Linear fc3{register_module("fc3", torch::nn::Linear(3, 1))};
  torch::nn::Dropout dropout{register_module("dropout", torch::nn::Dropout(0.3))};
  HookPoint h1{register_module("h1", HookPoint(ActivationKind::tanh))};
  HookPoint h2{register_module("h2", HookPoint(ActivationKind::relu))};
};
TORCH_MODULE(OrdinaryNetwork);

inline torch::nn::AnyModule make_ordinary_network() { return torch::nn::AnyModule(OrdinaryNetwork()); }

/// A module made of a function of x and one hook point h, [R, B, D] -> whatever the function returns.
struct FunctionImpl : torch::nn::Module {
  using Body = std::function<torch::Tensor(FunctionImpl&, torch::Tensor)>;
  explicit FunctionImpl(Body body) : torch::nn::Module("function"), body_(std::move(body)) {}

  torch::Tensor forward(torch::Tensor x) { return body_(*this, x); }

  HookPoint h{register_module("h", HookPoint())};

 private:
  Body body_;
};
TORCH_MODULE(Function);

}  // namespace infoplane::testing
