#include <infoplane/estimators/kernel_density.hpp>

#include <algorithm>
#include <cmath>
#include <limits>

#include <fmt/format.h>

#include <infoplane/estimators/entropy.hpp>
#include <infoplane/estimators/kernel_sums.hpp>

#include "samples/arguments.hpp"
#include "samples/labels.hpp"
#include "samples/scale.hpp"

namespace infoplane::estimators {
namespace {

// H(T) and H(T|Y) minus the entropy of the noise, in bits.
struct EntropyBounds {
  double h_t = 0;
  double h_t_given_y = 0;
};

EntropyBounds entropy_bounds(const std::vector<double>& all, const std::vector<double>& own, const Symbols& labels) {
  const auto n = static_cast<double>(all.size());
  const std::vector<std::int32_t> count = symbol_counts(labels);
  EntropyBounds bounds;
  for (std::size_t i = 0; i < all.size(); ++i) {
    bounds.h_t -= std::log2(all[i] / n) / n;
    bounds.h_t_given_y -= std::log2(own[i] / count[labels.ids[i]]) / n;
  }
  return bounds;
}

constexpr double kBhattacharyya = 0.5;  // the alpha for which one exponential gives both bounds

KernelSums sums_on_device(const torch::Tensor& activations, const torch::Tensor& labels, double variance, int threads) {
  return activations.is_cpu() ? kernel_sums(activations, labels, variance, threads)
                              : kernel_sums_by_torch(activations, labels, variance);
}

// With the wide sums as the lower bounds need them: exp(-alpha (1 - alpha) d^2 / 2v) is the narrow kernel of another
// variance.
KernelSums sums_of(const torch::Tensor& activations, const torch::Tensor& labels, const PairwiseKernel& kernel,
                   int threads) {
  KernelSums sums = sums_on_device(activations, labels, kernel.variance, threads);
  if (kernel.alpha == kBhattacharyya) return sums;
  const double wider = kernel.variance / (kernel.alpha * (1 - kernel.alpha));
  KernelSums lower = sums_on_device(activations, labels, std::min(wider, std::numeric_limits<double>::max()), threads);
  sums.wide_all = std::move(lower.narrow_all);
  sums.wide_own = std::move(lower.narrow_own);
  return sums;
}

class KernelDensity : public Estimator {
 public:
  explicit KernelDensity(const KernelDensityOptions& options) : options_(options) {}

  Estimate estimate(const LayerSamples& samples) const override {
    validate(samples);
    const bool is_relative = options_.scale == NoiseScale::relative;
    const Scaled scaled = is_relative ? relative(samples.activations) : Scaled{samples.activations, options_.variance};
    const double variance = std::ldexp(scaled.variance, 2 * scaled.exponent);
    KernelDensityBounds bounds;
    if (scaled.variance > 0) {
      bounds = kernel_density_bounds(scaled.activations, samples.labels, {scaled.variance, options_.alpha});
    }

    const double log_n = std::log2(samples.activations.size(0));
    const double h_y = entropy_bits(label_symbols(samples.labels));
    const auto value = [&](const std::string& name, double i_xt, double i_ty) {
      return Information{name,  i_xt, i_ty,
                         log_n, h_y,  {variance, bounds.i_ty_bracket_low_bits, bounds.i_ty_bracket_high_bits}};
    };
    return {{value("mean", (bounds.i_xt_upper_bits + bounds.i_xt_lower_bits) / 2,
                   (bounds.i_ty_upper_bits + bounds.i_ty_lower_bits) / 2),
             value("upper", bounds.i_xt_upper_bits, bounds.i_ty_upper_bits),
             value("lower", bounds.i_xt_lower_bits, bounds.i_ty_lower_bits)},
            {}};
  }

  Cost cost(const EstimateSize& size) const override {
    const auto n = static_cast<double>(size.samples), units = static_cast<double>(size.units);
    const double times = options_.alpha == kBhattacharyya ? 1 : 2;
    return {times * n * n * (1.7e-10 + 1.1e-11 * units), n * (100 + 16 * units)};
  }

  std::vector<std::string> values() const override { return {"mean", "upper", "lower"}; }

  std::vector<std::string> details() const override {
    return {"noise_variance", "i_ty_bracket_low_bits", "i_ty_bracket_high_bits"};
  }

  std::vector<Exemption> exemptions() const override {
    if (options_.scale == NoiseScale::absolute)
      return {{"scale", "the noise variance is in the unit of the activations"}};
    return {{"label_layer", "noise that scales with the layer keeps labels from being far apart"}};
  }

 private:
  // A layer divided by 2^exponent, and the variance of its noise.
  struct Scaled {
    torch::Tensor activations;
    double variance;
    int exponent = 0;
  };

  Scaled relative(const torch::Tensor& activations) const {
    const auto [values, exponent] = normalized(activations);
    const double variance = options_.variance * standard_deviations(values).square().mean().item<double>();
    return {values.to(activations.options()), variance, exponent};
  }

  KernelDensityOptions options_;
};

}  // namespace

KernelDensityBounds kernel_density_bounds(const torch::Tensor& activations, const torch::Tensor& labels,
                                          const PairwiseKernel& kernel, int threads) {
  require_samples("kernel_density_bounds", "activations", activations);
  require_labels("kernel_density_bounds", labels, activations);
  require_positive("kernel_density_bounds", "variance", kernel.variance);
  if (!(kernel.alpha > 0 && kernel.alpha < 1))
    refuse_argument("kernel_density_bounds", fmt::format("alpha must be above 0 and below 1, got {}", kernel.alpha));
  require_at_least("kernel_density_bounds", "threads", threads, 1);
  const KernelSums sums = sums_of(activations, labels, kernel, threads);
  const Symbols label = label_symbols(labels);
  const EntropyBounds upper = entropy_bounds(sums.narrow_all, sums.narrow_own, label);
  const EntropyBounds lower = entropy_bounds(sums.wide_all, sums.wide_own, label);

  // Clipped because of rounding.
  const double log_n = std::log2(label.ids.size());
  const double h_y = entropy_bits(label);
  const auto xt = [&](double bits) { return std::clamp(bits, 0.0, log_n); };
  const auto ty = [&](double bits) { return std::clamp(bits, 0.0, h_y); };
  return {xt(upper.h_t),
          xt(lower.h_t),
          ty(upper.h_t - upper.h_t_given_y),
          ty(lower.h_t - lower.h_t_given_y),
          ty(lower.h_t - upper.h_t_given_y),
          ty(upper.h_t - lower.h_t_given_y)};
}

EnumNames<NoiseScale> names(NoiseScale) {
  return {{NoiseScale::absolute, "absolute"}, {NoiseScale::relative, "relative"}};
}

Fields fields(KernelDensityOptions& options) {
  return {field("variance", options.variance, "variance of the noise added to every unit", positive()),
          field("scale", options.scale,
                "unit of the variance: that of the activations, or the mean variance of the layer's units"),
          field("alpha", options.alpha, "Chernoff alpha of the lower bounds; 0.5, Bhattacharyya's, gives the tightest",
                above_below(0, 1))};
}

std::unique_ptr<Estimator> make_kernel_density(const KernelDensityOptions& options, std::uint64_t /*seed*/) {
  return std::make_unique<KernelDensity>(options);
}

}  // namespace infoplane::estimators
