#pragma once

#include <cstdint>
#include <string>

#include <torch/types.h>

namespace infoplane {

/// A tensor that passed a hook point, not copied.
struct RecordedTensor {
  explicit RecordedTensor(const torch::Tensor& x) : values(x), version(static_cast<std::uint32_t>(x._version())) {}

  /// Throws Error if the tensor was modified in place since.
  void require_unchanged(const std::string& hook_point) const;

  torch::Tensor values;
  std::uint32_t version;
};

}  // namespace infoplane
