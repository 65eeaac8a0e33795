#include <algorithm>
#include <cmath>
#include <numeric>

#include <infoplane/estimators/clustering.hpp>

#include "samples/arguments.hpp"

namespace infoplane::estimators {
namespace {

// How far below the chord of its ends the curve lies, both axes scaled to [0, 1].
std::vector<double> below_chord(const std::vector<double>& sums, ElbowCurve curve) {
  std::vector<double> heights;
  for (const double sum : sums) heights.push_back(curve == ElbowCurve::roots ? std::sqrt(sum) : sum);
  const auto [least, most] = std::minmax_element(heights.begin(), heights.end());
  std::vector<double> difference;
  for (std::size_t i = 0; i < heights.size(); ++i) {
    const double k = static_cast<double>(i) / static_cast<double>(heights.size() - 1);
    difference.push_back((*most - heights[i]) / (*most - *least) - k);
  }
  return difference;
}

}  // namespace

EnumNames<ElbowCurve> names(ElbowCurve) { return {{ElbowCurve::roots, "roots"}, {ElbowCurve::sums, "sums"}}; }

Elbow elbow(const std::vector<double>& within_cluster_sums, ElbowCurve curve) {
  require_argument(!within_cluster_sums.empty(), "elbow", "there must be at least one within-cluster sum");
  const auto [least, most] = std::minmax_element(within_cluster_sums.begin(), within_cluster_sums.end());
  if (*least == *most) return {};
  const std::vector<double> y = below_chord(within_cluster_sums, curve);
  const std::size_t last = y.size() - 1;
  const double step = 1.0 / static_cast<double>(last);

  std::ptrdiff_t candidate = -1;
  double threshold = 0;
  for (std::size_t i = 1; i < last; ++i) {
    const double before = y[i - 1], after = y[i + 1];
    if (y[i] >= before && y[i] >= after) {
      candidate = static_cast<std::ptrdiff_t>(i);
      threshold = y[i] - step;
    }
    if (y[i] <= before && y[i] <= after) threshold = 0;
    if (candidate >= 0 && after < threshold) return {candidate + 1, true};
  }
  return {std::max_element(y.begin(), y.end()) - y.begin() + 1, false};
}

}  // namespace infoplane::estimators
