#include "clustering/initialization.hpp"

#include <algorithm>
#include <limits>

namespace infoplane::estimators::clustering {
namespace {

// The squared distance of each sample to the nearest center.
template <class Real>
struct Reach {
  std::vector<Real> squares;
  double sum = 0;
};

// Samples drawn with probabilities proportional to their squares.
template <class Real>
std::vector<std::int32_t> draw(const Reach<Real>& reach, std::int64_t count, std::mt19937_64& generator) {
  std::vector<double> at(count);
  for (double& x : at) x = uniform(generator) * reach.sum;
  std::sort(at.begin(), at.end());
  std::vector<std::int32_t> drawn;
  const auto last = static_cast<std::int32_t>(reach.squares.size()) - 1;
  double before = 0;
  std::int32_t i = 0;
  for (const double x : at) {
    while (i < last && before + reach.squares[i] <= x) before += reach.squares[i++];
    drawn.push_back(i);
  }
  return drawn;
}

// The sum for each of the candidates, at most kGroup, as an additional center.
template <class Real>
std::vector<Reach<Real>> with_each(const Points<Real>& points, const Reach<Real>& reach, const Centers& candidates) {
  const CenterGroups<Real> group(candidates);
  std::vector<Reach<Real>> result(candidates.count(), {std::vector<Real>(points.rows.size), 0});
  Real squares[kGroup * kBlock];
  for (std::int64_t begin = 0; begin < points.rows.size; begin += kBlock) {
    const std::int64_t count = std::min(kBlock, points.rows.size - begin);
    squared_distances(points.blocks.data() + begin * points.rows.stride, group, 0, squares);
    for (std::size_t c = 0; c < result.size(); ++c) {
      const Real* before = reach.squares.data() + begin;
      Real* after = result[c].squares.data() + begin;
      for (std::int64_t j = 0; j < count; ++j) {
        after[j] = std::min(before[j], squares[c * kBlock + j]);
        result[c].sum += static_cast<double>(after[j]);
      }
    }
  }
  return result;
}

}  // namespace

double uniform(std::mt19937_64& generator) { return static_cast<double>(generator() >> 11) * 0x1p-53; }

template <class Real>
std::vector<std::int32_t> spread(const Points<Real>& points, std::int64_t wanted, std::mt19937_64& generator) {
  const auto n = static_cast<double>(points.rows.size);
  Reach<Real> reach{std::vector<Real>(points.rows.size, std::numeric_limits<Real>::infinity()), 0};
  std::vector<std::int32_t> centers;
  while (static_cast<std::int64_t>(centers.size()) < wanted) {
    const std::vector<std::int32_t> drawn = centers.empty()
                                                ? std::vector{static_cast<std::int32_t>(uniform(generator) * n)}
                                                : draw(reach, kGroup, generator);
    std::vector<Reach<Real>> reaches = with_each(points, reach, centers_at(points, drawn, kGroup));
    const auto best = std::min_element(reaches.begin(), reaches.end(), [](auto& a, auto& b) { return a.sum < b.sum; });
    centers.push_back(drawn[best - reaches.begin()]);
    reach = std::move(*best);
    if (reach.sum == 0) break;
  }
  return centers;
}

template <class Real>
Centers centers_at(const Points<Real>& points, const std::vector<std::int32_t>& samples, std::int64_t count) {
  Centers centers{points.rows.units, {}};
  for (std::size_t i = 0; i < samples.size() && static_cast<std::int64_t>(i) < count; ++i) {
    const Real* row = points.rows.row(samples[i]);
    centers.values.insert(centers.values.end(), row, row + centers.units);
  }
  return centers;
}

template std::vector<std::int32_t> spread(const Points<float>&, std::int64_t, std::mt19937_64&);
template std::vector<std::int32_t> spread(const Points<double>&, std::int64_t, std::mt19937_64&);
template Centers centers_at(const Points<float>&, const std::vector<std::int32_t>&, std::int64_t);
template Centers centers_at(const Points<double>&, const std::vector<std::int32_t>&, std::int64_t);

}  // namespace infoplane::estimators::clustering
