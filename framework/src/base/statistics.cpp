#include "base/statistics.hpp"

#include <algorithm>
#include <cmath>

#include <boost/math/distributions/binomial.hpp>
#include <boost/math/distributions/students_t.hpp>

#include "base/arguments.hpp"

namespace infoplane {
namespace {

constexpr double kTail = 0.025;  // on either side of a 95 % interval

}  // namespace

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

Interval interval_of_mean(const std::vector<double>& values) {
  const Statistics of = statistics(values);
  if (of.count < 2) return {};
  const auto n = static_cast<double>(of.count);
  const double t = quantile(complement(boost::math::students_t(n - 1), kTail));
  const double half = of.standard_deviation == 0 ? 0 : t * of.standard_deviation / std::sqrt(n);
  return {of.mean - half, of.mean + half};
}

Interval interval_of_median(std::vector<double> values) {
  values.erase(std::remove_if(values.begin(), values.end(), [](double value) { return std::isnan(value); }),
               values.end());
  std::sort(values.begin(), values.end());
  const std::size_t n = values.size();
  std::size_t outside = 0;  // values beyond either end
  const boost::math::binomial_distribution<> below(static_cast<double>(n), 0.5);
  while (2 * outside < n && cdf(below, static_cast<double>(outside)) <= kTail) ++outside;
  if (outside == 0) return {};
  return {values[outside - 1], values[n - outside]};
}

Interval interval_of_share(std::int64_t least, std::int64_t most, std::int64_t n) {
  require_between("interval_of_share", "n", n, 0, std::numeric_limits<std::int64_t>::max());
  require_between("interval_of_share", "most", most, 0, n);
  require_between("interval_of_share", "least", least, 0, most);
  if (n == 0) return {0, 1};
  using Binomial = boost::math::binomial_distribution<>;
  const auto trials = static_cast<double>(n);
  return {Binomial::find_lower_bound_on_p(trials, static_cast<double>(least), kTail),
          Binomial::find_upper_bound_on_p(trials, static_cast<double>(most), kTail)};
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
