#include "base/statistics.hpp"

#include <algorithm>
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

double quantile(std::vector<double> values, double p) {
  values.erase(std::remove_if(values.begin(), values.end(), [](double value) { return std::isnan(value); }),
               values.end());
  if (values.empty()) return std::numeric_limits<double>::quiet_NaN();
  std::sort(values.begin(), values.end());
  const double place = static_cast<double>(values.size() - 1) * p;
  const auto below = static_cast<std::size_t>(place);
  const std::size_t above = std::min(below + 1, values.size() - 1);
  const double share = place - static_cast<double>(below);
  return share == 0 || values[below] == values[above] ? values[below]
                                                      : values[below] + share * (values[above] - values[below]);
}

}  // namespace infoplane
