#pragma once

#include <cstdint>
#include <memory>

#include <torch/types.h>

#include <infoplane/estimator.hpp>
#include <infoplane/fields.hpp>

/// Mutual information from the distances to nearest neighbors. N samples, D inputs, M units; distances are the largest
/// difference of any coordinate; psi is the digamma function. The functions return unclipped estimates in bits: near 0
/// they may be negative. The tensors are float32 or float64, computed in double.
/// They throw std::invalid_argument for tensors that are not [N, D] and [N, M] or labels that are not [N] int64 >= 0,
/// for another N, empty tensors or another type, and for k < 1. Cost: N^2 (D + M) operations without a tree (see
/// bench/README.md), memory O(N (D + M)).
namespace infoplane::estimators {

/// Kraskov, Stoegbauer and Grassberger (2004), their first estimator (8), of `x` [N, D] and `t` [N, M]:
///   I = psi(k) + psi(N) - <psi(n_x + 1) + psi(n_t + 1)>,
/// n_x the number of other samples nearer in x than the k-th neighbor is in (x, t), n_t the same in t.
/// At most psi(N) - psi(k + 1) without ties, as the k-th neighbor is within the radius in one of the two spaces. k is
/// reduced to N - 1 for a smaller N; a single sample gives 0.
/// Invalid if x or t is discrete or has repeated values (ties make the estimate arbitrary), and if t is a function of
/// x: the true value is then infinite. Its bias grows with the information: above about 5 bits it needs impractically
/// many samples.
double kraskov_information_bits(const torch::Tensor& x, const torch::Tensor& t, std::int64_t k);

/// Ross (2014), of `t` [N, M] and `labels` [N]:
///   I = psi(N) + <psi(k_i) - psi(N_i) - psi(m_i)>,
/// N_i the number of samples with the label of i, k_i and m_i the number of other samples with that label, and with
/// any, at most as far as the k-th neighbor with that label. Without ties k_i = k, as in the paper; counting ties
/// makes the estimate correct for layers with repeated samples. k is reduced to N_i - 1; the only sample of a label is
/// omitted. Invalid if labels do not have many more than k samples each.
double ross_information_bits(const torch::Tensor& t, const torch::Tensor& labels, std::int64_t k);

/// Gao, Kannan, Oh and Viswanath (2017), for variables that are discrete, continuous or both:
///   I = ln N + <psi(k_i) - psi(n_x + 1) - psi(n_t + 1)>
/// with k_i = k and n_x, n_t as in Kraskov's; if the k-th neighbor is at distance 0, k_i is the number of samples
/// there, and n_x, n_t count the other samples at distance 0. This follows the authors' program; their paper has ln for
/// the last two psi, which is 0.05 nats too low at N = 1000. At most ln N - psi(k) without ties.
double mixed_information_bits(const torch::Tensor& x, const torch::Tensor& t, std::int64_t k);

/// The estimator of I(X;T).
enum class NeighborForm { kraskov, mixed };
EnumNames<NeighborForm> names(NeighborForm);

enum class InputInformation {
  estimate,
  none  ///< I(X;T) and its cap are NaN: not estimated
};
EnumNames<InputInformation> names(InputInformation);

struct KsgOptions {
  std::int64_t neighbors = 3;
  NeighborForm form = NeighborForm::kraskov;
  bool standardize = true;
  double noise_variance = 0.1;
  InputInformation i_xt = InputInformation::estimate;
};
Fields fields(KsgOptions& options);

/// I(X;T) by the chosen form and I(T;Y) by Ross's. T is the layer's output with Gaussian noise of the given variance
/// added to every unit, in the unit of the activations, the same noise for every layer and epoch. A layer without noise
/// is a function of its input and I(X;T) is infinite, so a variance of 0 throws UsageError unless i_xt is none. I(X;T)
/// is unreliable for discrete inputs (the patterns of twelve_bit).
///
/// With `standardize`, the differences in each input and in each unit of T are divided by its standard deviation over
/// the samples (the noise included), so that the unit of measurement of an input or of the layer does not matter:
/// otherwise the joint space's k-th neighbor is determined by whichever of X and T has the larger numbers, and a layer
/// that grows appears to lose information. Units that are constant before the noise is added are left out; a layer of
/// such units has 0 bits.
///
/// Values are clipped to [0, cap]; the details i_xt_raw_bits and i_ty_raw_bits are the unclipped values, for unbiased
/// averages. Caps: for I(X;T) the largest value of the estimator without ties; for I(T;Y) H(Y).
std::unique_ptr<Estimator> make_ksg(const KsgOptions& options, std::uint64_t seed);

}  // namespace infoplane::estimators
