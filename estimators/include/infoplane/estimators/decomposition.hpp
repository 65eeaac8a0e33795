#pragma once

#include <cstdint>
#include <memory>

#include <infoplane/estimator.hpp>
#include <infoplane/estimators/binning.hpp>
#include <infoplane/estimators/words.hpp>
#include <infoplane/fields.hpp>

/// What an estimate of I(X;L) leaves out. X^ and L^ stand for estimates of X and L, as their bins or clusters.
namespace infoplane::estimators {

/// The chain rule (6.2), in bits:
///   I(X;L) = I(X^;L^) + I(X;L^|X^) + I(X^;L|L^) + I(X;L|X^,L^).
/// No term is negative, and they sum to I(X;L).
struct Decomposition {
  double i_xhat_lhat_bits = 0;          ///< I(X^;L^), which is what an estimator reports
  double i_x_lhat_given_xhat_bits = 0;  ///< I(X;L^|X^), lost by estimating X
  double i_xhat_l_given_lhat_bits = 0;  ///< I(X^;L|L^), lost by estimating L
  double i_x_l_given_both_bits = 0;     ///< I(X;L|X^,L^), lost by both
  double i_x_l_bits = 0;                ///< I(X;L), computed by itself
};

/// Plug-in values for N samples of discrete variables, where X^ is a function of X, and L^ of L, as (6.1) has it.
/// Throws std::invalid_argument where one is not, or where the variables have not the same number of samples.
/// Cost: O(N).
Decomposition decompose(const Words& x, const Words& x_hat, const Words& l, const Words& l_hat);

struct DecompositionOptions {
  std::int64_t bins = 30;
  BinRange range;
};
Fields fields(DecompositionOptions& options);

/// The decomposition of the samples as they occurred: X are the distinct rows of the inputs [N, D], L those of the
/// activations [N, M], each number as it is; X^ and L^ are rows of bins, of the inputs from their smallest to their
/// largest scalar, of the layer as `binning` has it.
///
/// I(X;T) is I(X^;L^), I(T;Y) is I(L^;Y). Details: i_x_l_bits and the three terms that, with i_xt_bits, sum to it.
/// Caps: the lesser of H(X^) and M log2 bins; H(Y). Of continuous inputs that all differ I(X;L) is that of these N
/// samples, at most log2 N, and not of the distribution that they were drawn from. Invalid, as `binning` is, where the
/// samples are few beside the words. Cost: O(N log N (D + M)).
std::unique_ptr<Estimator> make_decomposition(const DecompositionOptions& options, std::uint64_t seed);

}  // namespace infoplane::estimators
