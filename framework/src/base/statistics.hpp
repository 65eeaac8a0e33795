#pragma once

#include <cstddef>
#include <limits>
#include <vector>

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

/// The quantile of order p, 0 <= p <= 1, by linear interpolation between the ordered values v_0 <= .. <= v_{n-1} at (n
/// - 1) p, as NumPy's default. NaN is left out; NaN for n = 0.
double quantile(std::vector<double> values, double p);

}  // namespace infoplane
