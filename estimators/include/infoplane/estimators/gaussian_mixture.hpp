#pragma once

#include <cstdint>
#include <memory>

#include <torch/types.h>

#include <infoplane/estimator.hpp>
#include <infoplane/estimators/symbols.hpp>
#include <infoplane/fields.hpp>

/// T as a sample's component in a Gaussian mixture. N samples, M units, K components. The functions of samples throw
/// std::invalid_argument for a t that is not [N, M] float32 or float64, empty, or with another M than the mixture, for
/// a mixture whose tensors do not have the shapes below, for components, restarts or samples below 1, and for
/// iterations below 0.
namespace infoplane::estimators {

/// p(t) = sum_k w_k N(t; mean_k, diag(variance_k)); all float64 on CPU.
struct GaussianMixture {
  torch::Tensor weights;      ///< [K]
  torch::Tensor means;        ///< [K, M]
  torch::Tensor variances;    ///< [K, M]
  double log_likelihood = 0;  ///< sum_i ln p(t_i) of the fitted samples
};

struct GaussianMixtureFit {
  std::int64_t components = 1;    ///< K; fewer if there are fewer distinct samples
  std::int64_t restarts = 3;      ///< k-means++ seedings of the start
  std::int64_t iterations = 100;  ///< at most, per fit; 0 returns the start
  double tolerance = 1e-5;        ///< a fit stops when an iteration adds less to the mean log-likelihood, in nats
};

/// Expectation maximization from the clusters of k_means, of `t` [N, M], float32 or float64. No variance falls below
/// 1e-6 of the units' mean variance, so that repeated samples do not give an infinite likelihood. Cost: k_means, and
/// iterations x N M K operations.
GaussianMixture fit_gaussian_mixture(const torch::Tensor& t, const GaussianMixtureFit& fit, std::uint64_t seed);

/// The same from given clusters of `t`, with K = start.count.
GaussianMixture fit_gaussian_mixture(const torch::Tensor& t, const GaussianMixtureFit& fit, const Symbols& start);

/// The Bayesian information criterion (BIC), -2 ln L + p ln N with p = 2 K M + K - 1 free parameters: lower is better.
double bayes_criterion(const GaussianMixture& mixture, std::int64_t samples);

/// r_ik = w_k N(t_i; ...) / p(t_i), [N, K].
torch::Tensor responsibilities(const GaussianMixture& mixture, const torch::Tensor& t);

/// The definition of T.
enum class Assignment {
  soft,  ///< a component drawn with the sample's responsibilities, p(T=k|x_i) = r_ik
  hard   ///< the component with the largest responsibility, p(T=k|x_i) = 0 or 1
};
EnumNames<Assignment> names(Assignment);

struct GaussianMixtureOptions {
  std::int64_t components = 0;  ///< 0: chosen among 1..max_components by the lowest BIC
  std::int64_t max_components = 10;
  Assignment assignment = Assignment::soft;
  std::int64_t restarts = 3;
};
Fields fields(GaussianMixtureOptions& options);

/// With p(k) = (1/N) sum_i p(k|x_i) and p(k|y) the same mean over the samples with label y, in bits:
///   I(X;T) = H(p(k)) - (1/N) sum_i H(p(k|x_i)),   I(T;Y) = H(p(k)) - sum_y p(y) H(p(k|y)).
/// The mixture is fitted to units divided by their standard deviation, so that the unit of measurement of none matters.
/// For a hard T the second term of I(X;T) is 0. Both are exact if the N samples are all of X. T depends on K, so each
/// estimate has K as a detail (`components`): a smaller K alone looks like compression. Caps: log2 K and H(Y). A
/// constant layer is one component: 0 bits. Cost: that of k_means for all K tried together, and of a fit for each, at
/// most one more than distinct samples; memory O(N (M + K)).
///
/// Invalid as a measure of the layer itself: it measures which component a sample belongs to, and nothing within a
/// component, so at most log2 K. If the samples do not form clusters, or are few relative to K M, K is arbitrary.
std::unique_ptr<Estimator> make_gaussian_mixture(const GaussianMixtureOptions& options, std::uint64_t seed);

}  // namespace infoplane::estimators
