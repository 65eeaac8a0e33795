#include <infoplane/estimators/kernel_density.hpp>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

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

double entropy_of_all(const std::vector<double>& sums) {
  const auto n = static_cast<double>(sums.size());
  double entropy = 0;
  for (const double sum : sums) entropy -= std::log2(sum / n) / n;
  return entropy;
}

EntropyBounds entropy_bounds(const std::vector<double>& all, const std::vector<double>& own, const Symbols& labels) {
  const auto n = static_cast<double>(all.size());
  const std::vector<std::int32_t> count = symbol_counts(labels);
  EntropyBounds bounds{entropy_of_all(all), 0};
  for (std::size_t i = 0; i < all.size(); ++i) bounds.h_t_given_y -= std::log2(own[i] / count[labels.ids[i]]) / n;
  return bounds;
}

// Adds H(T|Y=k) times p(k) to the bounds from the sums weighted by p_ik, of which the i-th is at least p_ik.
void add_given_label(const std::vector<double>& sums, const double* p, double& h_t_given_y) {
  const auto n = static_cast<double>(sums.size());
  const double total = std::accumulate(p, p + sums.size(), 0.0);
  for (std::size_t i = 0; i < sums.size(); ++i) {
    if (p[i] > 0) h_t_given_y -= p[i] / n * std::log2(std::max(sums[i], p[i]) / total);
  }
}

// Clipped because of rounding.
KernelDensityBounds bounds_of(const EntropyBounds& upper, const EntropyBounds& lower, double log_n, double h_y) {
  const auto xt = [&](double bits) { return std::clamp(bits, 0.0, log_n); };
  const auto ty = [&](double bits) { return std::clamp(bits, 0.0, h_y); };
  return {xt(upper.h_t),
          xt(lower.h_t),
          ty(upper.h_t - upper.h_t_given_y),
          ty(lower.h_t - lower.h_t_given_y),
          ty(lower.h_t - upper.h_t_given_y),
          ty(upper.h_t - lower.h_t_given_y)};
}

constexpr double kBhattacharyya = 0.5;  // the alpha for which one exponential gives both bounds

KernelSums sums_on_device(const torch::Tensor& activations, const torch::Tensor& labels, double variance, int threads) {
  return activations.is_cpu() ? kernel_sums(activations, labels, variance, threads)
                              : kernel_sums_by_torch(activations, labels, variance);
}

// exp(-alpha (1 - alpha) d^2 / 2v), of the lower bounds, is the narrow kernel of this variance.
double lower_variance(const PairwiseKernel& kernel) {
  return std::min(kernel.variance / (kernel.alpha * (1 - kernel.alpha)), std::numeric_limits<double>::max());
}

// With the wide sums as the lower bounds need them.
KernelSums sums_of(const torch::Tensor& activations, const torch::Tensor& labels, const PairwiseKernel& kernel,
                   int threads) {
  KernelSums sums = sums_on_device(activations, labels, kernel.variance, threads);
  if (kernel.alpha == kBhattacharyya) return sums;
  KernelSums lower = sums_on_device(activations, labels, lower_variance(kernel), threads);
  sums.wide_all = std::move(lower.narrow_all);
  sums.wide_own = std::move(lower.narrow_own);
  return sums;
}

void require_kernel(const char* function, const PairwiseKernel& kernel) {
  require_positive(function, "variance", kernel.variance);
  if (!(kernel.alpha > 0 && kernel.alpha < 1))
    refuse_argument(function, fmt::format("alpha must be above 0 and below 1, got {}", kernel.alpha));
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
    const torch::Tensor p = uncertain_labels(samples);
    const PairwiseKernel kernel{scaled.variance, options_.alpha};
    if (scaled.variance > 0) {
      bounds = p.defined() ? soft_kernel_density_bounds(scaled.activations, p, kernel)
                           : kernel_density_bounds(scaled.activations, samples.labels, kernel);
    }

    const double log_n = std::log2(samples.activations.size(0));
    const double h_y = p.defined() ? entropy_bits(label_probabilities(p)) : entropy_bits(label_symbols(samples.labels));
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

  bool uses_label_probabilities() const override { return true; }

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
  require_kernel("kernel_density_bounds", kernel);
  require_at_least("kernel_density_bounds", "threads", threads, 1);
  const KernelSums sums = sums_of(activations, labels, kernel, threads);
  const Symbols label = label_symbols(labels);
  const EntropyBounds upper = entropy_bounds(sums.narrow_all, sums.narrow_own, label);
  const EntropyBounds lower = entropy_bounds(sums.wide_all, sums.wide_own, label);

  return bounds_of(upper, lower, std::log2(label.ids.size()), entropy_bits(label));
}

KernelDensityBounds soft_kernel_density_bounds(const torch::Tensor& activations, const torch::Tensor& probabilities,
                                               const PairwiseKernel& kernel, int threads) {
  constexpr const char* kName = "soft_kernel_density_bounds";
  require_samples(kName, "activations", activations);
  const bool fits = probabilities.defined() && probabilities.dim() == 2 && probabilities.numel() > 0 &&
                    probabilities.scalar_type() == torch::kFloat64;
  require_tensor(fits, kName, "probabilities", "[N, K], float64, not empty", probabilities);
  require_as_many(kName, "probabilities", probabilities, "activations", activations);
  require_kernel(kName, kernel);
  require_at_least(kName, "threads", threads, 1);
  const torch::Tensor t = activations.cpu(), p = probabilities.cpu().t().contiguous();
  const KernelSums sums = sums_of(t, torch::zeros({t.size(0)}, torch::kInt64), kernel, threads);
  EntropyBounds upper{entropy_of_all(sums.narrow_all), 0}, lower{entropy_of_all(sums.wide_all), 0};
  for (std::int64_t k = 0; k < p.size(0); ++k) {
    WeightedKernelSums given = weighted_kernel_sums(t, p[k], kernel.variance, threads);
    if (kernel.alpha != kBhattacharyya)
      given.wide = weighted_kernel_sums(t, p[k], lower_variance(kernel), threads).narrow;
    add_given_label(given.narrow, p[k].data_ptr<double>(), upper.h_t_given_y);
    add_given_label(given.wide, p[k].data_ptr<double>(), lower.h_t_given_y);
  }
  return bounds_of(upper, lower, std::log2(t.size(0)), entropy_bits(label_probabilities(probabilities)));
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
