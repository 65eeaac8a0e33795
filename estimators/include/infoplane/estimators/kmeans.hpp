#pragma once

#include <cstdint>
#include <memory>

#include <infoplane/estimator.hpp>
#include <infoplane/estimators/clustering.hpp>
#include <infoplane/estimators/entropy.hpp>
#include <infoplane/fields.hpp>

namespace infoplane::estimators {

/// A value of X.
enum class InputClusters {
  identity,  ///< every sample is a distinct input: H(T|X) = 0, I(X;T) = H(T)
  clustered  ///< the input's cluster S, with K_S chosen as for a layer: I(S;T) as in (4.2)
};
EnumNames<InputClusters> names(InputClusters);

struct KmeansOptions {
  std::int64_t clusters = 0;  ///< 0: the elbow for 1..max_clusters
  std::int64_t max_clusters = 20;
  ElbowCurve elbow = ElbowCurve::roots;
  std::int64_t restarts = 10;
  InputClusters input = InputClusters::identity;
  Correction correction = Correction::none;
  bool warm_start = false;  ///< adds the previous observed epoch's centers as a start for their number
};
Fields fields(KmeansOptions& options);

/// k-means (4.1), (4.2): T is the cluster of the layer's output. I(X;T) = H(T) - H(T|X), I(T;Y) = H(T) - H(T|Y) in
/// bits, with conditional probabilities inside. T is found by k_means and elbow.
///
/// T has at most log2 K bits, and K varies between epochs: a smaller K alone looks like compression. So the details are
/// `clusters`, `within_cluster_sum` and `knee_found` (0 if kneedle finds none and K has the largest distance to the
/// chord; nan if K is fixed). Caps: for I(X;T) the minimum of log2 K, log2 N and, for clustered inputs, H(S); for
/// I(T;Y) H(Y). Corrected estimates are clipped to [0, cap]. A constant layer is one cluster: 0 bits. There are at most
/// N clusters; the elbow uses the sum for N for all larger K. Cost: that of k_means, for the inputs once.
std::unique_ptr<Estimator> make_kmeans(const KmeansOptions& options, std::uint64_t seed);

}  // namespace infoplane::estimators
