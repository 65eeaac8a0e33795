#pragma once

#include <cstdint>
#include <random>
#include <vector>

#include "lloyd.hpp"

// Where Lloyd's iteration starts from. N samples, M units, K centres.
namespace infoplane::estimators::clustering {

/// A number in [0, 1), the same on every platform.
double uniform(std::mt19937_64& generator);

/// Greedy k-means++ (Arthur and Vassilvitskii 2007): each centre is a sample, the best of four that were drawn with
/// probabilities proportional to the squared distance to the centres before. The first K of them are a start for K;
/// fewer than wanted where fewer samples differ.
template <class Real>
Centres spread(const Points<Real>& points, std::int64_t wanted, std::mt19937_64& generator);

/// Starts for K + 1, K and K - 1 that lie near a clustering into K, the most promising first.
struct Neighbours {
  std::vector<Centres> more;   ///< one cluster divided in two, by Lloyd's iteration on (at most 1024) samples of it
  std::vector<Centres> equal;  ///< one cluster divided and two others joined
  std::vector<Centres> fewer;  ///< two clusters joined: the sum rises by n_a n_b / (n_a + n_b) |c_a - c_b|^2
};
constexpr std::size_t kNeighbours = 4;  // of each kind

/// Of the clustering that `lloyd` has just found, with its centres.
template <class Real>
Neighbours neighbours(const Points<Real>& points, const Lloyd<Real>& lloyd, const Centres& centres,
                      std::mt19937_64& generator);

}  // namespace infoplane::estimators::clustering
