#pragma once

#include <cstdint>
#include <memory>

#include <infoplane/estimator.hpp>
#include <infoplane/estimators/binning.hpp>
#include <infoplane/estimators/symbols.hpp>
#include <infoplane/fields.hpp>

/// The parts of I(X;L) lost by an estimate. X^ and L^ are estimates of X and L, such as their bins or clusters.
namespace infoplane::estimators {

/// The chain rule (6.2), in bits:
///   I(X;L) = I(X^;L^) + I(X;L^|X^) + I(X^;L|L^) + I(X;L|X^,L^).
/// No term is negative, and they sum to I(X;L).
struct Decomposition {
  double i_xhat_lhat_bits = 0;          ///< I(X^;L^), reported by an estimator
  double i_x_lhat_given_xhat_bits = 0;  ///< I(X;L^|X^), lost by estimating X
  double i_xhat_l_given_lhat_bits = 0;  ///< I(X^;L|L^), lost by estimating L
  double i_x_l_given_both_bits = 0;     ///< I(X;L|X^,L^), lost by both
  double i_x_l_bits = 0;                ///< I(X;L), computed independently
};

/// Plug-in values for N samples of discrete variables, where X^ is a function of X, and L^ of L, as in (6.1).
/// Throws std::invalid_argument if one is not, or if the variables have different numbers of samples.
/// Cost: O(N).
Decomposition decompose(const Symbols& x, const Symbols& x_hat, const Symbols& l, const Symbols& l_hat);

struct DecompositionOptions {
  std::int64_t bins = 30;
  BinRange range;
};
Fields fields(DecompositionOptions& options);

/// The decomposition for the given samples: X are the distinct rows of the inputs [N, D], L those of the activations
/// [N, M], with exact numbers; X^ and L^ are rows of bins, from the smallest to the largest scalar of the inputs, and
/// as in `binning` for the layer.
///
/// I(X;T) is I(X^;L^), I(T;Y) is I(L^;Y). Details: i_x_l_bits and the three terms that, with i_xt_bits, sum to it.
/// Caps: the minimum of H(X^) and M log2 bins; H(Y). For continuous inputs that all differ, I(X;L) is that of these N
/// samples, at most log2 N, and not of their distribution. Invalid, as `binning` is, if there are few samples per
/// symbol. Cost: O(N log N (D + M)).
std::unique_ptr<Estimator> make_decomposition(const DecompositionOptions& options, std::uint64_t seed);

}  // namespace infoplane::estimators
