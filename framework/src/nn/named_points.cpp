#include "nn/named_points.hpp"

#include <functional>
#include <map>

#include <infoplane/error.hpp>

#include "nn/hidden_modules.hpp"

namespace infoplane {

std::vector<NamedPoint> hook_points(const torch::nn::Module& model) {
  std::vector<NamedPoint> points;
  std::map<const void*, std::string> names;
  // modules() hides a module that is registered twice; walking the children does not.
  std::function<void(const torch::nn::Module&, const std::string&)> walk = [&](const torch::nn::Module& module,
                                                                               const std::string& prefix) {
    for (const auto& child : module.named_children()) {
      const std::string name = prefix + child.key();
      if (const auto point = std::dynamic_pointer_cast<HookPointImpl>(child.value())) {
        const auto [first, inserted] = names.emplace(point.get(), name);
        if (!inserted) {
          throw Error("hook point '" + name + "' is also registered as '" + first->second +
                      "': give each layer a HookPoint of its own");
        }
        points.push_back({name, point});
      } else if (dynamic_cast<const HiddenModules*>(child.value().get()) == nullptr) {
        walk(*child.value(), name + ".");
      }
    }
  };
  walk(model, "");
  return points;
}

}  // namespace infoplane
