#include <infoplane/hook_point.hpp>

#include <utility>

#include "base/arguments.hpp"

namespace infoplane {

HookHandle& HookHandle::operator=(HookHandle&& other) noexcept {
  if (this != &other) {
    remove();
    remove_ = std::exchange(other.remove_, nullptr);
  }
  return *this;
}

void HookHandle::remove() {
  if (const auto remove = std::exchange(remove_, nullptr)) remove();
}

torch::Tensor HookPointImpl::forward(torch::Tensor x) {
  for (const Hook& hook : *hooks_) hook(x);
  return x;
}

HookHandle HookPointImpl::register_forward_hook(Hook hook) {
  require_argument(static_cast<bool>(hook), "HookPoint::register_forward_hook", "hook must not be empty");
  const auto position = hooks_->insert(hooks_->end(), std::move(hook));
  return HookHandle([hooks = std::weak_ptr<std::list<Hook>>(hooks_), position] {
    if (const auto alive = hooks.lock()) alive->erase(position);
  });
}

void HookPointImpl::pretty_print(std::ostream& stream) const {
  stream << "HookPoint(" << Codec<ActivationKind>::write(kind_).scalar << ")";
}

}  // namespace infoplane
