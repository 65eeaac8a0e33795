#include <cmath>

#include <infoplane/estimators/clustering.hpp>
#include <infoplane/estimators/gaussian_mixture.hpp>

#include "base/tensor_arguments.hpp"
#include "samples/arguments.hpp"

namespace infoplane::estimators {
namespace {

constexpr char kFit[] = "fit_gaussian_mixture";
constexpr double kLeastVariance = 1e-6;  // of the units' mean variance

// ln w_k + ln N(t_i; ...), [N, K].
torch::Tensor log_joint(const GaussianMixture& mixture, const torch::Tensor& t) {
  const torch::Tensor precision = mixture.variances.reciprocal();
  const torch::Tensor squares = t.square().matmul(precision.t()) - 2 * t.matmul((mixture.means * precision).t()) +
                                (mixture.means.square() * precision).sum(1);
  const torch::Tensor log_normalizer = (2 * std::acos(-1.0) * mixture.variances).log().sum(1);
  return mixture.weights.log() - 0.5 * (squares + log_normalizer);
}

// Weights, means and variances from responsibilities [N, K].
void maximize(const torch::Tensor& t, const torch::Tensor& responsibility, double least_variance,
              GaussianMixture& mixture) {
  // Avoids a division by 0 for a component without samples.
  const torch::Tensor size = responsibility.sum(0).clamp_min(1e-10);
  mixture.weights = size / size.sum();
  mixture.means = responsibility.t().matmul(t) / size.unsqueeze(1);
  const torch::Tensor squares = responsibility.t().matmul(t.square()) / size.unsqueeze(1);
  mixture.variances = (squares - mixture.means.square()).clamp_min(least_variance);
}

// `t` is centered and has a mean unit variance of 1 (or 0).
GaussianMixture maximized(const torch::Tensor& t, const GaussianMixtureFit& fit, const torch::Tensor& start) {
  GaussianMixture mixture;
  maximize(t, start, kLeastVariance, mixture);
  for (std::int64_t iteration = 0;; ++iteration) {
    const torch::Tensor joint = log_joint(mixture, t);
    const torch::Tensor log_density = torch::logsumexp(joint, 1, /*keepdim=*/true);
    const double before = mixture.log_likelihood;
    mixture.log_likelihood = log_density.sum().item<double>();
    const double gain = (mixture.log_likelihood - before) / static_cast<double>(t.size(0));
    if (iteration == fit.iterations || (iteration > 0 && gain < fit.tolerance)) return mixture;
    maximize(t, (joint - log_density).exp(), kLeastVariance, mixture);
  }
}

void require_mixture(const char* function, const GaussianMixture& mixture) {
  const auto& [weights, means, variances, log_likelihood] = mixture;
  const bool fits = weights.defined() && means.defined() && variances.defined() && weights.dim() == 1 &&
                    means.dim() == 2 && means.size(0) == weights.size(0) && variances.sizes() == means.sizes();
  require_argument(fits, function, "the mixture must have weights [K], means and variances [K, M]");
}

}  // namespace

GaussianMixture fit_gaussian_mixture(const torch::Tensor& t, const GaussianMixtureFit& fit, std::uint64_t seed) {
  require_samples(kFit, "t", t);
  require_at_least(kFit, "components", fit.components, 1);
  require_at_least(kFit, "restarts", fit.restarts, 1);
  KMeansFit search;
  search.first = search.last = fit.components;
  search.restarts = fit.restarts;
  return fit_gaussian_mixture(t, fit, k_means(t, search, seed).front().symbols);
}

GaussianMixture fit_gaussian_mixture(const torch::Tensor& t, const GaussianMixtureFit& fit, const Symbols& start) {
  require_samples(kFit, "t", t);
  require_at_least(kFit, "iterations", fit.iterations, 0);
  const torch::Tensor clusters = torch::tensor(start.ids, torch::kInt64);
  require_tensor(clusters.size(0) == t.size(0), kFit, "start", "a cluster for each sample of t", clusters);
  require_indices(kFit, "every cluster", clusters, start.count);
  const torch::Tensor values = t.to(torch::kCPU, torch::kFloat64);
  const torch::Tensor center = values.mean(0);
  const double variance = values.var(0, /*unbiased=*/false).mean().item<double>();
  const double scale = variance > 0 ? std::sqrt(variance) : 1;
  const torch::Tensor standard = (values - center) / scale;

  GaussianMixture mixture = maximized(standard, fit, torch::one_hot(clusters, start.count).to(torch::kFloat64));
  mixture.means = mixture.means * scale + center;
  mixture.variances = mixture.variances * (scale * scale);
  mixture.log_likelihood -= static_cast<double>(values.numel()) * std::log(scale);
  return mixture;
}

double bayes_criterion(const GaussianMixture& mixture, std::int64_t samples) {
  require_mixture("bayes_criterion", mixture);
  require_at_least("bayes_criterion", "samples", samples, 1);
  const std::int64_t free = 2 * mixture.means.numel() + mixture.weights.numel() - 1;
  return -2 * mixture.log_likelihood + static_cast<double>(free) * std::log(samples);
}

torch::Tensor responsibilities(const GaussianMixture& mixture, const torch::Tensor& t) {
  require_samples("responsibilities", "t", t);
  require_mixture("responsibilities", mixture);
  require_argument(mixture.means.size(1) == t.size(1), "responsibilities", "t must have as many units as the mixture");
  // Relative to the mixture's center, so that a common offset does not reduce precision.
  const torch::Tensor center = mixture.weights.matmul(mixture.means);
  GaussianMixture centered = mixture;
  centered.means = mixture.means - center;
  return torch::softmax(log_joint(centered, t.to(torch::kCPU, torch::kFloat64) - center), 1);
}

}  // namespace infoplane::estimators
