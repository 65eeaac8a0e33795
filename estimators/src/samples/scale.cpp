#include "samples/scale.hpp"

#include <cmath>

namespace infoplane::estimators {
namespace {

// Each unit divided by its largest magnitude, unless that is 0.
struct OfPeak {
  torch::Tensor values, peak;
};

OfPeak of_peak(const torch::Tensor& samples) {
  const torch::Tensor values = samples.detach().to(torch::kCPU, torch::kFloat64).contiguous();
  const torch::Tensor peak = values.abs().amax(0);
  return {values / peak.masked_fill(peak == 0, 1), peak};
}

torch::Tensor deviations(const torch::Tensor& values) {
  const torch::Tensor constant = values.amax(0) == values.amin(0);  // may have a deviation by rounding
  return values.std(0, /*unbiased=*/false).masked_fill(constant, 0);
}

}  // namespace

Normalized normalized(const torch::Tensor& samples) {
  const torch::Tensor values = samples.detach().to(torch::kCPU, torch::kFloat64).contiguous();
  const double peak = values.abs().max().item<double>();
  if (peak == 0) return {values, 0};
  const int exponent = std::ilogb(peak), half = exponent / 2;  // 2^-exponent alone may overflow
  return {values * std::ldexp(1.0, -half) * std::ldexp(1.0, half - exponent), exponent};
}

torch::Tensor standard_deviations(const torch::Tensor& samples) {
  const auto [values, peak] = of_peak(samples);
  return deviations(values) * peak;
}

torch::Tensor standardized(const torch::Tensor& samples) {
  const torch::Tensor values = of_peak(samples).values, deviation = deviations(values);
  return (values - values.mean(0)) / deviation.masked_fill(deviation == 0, 1);
}

}  // namespace infoplane::estimators
