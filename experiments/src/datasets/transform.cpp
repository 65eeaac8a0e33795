#include <infoplane/experiments/transform.hpp>

namespace infoplane::experiments {

EnumNames<Transform> names(Transform) {
  return {
      {Transform::none, "none"}, {Transform::log_magnitude, "log_magnitude"}, {Transform::standardize, "standardize"}};
}

torch::Tensor transformed(const torch::Tensor& inputs, Transform transform) {
  constexpr double kFloor = 1e-6;
  switch (transform) {
    case Transform::log_magnitude:
      return inputs.abs().clamp_min(kFloor).log();
    case Transform::standardize: {
      const torch::Tensor values = inputs.to(torch::kFloat64), centered = values - values.mean(0);
      const torch::Tensor standard_deviation = centered.square().mean(0).sqrt();
      return (centered / standard_deviation.masked_fill(standard_deviation == 0, 1)).to(inputs.scalar_type());
    }
    default:
      return inputs;
  }
}

}  // namespace infoplane::experiments

namespace infoplane {

using experiments::Transform;

Transform Codec<Transform>::read(const Node& node, const std::string&) {
  if (node.kind == Node::Kind::scalar && node.scalar == "standardise") return Transform::standardize;
  return names(Transform{})[enum_index(node, enum_texts<Transform>())].first;
}

Node Codec<Transform>::write(Transform transform) {
  for (const auto& [value, text] : names(Transform{})) {
    if (value != transform) continue;
    Node node = Node::of_scalar(text);
    if (transform == Transform::standardize) node.former_scalar = "standardise";
    return node;
  }
  return {};
}

}  // namespace infoplane
