#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include <infoplane/estimator.hpp>

/// Errors of estimators on distributions with known information.
namespace infoplane::estimators {

/// A distribution with known I(X;T) or I(T;Y). X are the inputs, T the activations, Y the labels of its samples.
struct CalibrationCase {
  enum class Quantity { i_xt, i_ty };

  std::string name;
  Quantity quantity;
  double truth_bits;
  std::function<LayerSamples(std::int64_t samples, std::uint64_t seed)> draw;  ///< equal arguments give equal samples
};

/// Discrete T and Y, or T a function of 12 fair bits X:
///   binary_symmetric  Y a fair bit, T = Y flipped with probability 0.11: 1 - h(0.11)
///   erasure           Y a fair bit, T = Y or, with probability 1/4, "erased": 3/4
///   z_channel         Y a fair bit, T = Y, but a 1 becomes 0 with probability 1/2: h(1/4) - 1/2
///   xor               Y = a xor b of fair bits, T = (a, b): 1
///   identity          Y one of 8 symbols, T = Y: 3
///   first_4_bits, all_bits, ones    T the first four bits of X, all of X, its number of ones: 4, 12, H(Binomial(12,
///   1/2))
std::vector<CalibrationCase> discrete_cases();

/// Continuous X and T:
///   normal            correlation 0.75: -1/2 log2(1 - 0.75^2); also as normal_cdf (of both), half_cube (t |t|^(1/2) of
///   both)
///                     and asinh (of both), which leave it unchanged
///   normal_2x2, _3x3, _5x5   that many dimensions each, all pairs with correlation 0.5
///   student_1x1, _2x2, _3x3  t-distributed with 1, 2 and 3 degrees of freedom, uncorrelated but not independent
///   uniform_noise_0.1, _0.75 T = X + N, X uniform in [0, 1], N in [-e, e]: e - ln 2e nats, or 1 / 4e above e = 1/2
///   linear_noise      T = 2 X + N with normal X and N of variance 1 and 1/2: 1/2 log2(1 + 2^2 / (1/2))
/// and T with labels:
///   two_clusters      Y a fair bit, T normal around -1 or 1 with variance 1: by numerical integration
///   four_clusters     the same for four labels around the corners (+-1, +-1): twice that
std::vector<CalibrationCase> continuous_cases();

struct CalibrationOptions {
  std::int64_t samples = 1000;
  std::int64_t seeds = 10;  ///< number of independent draws, each with its own estimator seed
};

/// The result of one value of an estimator ("" or its name) for a case, in bits. For an estimator with a different T,
/// such as a binned or noisy one, the bias includes that difference.
struct CalibrationResult {
  std::string value;
  double truth_bits = 0;
  double mean_bits = 0;
  double bias_bits = 0;    ///< mean minus truth
  double spread_bits = 0;  ///< standard deviation over the draws, with n - 1; 0 for one
  double cap_bits = 0;     ///< mean of the estimates' caps; a truth above it cannot be reached
  double seconds = 0;      ///< per estimate, on one thread
  std::string reason;      ///< why all numbers except the truth are NaN; else empty
};

/// A result for each value of the estimator. If the estimator cannot be made or throws an Error for a draw, one result
/// without numbers with that reason; a value that is 0 with a cap of 0 in every draw is "not estimated". Throws
/// std::invalid_argument for samples or seeds below 1 and for a null function.
std::vector<CalibrationResult> calibrate(
    const CalibrationCase& known, const std::function<std::unique_ptr<Estimator>(std::uint64_t seed)>& make_estimator,
    const CalibrationOptions& options = {});

}  // namespace infoplane::estimators
