#pragma once

#include <cstdint>
#include <vector>

#include <torch/types.h>

/// N samples, M units. The functions throw std::invalid_argument for activations that are not [N, M], empty or of
/// another type, labels that are not [N] int64 >= 0, a variance that is not above 0 and finite, and threads < 1.
namespace infoplane::estimators {

/// For each sample i in the order given, with the Gaussian kernel k_v(i, j) = exp(-|t_i - t_j|^2 / 2v), the sums over
/// all samples j, including j = i, and over those with the label of i. All are in [1, N].
struct KernelSums {
  std::vector<double> narrow_all;  ///< sum_j k_v(i, j)
  std::vector<double> narrow_own;  ///< the same over the samples with the label of i
  std::vector<double> wide_all;    ///< sum_j k_4v(i, j)
  std::vector<double> wide_own;
};

/// The sums of `activations` [N, M], float32 or float64 on CPU, and `labels` [N] int64, for a variance v > 0.
///
/// One exponential gives both widths, k_v = k_4v^4, and each pair is computed once. Distances are sums of squared
/// differences, so a common offset does not reduce precision; float32 activations are computed in float32 (relative
/// error of a sum about 1e-6), float64 in double (about 1e-11). The sums are the same bytes for any number of threads.
/// Cost: N^2 / 2 (2 M + 22) operations, vectorized for the processor (SSE2, AVX2, AVX-512), and up to eight times
/// that for many labels with few samples each; memory O(N M).
KernelSums kernel_sums(const torch::Tensor& activations, const torch::Tensor& labels, double variance, int threads = 1);

/// For each sample i the sums over all samples j with weights w_j.
struct WeightedKernelSums {
  std::vector<double> narrow;  ///< sum_j w_j k_v(i, j)
  std::vector<double> wide;    ///< sum_j w_j k_4v(i, j)
};

/// The weighted sums of `activations` [N, M] as above and `weights` [N] float64 on CPU; throws std::invalid_argument
/// also for weights of another shape or type, or not from 0 to 1. With weights of 0 and 1 those of kernel_sums over the
/// samples of weight 1, to rounding. Cost: that of kernel_sums, for any weights.
WeightedKernelSums weighted_kernel_sums(const torch::Tensor& activations, const torch::Tensor& weights, double variance,
                                        int threads = 1);

/// kernel_sums by torch operations on the tensors' device, in blocks of rows: memory O(N + 2^22).
KernelSums kernel_sums_by_torch(const torch::Tensor& activations, const torch::Tensor& labels, double variance);

}  // namespace infoplane::estimators
