#pragma once

#include <cstdint>
#include <functional>
#include <limits>
#include <memory>
#include <vector>

#include "clustering/initialization.hpp"

// The search for the clusterings of least sum into K = first .. last clusters. N samples, M units.
namespace infoplane::estimators::clustering {

/// Where an iteration starts from, made when its turn comes: all starts together would take many times the memory of
/// the clusterings.
using Start = std::function<Centers()>;

/// By K - first.
using Starts = std::vector<std::vector<Start>>;

struct Effort {
  std::int64_t first, last;  ///< the K that are looked for
  std::uint64_t seed;
  int threads;
  double gain = 1e-5;  ///< iterations that are compared end with a step that lowers the sum by less than this share
};

struct Found {
  Centers centers;
  std::vector<std::int32_t> labels;                      ///< the nearest centers
  double sum = std::numeric_limits<double>::infinity();  ///< sum_i |x_i - center of x_i|^2
};

/// For each K the best of Lloyd's iterations from its starts, then of what iterations from neighbors of the best for
/// K - 1 and K + 1 find, until all neighbors have been tried. The same bytes for any number of threads. Memory: at
/// most two clusterings for each K, and O(K M + N) for each thread.
template <class Real>
class Search {
 public:
  Search(const Points<Real>& points, const Effort& effort);

  void run(Starts starts);

  /// The best of each K, where there is one, as starts for another search.
  Starts best() const;

  /// The best of each K, iterated to the end; none has a larger sum than that before. Where fewer samples differ than
  /// K, it is that before. Ends the search.
  std::vector<Found> finish();

 private:
  struct Best {
    std::shared_ptr<const Centers> centers;  // none before there is one; starts that were made of it share it
    double sum = std::numeric_limits<double>::infinity();
    Neighbors neighbors;
    std::size_t tried = 0;  // of each kind of neighbors
  };

  std::int64_t count() const { return effort_.last - effort_.first + 1; }
  void improve(Starts starts);
  void improve(std::int64_t index, std::vector<Start>& starts);
  Starts untried();
  Found finished(Centers centers) const;
  Found divided(const Found& fewer) const;

  const Points<Real>& points_;
  const Effort effort_;
  std::vector<Best> best_;  // by K - first
  std::int64_t round_ = 0;
};

}  // namespace infoplane::estimators::clustering
