#pragma once

#include <cstdint>
#include <memory>

#include <infoplane/estimator.hpp>
#include <infoplane/estimators/clustering.hpp>
#include <infoplane/estimators/entropy.hpp>
#include <infoplane/fields.hpp>

namespace infoplane::estimators {

/// What counts as one value of X.
enum class InputClusters {
  identity,  ///< every sample is an input of its own: H(T|X) = 0, I(X;T) = H(T)
  clustered  ///< the input's cluster S, K_S chosen as that of a layer: I(S;T) as in (4.2)
};
EnumNames<InputClusters> names(InputClusters);

struct KmeansOptions {
  std::int64_t clusters = 0;  ///< 0: the elbow of within-cluster sums for 1..max_clusters
  std::int64_t max_clusters = 20;
  std::int64_t restarts = 10;
  InputClusters input = InputClusters::identity;
  Correction correction = Correction::none;
  bool warm_start = false;  ///< the centers of the epoch observed before are one more start, for as many clusters
};
Fields fields(KmeansOptions& options);

/// k-means (4.1), (4.2): T is the cluster of the layer's output. I(X;T) = H(T) - H(T|X), I(T;Y) = H(T) - H(T|Y) in
/// bits, with conditional probabilities inside. See k_means and elbow for how T is found.
///
/// What T keeps of the layer is at most log2 K, and K moves from epoch to epoch: fewer clusters alone look like
/// compression. So details are `clusters`, `within_cluster_sum` and `knee_found` (0 where kneedle finds none and K is
/// that of the largest distance to the chord; nan where K is fixed). Caps: I(X;T) of the lesser of log2 K, log2 N and,
/// for clustered inputs, H(S); I(T;Y) of H(Y). Corrected estimates are clipped to 0 and the caps. A constant layer is
/// one cluster: 0 bits. More clusters than samples are asked for in vain: N is then the most, and the elbow is that of
/// the sums as if all beyond N were the last. Cost: that of k_means, of the inputs once.
std::unique_ptr<Estimator> make_kmeans(const KmeansOptions& options, std::uint64_t seed);

}  // namespace infoplane::estimators
