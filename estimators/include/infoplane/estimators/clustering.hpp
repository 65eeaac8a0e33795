#pragma once

#include <cstdint>
#include <vector>

#include <torch/types.h>

#include <infoplane/estimators/words.hpp>

/// N samples, M units, K clusters.
namespace infoplane::estimators {

struct Clustering {
  Words words;                    ///< each sample's cluster, that of the nearest center
  torch::Tensor centers;          ///< [K, M] float64
  double within_cluster_sum = 0;  ///< sum_i |x_i - center of x_i|^2, in double
};

struct KMeansFit {
  std::int64_t first = 1;      ///< the least K, from 1
  std::int64_t last = 20;      ///< the largest
  std::int64_t restarts = 10;  ///< k-means++ seedings, from 1
  int threads = 1;
};

/// k-means (4.1) of `samples` [N, M], float32 or float64 on any device, for K = first .. last, in this order. A
/// clustering has fewer clusters than K only where fewer samples differ, and no larger sum than that before it. No K
/// above N is searched for: the clustering for N stands for each of them.
///
/// 1. Of more than 4096 (or 64 K) samples, that many are drawn. Each restart draws a greedy k-means++ sequence of
///    centers from them; its first K are the start for K.
/// 2. Lloyd's iteration runs from each start, until a step lowers the sum by less than 1e-5 of it, or is given up where
///    ten more such steps would not reach the best restart's sum.
/// 3. The best for K is replaced wherever an iteration finds less that starts from the best for K - 1 with a cluster
///    divided, or from the best for K + 1 with two clusters joined (the four most promising of each; up to 20 rounds).
/// 4. The best for each K, and `start` [K', M] for K' where it is given, go through 2 and 3 with all samples, and end
///    with a step that lowers the sum by less than 1e-6 of it, or changes no sample's cluster.
///
/// The samples are centered in double before; float32 ones are then computed with in float32, as sums of squared
/// differences, and summed in double. A sample lies nearest to its center up to the rounding of these distances. The
/// order of samples and the number of threads do not change a byte. Cost: in bench/README.md; memory 2 N M numbers for
/// the samples, and for each K at most twice the K M numbers of its centers. Throws std::invalid_argument for samples
/// that are not [N, M], empty or of another type, unless 1 <= first <= last, restarts and threads are from 1, and for a
/// start of another M.
std::vector<Clustering> k_means(const torch::Tensor& samples, const KMeansFit& fit, std::uint64_t seed,
                                const torch::Tensor& start = {});

/// What kneedle (Satopaa et al. 2011) says of within-cluster sums for K = 1, 2, ...
struct Elbow {
  std::int64_t clusters = 1;
  bool knee_found = false;
};

/// The knee of the convex, decreasing curve of the sums' roots, S = 1: with both axes scaled to [0, 1], the first local
/// maximum of (1 - root) - K after which it falls by the mean step of K before it rises again. Where there is none, the
/// K of the largest distance to the chord from first to last point; 1 where all sums are equal.
///
/// Of roots, for they are distances: the sums themselves bend so early that the knee depends on how many K are tried.
/// Of five clusters far apart, the sums' knee is 3 among K = 1 .. 10 and 5 among 1 .. 20, the roots' 5 in both.
/// Throws std::invalid_argument for no sum.
Elbow elbow(const std::vector<double>& within_cluster_sums);

}  // namespace infoplane::estimators
