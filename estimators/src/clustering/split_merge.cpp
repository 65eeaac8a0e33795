#include <algorithm>

#include "clustering/initialization.hpp"

namespace infoplane::estimators::clustering {
namespace {

constexpr std::int64_t kMembers = 1024;  // of a cluster that is divided
constexpr int kFarthestOf = 4;

// Divides a cluster across the direction to one of its far members.
template <class Real>
Division divide(const Points<Real>& points, const Centers& centers, std::int64_t cluster,
                std::vector<std::int32_t> members, std::mt19937_64& generator) {
  const auto size = static_cast<std::int64_t>(members.size()), units = centers.units;
  const auto some = std::min(size, kMembers);
  for (std::int64_t i = 0; i < some; ++i) std::swap(members[i], members[i + generator() % (size - i)]);
  members.resize(some);

  const double* center = centers.row(cluster);
  Division division{0, cluster, {units, std::vector<double>(2 * units)}};
  double farthest = -1;
  for (std::int64_t i = 0; i < std::min<std::int64_t>(some, kFarthestOf); ++i) {
    const Real* x = points.rows.row(members[i]);
    double square = 0;
    for (std::int64_t m = 0; m < units; ++m) square += (x[m] - center[m]) * (x[m] - center[m]);
    if (square <= farthest) continue;
    farthest = square;
    for (std::int64_t m = 0; m < units; ++m) {
      division.halves.row(0)[m] = x[m];
      division.halves.row(1)[m] = 2 * center[m] - x[m];
    }
  }
  Lloyd<Real> lloyd(points, std::move(members));
  lloyd.run(division.halves, {8, 1e-3});
  double square = 0;
  for (std::int64_t m = 0; m < units; ++m) {
    const double difference = division.halves.row(0)[m] - division.halves.row(1)[m];
    square += difference * difference;
  }
  const double share = static_cast<double>(lloyd.sizes()[0]) / static_cast<double>(some);
  division.gain = static_cast<double>(size) * share * (1 - share) * square;
  return division;
}

template <class Real>
std::vector<Division> divisions(const Points<Real>& points, const Lloyd<Real>& lloyd, const Centers& centers,
                                std::mt19937_64& generator) {
  std::vector<std::vector<std::int32_t>> members(centers.count());
  for (std::size_t i = 0; i < lloyd.labels().size(); ++i) members[lloyd.labels()[i]].push_back(i);
  std::vector<Division> result;
  for (std::int64_t k = 0; k < centers.count(); ++k) {
    if (members[k].size() < 2) continue;
    Division division = divide(points, centers, k, std::move(members[k]), generator);
    if (division.gain > 0) result.push_back(std::move(division));
  }
  std::stable_sort(result.begin(), result.end(), [](auto& a, auto& b) { return a.gain > b.gain; });
  return result;
}

// Of each cluster with those after it, the cheapest that may be among the cheapest kNeighbors without a cluster of
// choice.
std::vector<Union> unions(const std::vector<std::int64_t>& sizes, const Centers& centers) {
  const auto by_cost = [](auto& x, auto& y) { return x.cost < y.cost; };
  std::vector<Union> result, of_first;
  for (std::int64_t a = 0; a < centers.count(); ++a) {
    of_first.clear();
    for (std::int64_t b = a + 1; b < centers.count(); ++b) {
      double square = 0;
      for (std::int64_t m = 0; m < centers.units; ++m) {
        const double difference = centers.row(a)[m] - centers.row(b)[m];
        square += difference * difference;
      }
      const auto n_a = static_cast<double>(sizes[a]), n_b = static_cast<double>(sizes[b]);
      of_first.push_back({n_a * n_b == 0 ? 0 : n_a * n_b / (n_a + n_b) * square, a, b, n_a, n_b});
    }
    std::stable_sort(of_first.begin(), of_first.end(), by_cost);
    result.insert(result.end(), of_first.begin(), of_first.begin() + std::min(of_first.size(), kNeighbors + 1));
  }
  std::stable_sort(result.begin(), result.end(), by_cost);
  return result;
}

// Of each division with the cheapest unions that leave its cluster alone, the best.
std::vector<Exchange> exchanges(const std::vector<Division>& divisions, const std::vector<Union>& unions) {
  struct Pair {
    double gain;
    const Division* division;
    const Union* joined;
  };
  std::vector<Pair> pairs;
  for (const Division& division : divisions) {
    std::size_t count = 0;
    for (auto joined = unions.begin(); joined != unions.end() && count < kNeighbors; ++joined) {
      if (division.cluster == joined->first || division.cluster == joined->second) continue;
      pairs.push_back({division.gain - joined->cost, &division, &*joined});
      ++count;
    }
  }
  std::stable_sort(pairs.begin(), pairs.end(), [](auto& a, auto& b) { return a.gain > b.gain; });
  std::vector<Exchange> result;
  for (std::size_t i = 0; i < std::min(pairs.size(), kNeighbors); ++i) {
    result.push_back({pairs[i].gain, *pairs[i].division, *pairs[i].joined});
  }
  return result;
}

template <class Change>
std::vector<Change> first_of(std::vector<Change> changes) {
  if (changes.size() > kNeighbors) changes.erase(changes.begin() + kNeighbors, changes.end());
  changes.shrink_to_fit();
  return changes;
}

}  // namespace

// The first half takes the cluster's place, the second follows the last.
Centers changed(Centers centers, const Division& division) {
  const double* half = division.halves.row(0);
  std::copy_n(half, centers.units, centers.row(division.cluster));
  centers.values.insert(centers.values.end(), half + centers.units, half + 2 * centers.units);
  return centers;
}

// The union takes the first's place, the second's is closed.
Centers changed(Centers centers, const Union& joined) {
  const auto [cost, a, b, n_a, n_b] = joined;
  for (std::int64_t m = 0; m < centers.units && n_b > 0; ++m) {
    centers.row(a)[m] = (n_a * centers.row(a)[m] + n_b * centers.row(b)[m]) / (n_a + n_b);
  }
  const auto place = centers.values.begin() + b * centers.units;
  centers.values.erase(place, place + centers.units);
  return centers;
}

Centers changed(Centers centers, const Exchange& exchange) {
  return changed(changed(std::move(centers), exchange.division), exchange.joined);
}

template <class Real>
Neighbors neighbors(const Points<Real>& points, const Lloyd<Real>& lloyd, const Centers& centers,
                    std::mt19937_64& generator) {
  std::vector<Division> divided = divisions(points, lloyd, centers, generator);
  std::vector<Union> united = unions(lloyd.sizes(), centers);
  std::vector<Exchange> exchanged = exchanges(divided, united);
  return {first_of(std::move(divided)), std::move(exchanged), first_of(std::move(united))};
}

template Neighbors neighbors(const Points<float>&, const Lloyd<float>&, const Centers&, std::mt19937_64&);
template Neighbors neighbors(const Points<double>&, const Lloyd<double>&, const Centers&, std::mt19937_64&);

}  // namespace infoplane::estimators::clustering
