#include <cmath>
#include <utility>

#include <infoplane/estimators/calibration.hpp>

#include "calibration/calibration_samples.hpp"

namespace infoplane::estimators {
namespace {

constexpr auto kInputs = CalibrationCase::Quantity::i_xt;
constexpr auto kLabels = CalibrationCase::Quantity::i_ty;
constexpr double kBitsPerNat = 1.44269504088896340736;
constexpr double kPi = 3.14159265358979323846;
constexpr double kCorrelation = 0.75;

using Function = torch::Tensor (*)(const torch::Tensor&);

// Both variables of a correlated pair, each transformed by an increasing function.
CalibrationCase normal_image(const std::string& name, Function function) {
  const auto draw = [function](std::int64_t n, std::uint64_t seed) {
    const torch::Tensor both = normal(n, 2, generator_of(seed)), x = both.narrow(1, 0, 1);
    const torch::Tensor t = kCorrelation * x + std::sqrt(1 - kCorrelation * kCorrelation) * both.narrow(1, 1, 1);
    return paired(function(x), function(t));
  };
  return {name, kInputs, -0.5 * std::log2(1 - kCorrelation * kCorrelation), draw};
}

torch::Tensor unchanged(const torch::Tensor& t) { return t; }
torch::Tensor cdf(const torch::Tensor& t) { return 0.5 * torch::erfc(-t / std::sqrt(2.0)); }
torch::Tensor half_cube(const torch::Tensor& t) { return t * t.abs().sqrt(); }
torch::Tensor asinh_of(const torch::Tensor& t) { return t.asinh(); }

// Every two of the 2 d coordinates are correlated by 1/2, as each is the mean of a common and an own one: the
// determinant of n such coordinates is (1/2)^(n-1) (1 + (n - 1) / 2).
CalibrationCase equally_correlated(const std::string& name, std::int64_t d) {
  const auto draw = [d](std::int64_t n, std::uint64_t seed) {
    const torch::Tensor z = normal(n, 2 * d + 1, generator_of(seed));
    const torch::Tensor both = (z.narrow(1, 0, 2 * d) + z.narrow(1, 2 * d, 1)) * std::sqrt(0.5);
    return paired(both.narrow(1, 0, d), both.narrow(1, d, d));
  };
  const auto log2_determinant = [](double n) { return -(n - 1) + std::log2(1 + (n - 1) / 2); };
  const auto dimensions = static_cast<double>(d);
  return {name, kInputs, log2_determinant(dimensions) - 0.5 * log2_determinant(2 * dimensions), draw};
}

double digamma(double x) { return torch::digamma(torch::tensor(x, torch::kFloat64)).item<double>(); }

// Normal coordinates over the root of a common chi-squared with v degrees of freedom over v. Arellano-Valle,
// Contreras-Reyes and Genton (2013): I = f(v) + f(v + 2 d) - 2 f(v + d), f(u) = ln Gamma(u / 2) - u / 2 psi(u / 2).
CalibrationCase student(const std::string& name, std::int64_t d, std::int64_t degrees) {
  const auto draw = [d, degrees](std::int64_t n, std::uint64_t seed) {
    const torch::Tensor z = normal(n, 2 * d + degrees, generator_of(seed));
    const torch::Tensor scale = z.narrow(1, 2 * d, degrees).square().mean(1, true).rsqrt();
    return paired(z.narrow(1, 0, d) * scale, z.narrow(1, d, d) * scale);
  };
  const auto f = [](std::int64_t u) {
    const double half = static_cast<double>(u) / 2;
    return std::lgamma(half) - half * digamma(half);
  };
  return {name, kInputs, (f(degrees) + f(degrees + 2 * d) - 2 * f(degrees + d)) * kBitsPerNat, draw};
}

CalibrationCase uniform_noise(const std::string& name, double e) {
  const auto draw = [e](std::int64_t n, std::uint64_t seed) {
    const at::Generator generator = generator_of(seed);
    const torch::Tensor x = uniform(n, generator);
    return paired(x, x + (2 * uniform(n, generator) - 1) * e);
  };
  return {name, kInputs, (e <= 0.5 ? e - std::log(2 * e) : 1 / (4 * e)) * kBitsPerNat, draw};
}

LayerSamples draw_linear_noise(std::int64_t n, std::uint64_t seed) {
  const torch::Tensor both = normal(n, 2, generator_of(seed)), x = both.narrow(1, 0, 1);
  return paired(x, 2 * x + std::sqrt(0.5) * both.narrow(1, 1, 1));
}

// 1 - E log2(1 + exp(-2 t)) for t ~ N(1, 1), by the trapezoidal rule, whose error vanishes for such an integrand.
double two_clusters_bits() {
  const double step = 1.0 / 64;
  double uncertainty = 0;
  for (double t = -15; t <= 17; t += step) {
    uncertainty += std::exp(-(t - 1) * (t - 1) / 2) * std::log1p(std::exp(-2 * t)) * step;
  }
  return 1 - uncertainty / std::sqrt(2 * kPi) * kBitsPerNat;
}

// Each unit is normal around -1 or 1, given by a fair bit of the label.
CalibrationCase clusters(const std::string& name, std::int64_t units) {
  const auto draw = [units](std::int64_t n, std::uint64_t seed) {
    const at::Generator generator = generator_of(seed);
    const std::int64_t classes = std::int64_t{1} << units;
    const torch::Tensor label = torch::randint(0, classes, {n}, generator, torch::kInt64);
    const torch::Tensor place = torch::pow(2, torch::arange(units));
    const torch::Tensor bits = torch::floor_divide(label.unsqueeze(1), place) % 2;
    return labeled(2 * bits - 1 + normal(n, units, generator), label, classes);
  };
  return {name, kLabels, static_cast<double>(units) * two_clusters_bits(), draw};
}

}  // namespace

std::vector<CalibrationCase> continuous_cases() {
  return {normal_image("normal", unchanged),
          normal_image("normal_cdf", cdf),
          normal_image("half_cube", half_cube),
          normal_image("asinh", asinh_of),
          equally_correlated("normal_2x2", 2),
          equally_correlated("normal_3x3", 3),
          equally_correlated("normal_5x5", 5),
          student("student_1x1", 1, 1),
          student("student_2x2", 2, 2),
          student("student_3x3", 3, 3),
          uniform_noise("uniform_noise_0.1", 0.1),
          uniform_noise("uniform_noise_0.75", 0.75),
          {"linear_noise", kInputs, 0.5 * std::log2(1 + 4 / 0.5), draw_linear_noise},
          clusters("two_clusters", 1),
          clusters("four_clusters", 2)};
}

}  // namespace infoplane::estimators
