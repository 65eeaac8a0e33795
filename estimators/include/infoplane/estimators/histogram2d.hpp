#pragma once

#include <cstdint>
#include <memory>

#include <infoplane/estimator.hpp>
#include <infoplane/estimators/entropy.hpp>
#include <infoplane/fields.hpp>

namespace infoplane::estimators {

struct Histogram2dOptions {
  std::int64_t bins = 30;
  Correction correction = Correction::none;
};
Fields fields(Histogram2dOptions& options);

/// Two-dimensional histogram (3.3) of an input X [N, 1] and a layer L [N, 1]: each axis is divided into B bins of equal
/// width from its smallest to its largest value, N_ij samples fall into cell (i, j), p_ij = N_ij / N:
///   I(X;T) = H(X^) + H(L^) - H(X^,L^) = sum_ij p_ij log2 (p_ij / (p_i p_j)),
/// and I(T;Y) = H(L^) - sum_k p(k) H(L^|Y=k), in bits. For independent X and L it still gives about
/// (B - 1)^2 / (2 N ln 2) bits, so N must be large relative to B^2; dependence within a bin is not measured.
///
/// Caps: the minimum of log2 B and H(X^) (corrected if there is a correction); H(Y). Details: bins, and nonempty cells.
/// Throws Error for more than one input or unit. Cost: O(N).
std::unique_ptr<Estimator> make_histogram2d(const Histogram2dOptions& options, std::uint64_t seed);

}  // namespace infoplane::estimators
