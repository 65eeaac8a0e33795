#include <cmath>
#include <limits>
#include <random>

#include <infoplane/estimators/gaussian_mixture.hpp>

#include "samples/arguments.hpp"

namespace infoplane::estimators {
namespace {

constexpr double kLeastVariance = 1e-6;  // of the units' mean variance

// ln w_k + ln N(t_i; ...), [N, K].
torch::Tensor log_joint(const GaussianMixture& mixture, const torch::Tensor& t) {
  const torch::Tensor precision = mixture.variances.reciprocal();
  const torch::Tensor squares = t.square().matmul(precision.t()) - 2 * t.matmul((mixture.means * precision).t()) +
                                (mixture.means.square() * precision).sum(1);
  const torch::Tensor log_normalizer = (2 * std::acos(-1.0) * mixture.variances).log().sum(1);
  return mixture.weights.log() - 0.5 * (squares + log_normalizer);
}

// k-means++: indices of samples drawn with probabilities proportional to the squared distance to the nearest sample
// drawn before; fewer than wanted if there are no other distinct samples.
std::vector<std::int64_t> spread_samples(const torch::Tensor& t, std::int64_t wanted, std::mt19937_64& generator) {
  const auto uniform = [&] { return static_cast<double>(generator() >> 11) * 0x1p-53; };
  const auto n = static_cast<double>(t.size(0));
  std::vector<std::int64_t> drawn = {static_cast<std::int64_t>(uniform() * n)};
  torch::Tensor distance = torch::full({t.size(0)}, std::numeric_limits<double>::infinity(), t.options());
  while (static_cast<std::int64_t>(drawn.size()) < wanted) {
    distance = torch::minimum(distance, (t - t[drawn.back()]).square().sum(1));
    const torch::Tensor cumulated = distance.cumsum(0);
    const double total = cumulated[-1].item<double>();
    if (total == 0) break;
    drawn.push_back((cumulated <= uniform() * total).sum().item<std::int64_t>());
  }
  return drawn;
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
GaussianMixture fit_once(const torch::Tensor& t, const GaussianMixtureFit& fit, std::mt19937_64& generator) {
  const std::vector<std::int64_t> start = spread_samples(t, fit.components, generator);
  const auto k = static_cast<std::int64_t>(start.size());
  // Each sample starts at the nearest mean. Components as wide as the layer would all drift to its center.
  const torch::Tensor means = t.index_select(0, torch::tensor(start, torch::kInt64));
  const torch::Tensor nearest = torch::cdist(t, means).argmin(1);
  GaussianMixture mixture;
  maximize(t, torch::one_hot(nearest, k).to(t.dtype()), kLeastVariance, mixture);
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
  require_samples("fit_gaussian_mixture", "t", t);
  require_at_least("fit_gaussian_mixture", "components", fit.components, 1);
  require_at_least("fit_gaussian_mixture", "restarts", fit.restarts, 1);
  require_at_least("fit_gaussian_mixture", "iterations", fit.iterations, 0);
  const torch::Tensor values = t.to(torch::kCPU, torch::kFloat64);
  const torch::Tensor center = values.mean(0);
  const double variance = values.var(0, /*unbiased=*/false).mean().item<double>();
  const double scale = variance > 0 ? std::sqrt(variance) : 1;
  const torch::Tensor standard = (values - center) / scale;

  std::mt19937_64 generator(seed);
  GaussianMixture best = fit_once(standard, fit, generator);
  for (std::int64_t restart = 1; restart < fit.restarts; ++restart) {
    const GaussianMixture other = fit_once(standard, fit, generator);
    if (other.log_likelihood > best.log_likelihood) best = other;
  }
  best.means = best.means * scale + center;
  best.variances = best.variances * (scale * scale);
  best.log_likelihood -= static_cast<double>(values.numel()) * std::log(scale);
  return best;
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
