#include <algorithm>

#include "starts.hpp"

namespace infoplane::estimators::clustering {
namespace {

constexpr std::int64_t kMembers = 1024;  // of a cluster that is divided
constexpr int kFarthestOf = 4;

struct Division {
  double gain;
  std::int64_t cluster;
  Centres halves;
};

// Divides a cluster across the direction to one of its far members.
template <class Real>
Division divide(const Points<Real>& points, const Centres& centres, std::int64_t cluster,
                std::vector<std::int32_t> members, std::mt19937_64& generator) {
  const auto size = static_cast<std::int64_t>(members.size()), units = centres.units;
  const auto some = std::min(size, kMembers);
  for (std::int64_t i = 0; i < some; ++i) std::swap(members[i], members[i + generator() % (size - i)]);
  members.resize(some);

  const double* centre = centres.row(cluster);
  Division division{0, cluster, {units, std::vector<double>(2 * units)}};
  double farthest = -1;
  for (std::int64_t i = 0; i < std::min<std::int64_t>(some, kFarthestOf); ++i) {
    const Real* x = points.rows.row(members[i]);
    double square = 0;
    for (std::int64_t m = 0; m < units; ++m) square += (x[m] - centre[m]) * (x[m] - centre[m]);
    if (square <= farthest) continue;
    farthest = square;
    for (std::int64_t m = 0; m < units; ++m) {
      division.halves.row(0)[m] = x[m];
      division.halves.row(1)[m] = 2 * centre[m] - x[m];
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
std::vector<Division> divisions(const Points<Real>& points, const Lloyd<Real>& lloyd, const Centres& centres,
                                std::mt19937_64& generator) {
  std::vector<std::vector<std::int32_t>> members(centres.count());
  for (std::size_t i = 0; i < lloyd.labels().size(); ++i) members[lloyd.labels()[i]].push_back(i);
  std::vector<Division> result;
  for (std::int64_t k = 0; k < centres.count(); ++k) {
    if (members[k].size() < 2) continue;
    Division division = divide(points, centres, k, std::move(members[k]), generator);
    if (division.gain > 0) result.push_back(std::move(division));
  }
  std::stable_sort(result.begin(), result.end(), [](auto& a, auto& b) { return a.gain > b.gain; });
  return result;
}

struct Union {
  double cost;
  std::int64_t first, second;
};

std::vector<Union> unions(const std::vector<std::int64_t>& sizes, const Centres& centres) {
  std::vector<Union> result;
  for (std::int64_t a = 0; a < centres.count(); ++a) {
    for (std::int64_t b = a + 1; b < centres.count(); ++b) {
      double square = 0;
      for (std::int64_t m = 0; m < centres.units; ++m) {
        const double difference = centres.row(a)[m] - centres.row(b)[m];
        square += difference * difference;
      }
      const auto n_a = static_cast<double>(sizes[a]), n_b = static_cast<double>(sizes[b]);
      result.push_back({n_a * n_b == 0 ? 0 : n_a * n_b / (n_a + n_b) * square, a, b});
    }
  }
  std::stable_sort(result.begin(), result.end(), [](auto& x, auto& y) { return x.cost < y.cost; });
  return result;
}

// The first half takes the cluster's place, the second follows the last.
void apply(const Division& division, Centres& centres) {
  const double* half = division.halves.row(0);
  std::copy_n(half, centres.units, centres.row(division.cluster));
  centres.values.insert(centres.values.end(), half + centres.units, half + 2 * centres.units);
}

// The union takes the first's place, the second's is closed.
void apply(const Union& joined, const std::vector<std::int64_t>& sizes, Centres& centres) {
  const auto [cost, a, b] = joined;
  const auto n_a = static_cast<double>(sizes[a]), n_b = static_cast<double>(sizes[b]);
  for (std::int64_t m = 0; m < centres.units && n_b > 0; ++m) {
    centres.row(a)[m] = (n_a * centres.row(a)[m] + n_b * centres.row(b)[m]) / (n_a + n_b);
  }
  const auto place = centres.values.begin() + b * centres.units;
  centres.values.erase(place, place + centres.units);
}

struct Exchange {
  double gain;
  const Division* division;
  const Union* joined;
};

std::vector<Exchange> exchanges(const std::vector<Division>& divisions, const std::vector<Union>& unions) {
  std::vector<Exchange> result;
  for (const Division& division : divisions) {
    for (const Union& joined : unions) {
      if (division.cluster == joined.first || division.cluster == joined.second) continue;
      result.push_back({division.gain - joined.cost, &division, &joined});
    }
  }
  std::stable_sort(result.begin(), result.end(), [](auto& a, auto& b) { return a.gain > b.gain; });
  return result;
}

// The neighbours by the first of the changes.
template <class Change, class Apply>
std::vector<Centres> changed(const Centres& centres, const std::vector<Change>& changes, Apply apply) {
  std::vector<Centres> result(std::min(changes.size(), kNeighbours), centres);
  for (std::size_t i = 0; i < result.size(); ++i) apply(changes[i], result[i]);
  return result;
}

}  // namespace

template <class Real>
Neighbours neighbours(const Points<Real>& points, const Lloyd<Real>& lloyd, const Centres& centres,
                      std::mt19937_64& generator) {
  const std::vector<Division> divided = divisions(points, lloyd, centres, generator);
  const std::vector<Union> united = unions(lloyd.sizes(), centres);
  const auto divide_one = [](const Division& division, Centres& changed) { apply(division, changed); };
  const auto unite_two = [&](const Union& joined, Centres& changed) { apply(joined, lloyd.sizes(), changed); };
  const auto do_both = [&](const Exchange& exchange, Centres& changed) {
    divide_one(*exchange.division, changed);
    unite_two(*exchange.joined, changed);
  };
  return {changed(centres, divided, divide_one), changed(centres, exchanges(divided, united), do_both),
          changed(centres, united, unite_two)};
}

template Neighbours neighbours(const Points<float>&, const Lloyd<float>&, const Centres&, std::mt19937_64&);
template Neighbours neighbours(const Points<double>&, const Lloyd<double>&, const Centres&, std::mt19937_64&);

}  // namespace infoplane::estimators::clustering
