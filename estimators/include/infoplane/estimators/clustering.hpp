#pragma once

#include <cstdint>
#include <vector>

#include <torch/types.h>

#include <infoplane/estimator.hpp>
#include <infoplane/estimators/symbols.hpp>
#include <infoplane/fields.hpp>

/// N samples, M units, K clusters.
namespace infoplane::estimators {

struct Clustering {
  Symbols symbols;                ///< each sample's cluster: the nearest center
  torch::Tensor centers;          ///< [K, M] float64
  double within_cluster_sum = 0;  ///< sum_i |x_i - center of x_i|^2, in double
};

struct KMeansFit {
  std::int64_t first = 1;      ///< the smallest K, at least 1
  std::int64_t last = 20;      ///< the largest
  std::int64_t restarts = 10;  ///< k-means++ seedings, at least 1
  int threads = 1;
};

/// k-means (4.1) of `samples` [N, M], float32 or float64 on any device, for K = first .. last, in this order. A
/// clustering has fewer than K clusters only if there are fewer distinct samples, and a sum no larger than the one
/// before it. K above N is not searched: the result is the clustering for N.
///
/// 1. From more than 4096 (or 64 K) samples, that many are drawn. Each restart draws a greedy k-means++ sequence of
///    centers from them; its first K are the start for K.
/// 2. Lloyd's iteration runs from each start, until a step lowers the sum by less than 1e-5 of it, or is abandoned
///    if ten more such steps would not reach the best restart's sum.
/// 3. The best for K is replaced if an iteration finds a smaller sum starting from the best for K - 1 with a cluster
///    split, or from the best for K + 1 with two clusters merged (the four most promising of each; up to 20 rounds).
/// 4. The best for each K, and `start` [K', M] for K' if given, go through 2 and 3 with all samples, and end
///    with a step that lowers the sum by less than 1e-6 of it, or changes no sample's cluster.
///
/// The samples are first centered in double; float32 samples are then processed in float32, as sums of squared
/// differences, and summed in double. A sample's center is the nearest up to rounding of these distances. The
/// order of samples and the number of threads do not change a byte. Cost: see bench/README.md; memory 2 N M numbers for
/// the samples, and for each K at most twice the K M numbers of its centers. Throws std::invalid_argument for samples
/// that are not [N, M], empty or of another type, unless 1 <= first <= last, restarts >= 1 and threads >= 1, and for a
/// start with another M.
std::vector<Clustering> k_means(const torch::Tensor& samples, const KMeansFit& fit, std::uint64_t seed,
                                const torch::Tensor& start = {});

/// The expected cost of k_means with a K of first to last.
Cost k_means_cost(const EstimateSize& size, std::int64_t first, std::int64_t last, std::int64_t restarts);

/// The curve over K whose knee is the elbow.
enum class ElbowCurve {
  roots,  ///< the roots of the within-cluster sums, which are distances
  sums    ///< the within-cluster sums, as in the source (4.1)
};
EnumNames<ElbowCurve> names(ElbowCurve);

/// The result of kneedle (Satopaa et al. 2011) for within-cluster sums for K = 1, 2, ...
struct Elbow {
  std::int64_t clusters = 1;
  bool knee_found = false;
};

/// The knee of a convex, decreasing curve y, S = 1: with both axes scaled to [0, 1], the first local maximum of
/// (1 - y) - K after which it falls by the mean step of K before it rises again. If there is none, the K with the
/// largest distance to the chord from first to last point; 1 if all sums are equal.
///
/// The knee of the sums depends on the largest K tried: for five distant clusters it is 3 for K = 1 .. 10 and 5 for
/// K = 1 .. 20; the knee of the roots is 5 for both. Throws std::invalid_argument for no sums.
Elbow elbow(const std::vector<double>& within_cluster_sums, ElbowCurve curve = ElbowCurve::roots);

}  // namespace infoplane::estimators
