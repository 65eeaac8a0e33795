#include "base/statistics.hpp"

#include <cmath>

namespace infoplane {

Statistics statistics(const std::vector<double>& values) {
  Statistics of;
  double sum = 0;
  for (const double value : values) {
    if (std::isnan(value)) continue;
    sum += value;
    ++of.count;
  }
  if (of.count == 0) return of;
  const auto n = static_cast<double>(of.count);
  of.mean = sum / n;
  double squares = 0;
  for (const double value : values) {
    if (!std::isnan(value)) squares += (value - of.mean) * (value - of.mean);
  }
  of.standard_deviation = of.count > 1 ? std::sqrt(squares / (n - 1)) : 0;
  return of;
}

}  // namespace infoplane
