#pragma once

#include <cstdint>
#include <memory>

#include <torch/types.h>

#include <infoplane/estimator.hpp>
#include <infoplane/fields.hpp>

/// Renyi's entropy of order alpha of kernel matrices (Sanchez Giraldo, Rao and Principe 2015), in bits. N samples, M
/// units. No density is estimated. The values are not Shannon entropies and not comparable with those of other
/// estimators: they depend on the kernel's width; use them to compare epochs.
/// The functions throw std::invalid_argument for a t that is not [N, M], a kernel that is not [N, N], empty or of
/// another type than float32 and float64, and for gamma or alpha that is not above 0 and finite.
namespace infoplane::estimators {

/// k(i, j) = exp(-|t_i - t_j|^2 / (2 w^2)), [N, N] float64, of `t` [N, M]; w = gamma s sqrt(M) N^(-1 / (4 + M)) (Tapia
/// and Estevez 2020), s^2 the mean variance of the units: their rule for layers scaled to variance 1. If s = 0 all
/// entries are 1.
torch::Tensor renyi_kernel(const torch::Tensor& t, double gamma);

/// S(A) = log2(sum_i lambda_i^alpha) / (1 - alpha), lambda_i the eigenvalues of A = kernel / trace(kernel); for alpha =
/// 1 its limit -sum_i lambda_i log2 lambda_i. Between 0 (all samples equal) and log2 N (all infinitely far apart).
/// `kernel` [N, N] is symmetric and positive semidefinite. Cost: N^3.
double renyi_entropy_bits(const torch::Tensor& kernel, double alpha);

struct MatrixRenyiOptions {
  double alpha = 1.01;
  double gamma = 1;
  std::int64_t max_samples = 512;
};
Fields fields(MatrixRenyiOptions& options);

/// I(A;B) = S(A) + S(B) - S(A o B / trace), A o B the elementwise product: of inputs and layer, and of layer and
/// labels, whose kernel is 1 for equal labels and 0 for others. From more than max_samples samples, that many are
/// drawn with the seed, the same for every layer and epoch (detail `samples`). Clipped to [0, cap]. Caps: S of the
/// inputs, at most log2 N; S of the labels, of all or of those drawn, whichever is smaller. It is H(Y) for alpha = 1,
/// and above it for alpha < 1. Cost: 3 N^3 per layer, N <= max_samples; the inputs' part is prepared once. Invalid for
/// few samples: the kernel, whose width decreases with N, then blurs even labels that are far apart.
std::unique_ptr<Estimator> make_matrix_renyi(const MatrixRenyiOptions& options, std::uint64_t seed);

}  // namespace infoplane::estimators
