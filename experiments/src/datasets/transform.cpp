#include <infoplane/experiments/transform.hpp>

namespace infoplane::experiments {

EnumNames<Transform> names(Transform) {
  return {
      {Transform::none, "none"}, {Transform::log_magnitude, "log_magnitude"}, {Transform::standardise, "standardise"}};
}

torch::Tensor transformed(const torch::Tensor& inputs, Transform transform) {
  constexpr double kFloor = 1e-6;
  switch (transform) {
    case Transform::log_magnitude:
      return inputs.abs().clamp_min(kFloor).log();
    case Transform::standardise: {
      const torch::Tensor values = inputs.to(torch::kFloat64), centred = values - values.mean(0);
      const torch::Tensor deviation = centred.square().mean(0).sqrt();
      return (centred / deviation.masked_fill(deviation == 0, 1)).to(inputs.scalar_type());
    }
    default:
      return inputs;
  }
}

}  // namespace infoplane::experiments
