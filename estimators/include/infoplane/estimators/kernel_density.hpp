#pragma once

#include <cstdint>
#include <memory>

#include <torch/types.h>

#include <infoplane/estimator.hpp>
#include <infoplane/fields.hpp>

/// N samples, M units. T is the layer's output with Gaussian noise of variance v added to every unit, so that I(X;T) is
/// finite for a layer that is a function of its input.
namespace infoplane::estimators {

/// Bounds on I(X;T) and I(T;Y) from the pairwise distances of the layer's samples, in bits.
struct KernelDensityBounds {
  double i_xt_upper_bits = 0;         ///< -(1/N) sum_i log2 (1/N) sum_j exp(-|t_i - t_j|^2 / 2v), (2.50)
  double i_xt_lower_bits = 0;         ///< the same with 8v in place of 2v, (2.49); see PairwiseKernel
  double i_ty_upper_bits = 0;         ///< upper I(X;T) minus its mean within labels; not a bound, see below
  double i_ty_lower_bits = 0;         ///< lower minus lower; not a bound either
  double i_ty_bracket_low_bits = 0;   ///< lower of H(T) minus upper of H(T|Y): a lower bound
  double i_ty_bracket_high_bits = 0;  ///< upper of H(T) minus lower of H(T|Y): an upper bound
};

/// The noise variance v > 0 and the Chernoff alpha of the lower bounds, 0 < alpha < 1. The divergence (2.40) of two
/// normal distributions of variance v whose means are d apart is alpha (1 - alpha) d^2 / 2v: the lower bounds have
/// exp(-alpha (1 - alpha) |t_i - t_j|^2 / 2v). Equal for alpha and 1 - alpha, and largest, hence tightest, for 1/2,
/// where it is the Bhattacharyya distance (2.43), d^2 / 8v. As alpha goes to 0 or 1, so do the lower bounds of I(X;T)
/// to 0.
struct PairwiseKernel {
  PairwiseKernel(double variance, double alpha = 0.5) : variance(variance), alpha(alpha) {}

  double variance;
  double alpha;
};

/// The pairwise bounds of Kolchinsky and Tracey (2017) of `activations` [N, M], float32 or float64, with `labels` [N]
/// int64. With j = i included, 0 <= I(X;T) <= log2 N.
///
/// The source's I(T;Y), upper minus label-weighted upper and lower minus lower ((2.49), (2.50)), is the difference of
/// two bounds of the same kind and thus not a bound; it is in [0, H(Y)] and equals I(T;Y) if the labels' clusters are
/// either equal or far apart. The bracket uses opposite bounds and is rigorous; it is clipped to [0, H(Y)]. The bounds
/// treat the N samples as all of X: for a larger population they saturate at log2 N.
///
/// On CPU the result is the same for any number of threads, to the byte. Cost: see kernel_sums, twice for another alpha
/// than 1/2; tensors on another device are computed there. Throws std::invalid_argument as kernel_sums does, and for an
/// alpha that is not above 0 and below 1.
KernelDensityBounds kernel_density_bounds(const torch::Tensor& activations, const torch::Tensor& labels,
                                          const PairwiseKernel& kernel, int threads = 1);

/// The same for label probabilities [N, K] float64, p_ik = p(y=k | i), with sum 1 for each sample: H(T|Y=k) is that of
/// the samples weighted by p_ik,
///   -sum_i p_ik / n_k log2 sum_j p_jk / n_k exp(-|t_i - t_j|^2 / 2v),  n_k = sum_i p_ik,
/// and H(Y) that of the mean probabilities. Tensors on another device are copied to the CPU. Cost: K + 1 times that of
/// kernel_sums, twice for another alpha than 1/2. Throws std::invalid_argument also for probabilities of another shape
/// or type, or not from 0 to 1.
KernelDensityBounds soft_kernel_density_bounds(const torch::Tensor& activations, const torch::Tensor& probabilities,
                                               const PairwiseKernel& kernel, int threads = 1);

/// The unit of the noise variance.
enum class NoiseScale {
  absolute,  ///< that of the activations
  relative   ///< the mean variance of the layer's units, at each estimate
};
EnumNames<NoiseScale> names(NoiseScale);

struct KernelDensityOptions {
  double variance = 0.1;
  NoiseScale scale = NoiseScale::absolute;
  double alpha = 0.5;  ///< of the lower bounds, see PairwiseKernel
};
Fields fields(KernelDensityOptions& options);

/// The values "mean" (of upper and lower; shown in the information plane), "upper" and "lower", each with the noise
/// variance and the bracket of I(T;Y) as details. Caps: log2 N and H(Y). With the relative scale a constant layer has 0
/// bits. Cost: that of kernel_density_bounds.
///
/// The information is that of the noisy layer. Invalid if the noise is much smaller than the distances between samples:
/// each sample is then a separate cluster, and I(X;T) is log2 N; with the absolute scale, merely scaling a layer up
/// increases its information.
std::unique_ptr<Estimator> make_kernel_density(const KernelDensityOptions& options, std::uint64_t seed);

}  // namespace infoplane::estimators
