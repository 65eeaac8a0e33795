#pragma once

#include <torch/types.h>

#include <infoplane/fields.hpp>

namespace infoplane::experiments {

/// Transform of the inputs [N, D] of a data set.
enum class Transform {
  none,
  log_magnitude,  ///< ln max(|x|, 1e-6)
  standardize     ///< each column to mean 0 and variance 1 over all N samples; a constant column to 0
};
EnumNames<Transform> names(Transform);

torch::Tensor transformed(const torch::Tensor& inputs, Transform transform);

}  // namespace infoplane::experiments

/// Also reads `standardise`, the former name of `standardize`.
template <>
struct infoplane::Codec<infoplane::experiments::Transform> {
  static experiments::Transform read(const Node& node, const std::string& path);
  static Node write(experiments::Transform transform);
  static std::string type() { return one_of(enum_texts<experiments::Transform>()); }
  static Node schema() { return keywords({{"enum", text_list(enum_texts<experiments::Transform>())}}); }
};
