#include "base/tensor_arguments.hpp"

#include <c10/core/ScalarType.h>
#include <fmt/format.h>
#include <fmt/ranges.h>

namespace infoplane {

std::string described(const torch::Tensor& tensor) {
  if (!tensor.defined()) return "an undefined tensor";
  return fmt::format("{} [{}]", c10::toString(tensor.scalar_type()), fmt::join(tensor.sizes(), ", "));
}

void require_tensor(bool fits, const char* function, const char* name, const char* expected,
                    const torch::Tensor& tensor) {
  if (!fits) refuse_argument(function, fmt::format("{} must be {}, got {}", name, expected, described(tensor)));
}

void require_indices(const char* function, const char* name, const torch::Tensor& indices, std::int64_t count) {
  if (indices.numel() == 0) return;
  for (const torch::Tensor& end : {indices.min(), indices.max()}) {
    require_between(function, name, end.item<std::int64_t>(), 0, count - 1);
  }
}

}  // namespace infoplane
