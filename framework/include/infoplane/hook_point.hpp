#pragma once

#include <cstdint>
#include <functional>
#include <list>
#include <memory>
#include <string>

#include <torch/nn/cloneable.h>
#include <torch/nn/pimpl.h>
#include <torch/types.h>

#include <infoplane/activation_kind.hpp>

namespace infoplane {

/// Keeps a hook registered during its lifetime.
class HookHandle {
 public:
  HookHandle() = default;
  explicit HookHandle(std::function<void()> remove) : remove_(std::move(remove)) {}
  HookHandle(HookHandle&& other) noexcept : remove_(std::exchange(other.remove_, nullptr)) {}
  HookHandle& operator=(HookHandle&& other) noexcept;
  ~HookHandle() { remove(); }

  /// Removes the hook now; a second call does nothing.
  void remove();

 private:
  std::function<void()> remove_;
};

/// Marks a tensor to observe: forward(x) returns x unchanged, after calling the hooks if there are any.
/// Its name is its path in the model. It has no parameters, draws no random numbers and does not appear in a
/// checkpoint.
///
///   HookPoint h1{register_module("h1", HookPoint(ActivationKind::tanh))};
///   torch::Tensor forward(torch::Tensor x) { return h1(torch::tanh(fc1(x))); }
///
/// It can also be a module of a torch::nn::Sequential.
///
/// The activation kind gives estimators the range of the values; `unknown` is always valid.
/// Cost without hooks: about 20 ns.
class HookPointImpl : public torch::nn::Cloneable<HookPointImpl> {
 public:
  using Hook = std::function<void(const torch::Tensor&)>;

  explicit HookPointImpl(ActivationKind kind = ActivationKind::unknown) : kind_(kind) {}

  torch::Tensor forward(torch::Tensor x);

  /// Calls `hook` with every tensor passed to forward, until the handle goes out of scope; hooks are called in
  /// registration order. The handle may outlive the module. Throws std::invalid_argument for an empty hook.
  [[nodiscard]] HookHandle register_forward_hook(Hook hook);

  bool is_observed() const { return !hooks_->empty(); }
  ActivationKind kind() const { return kind_; }

  void reset() override { hooks_ = std::make_shared<std::list<Hook>>(); }  ///< a clone starts unobserved
  bool is_serializable() const override { return false; }
  void pretty_print(std::ostream& stream) const override;

 private:
  ActivationKind kind_;
  std::shared_ptr<std::list<Hook>> hooks_ = std::make_shared<std::list<Hook>>();
};
TORCH_MODULE(HookPoint);

}  // namespace infoplane
