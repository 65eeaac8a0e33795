#pragma once

#include <cstdint>
#include <random>
#include <vector>

#include "clustering/lloyd.hpp"

// Where Lloyd's iteration starts from. N samples, M units, K centers.
namespace infoplane::estimators::clustering {

/// A number in [0, 1), the same on every platform.
double uniform(std::mt19937_64& generator);

/// Greedy k-means++ (Arthur and Vassilvitskii 2007): each center is a sample, the best of four that were drawn with
/// probabilities proportional to the squared distance to the centers before. Returns which; the first K of them are a
/// start for K; fewer than wanted where fewer samples differ.
template <class Real>
std::vector<std::int32_t> spread(const Points<Real>& points, std::int64_t wanted, std::mt19937_64& generator);

/// The first `count` of those samples, or all where there are fewer.
template <class Real>
Centers centers_at(const Points<Real>& points, const std::vector<std::int32_t>& samples, std::int64_t count);

/// One cluster divided in two, by Lloyd's iteration on (at most 1024) samples of it: the sum falls by the gain.
struct Division {
  double gain;
  std::int64_t cluster;
  Centers halves;
};

/// Two clusters joined: the sum rises by the cost, n_a n_b / (n_a + n_b) |c_a - c_b|^2.
struct Union {
  double cost;
  std::int64_t first, second;
  double first_size, second_size;
};

struct Exchange {
  double gain;
  Division division;
  Union joined;
};

/// How starts for K + 1, K and K - 1 that lie near a clustering into K differ from it, the most promising first.
struct Neighbors {
  std::vector<Division> more;
  std::vector<Exchange> equal;
  std::vector<Union> fewer;
};
constexpr std::size_t kNeighbors = 4;  // of each kind

/// Of the clustering that `lloyd` has just found, with its centers. Memory: O(K M + N) in the meantime, O(M) of what is
/// returned.
template <class Real>
Neighbors neighbors(const Points<Real>& points, const Lloyd<Real>& lloyd, const Centers& centers,
                    std::mt19937_64& generator);

/// The centers with the change made.
Centers changed(Centers centers, const Division& division);
Centers changed(Centers centers, const Union& joined);
Centers changed(Centers centers, const Exchange& exchange);

}  // namespace infoplane::estimators::clustering
