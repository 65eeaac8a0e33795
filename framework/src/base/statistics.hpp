#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <vector>

#include <infoplane/interval.hpp>

namespace infoplane {

/// The mean of values v_1 .. v_n, sum_i v_i / n, and their standard deviation, sqrt(sum_i (v_i - mean)^2 / (n - 1)),
/// which is 0 for n = 1. Both are NaN for n = 0.
struct Statistics {
  double mean = std::numeric_limits<double>::quiet_NaN();
  double standard_deviation = std::numeric_limits<double>::quiet_NaN();
  std::size_t count = 0;  ///< n
};

/// NaN stands for a value that could not be measured, and is left out.
Statistics statistics(const std::vector<double>& values);

/// The 95 % interval of the mean of normal values, mean +- t_{0.975, n-1} standard deviation / sqrt(n). NaN is left
/// out.
/// (-inf, inf) for n < 2; the values must be finite.
Interval interval_of_mean(const std::vector<double>& values);

/// An interval that contains the median of any distribution in at least 95 % of samples: from v_k to v_{n+1-k} of the
/// ordered values, with the largest k for which a binomial variable of n trials and p = 1/2 is below k with a
/// probability of at most 0.025. NaN is left out, values may be infinite. (-inf, inf) for n < 6.
Interval interval_of_median(std::vector<double> values);

/// The 95 % interval of a probability, by Clopper and Pearson (1934), after `least` to `most` of n trials succeeded:
/// from the lower end for `least` to the upper end for `most` successes. (0, 1) for n = 0. Throws std::invalid_argument
/// unless 0 <= least <= most <= n.
Interval interval_of_share(std::int64_t least, std::int64_t most, std::int64_t n);

/// The quantile of order p, 0 <= p <= 1, by linear interpolation between the ordered values v_0 <= .. <= v_{n-1} at (n
/// - 1) p, as NumPy's default. NaN is left out; NaN for n = 0.
double quantile(std::vector<double> values, double p);

}  // namespace infoplane
