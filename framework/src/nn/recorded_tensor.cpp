#include "nn/recorded_tensor.hpp"

#include <infoplane/error.hpp>

namespace infoplane {

void RecordedTensor::require_unchanged(const std::string& hook_point) const {
  if (static_cast<std::uint32_t>(values._version()) == version) return;
  throw Error("the tensor of hook point '" + hook_point +
              "' was overwritten in place afterwards: use an operation that returns a new tensor");
}

}  // namespace infoplane
