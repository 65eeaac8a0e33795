#include <infoplane/estimators/kmeans.hpp>

#include <algorithm>
#include <cmath>
#include <limits>

#include "discrete/discrete.hpp"
#include "samples/arguments.hpp"
#include "samples/scale.hpp"

namespace infoplane::estimators {
namespace {

struct ClusteredInputs : Prepared {
  Symbols symbols;
};

struct Chosen {
  Clustering clustering;
  double knee_found = std::numeric_limits<double>::quiet_NaN();
};

class Kmeans : public Estimator {
 public:
  Kmeans(const KmeansOptions& options, std::uint64_t seed) : options_(options), seed_(seed) {}

  bool compares_inputs() const override { return options_.input == InputClusters::clustered; }

  bool uses_label_probabilities() const override { return options_.correction == Correction::none; }

  Cost cost(const EstimateSize& size) const override {
    const bool is_fixed = options_.clusters > 0;
    return k_means_cost(size, is_fixed ? options_.clusters : 1, is_fixed ? options_.clusters : options_.max_clusters,
                        options_.restarts);
  }

  std::vector<std::string> details() const override { return {"clusters", "within_cluster_sum", "knee_found"}; }

  std::shared_ptr<const Prepared> prepare(const LayerSamples& samples) const override {
    if (options_.input == InputClusters::identity) return nullptr;
    require_finite_inputs(samples);
    auto prepared = std::make_shared<ClusteredInputs>();
    prepared->symbols = chosen(samples.inputs, {}).clustering.symbols;
    return prepared;
  }

  Estimate estimate(const LayerSamples& samples) const override {
    validate(samples);
    const auto [clustering, knee_found] =
        chosen(samples.activations, options_.warm_start ? samples.previous : torch::Tensor());
    const auto clusters = static_cast<double>(clustering.centers.size(0));

    Information information = information_of(clustering.symbols, samples);
    information.i_xt_cap_bits = std::min(information.i_xt_cap_bits, std::log2(clusters));
    information.i_xt_bits = std::clamp(information.i_xt_bits, 0.0, information.i_xt_cap_bits);
    information.i_ty_bits = std::clamp(information.i_ty_bits, 0.0, information.i_ty_cap_bits);
    information.details = {clusters, clustering.within_cluster_sum, knee_found};
    return {{information}, options_.warm_start ? clustering.centers : torch::Tensor()};
  }

 private:
  // Of samples whose squares may overflow; the elbow is one of sums that do not.
  Chosen chosen(const torch::Tensor& samples, const torch::Tensor& start) const {
    const auto [values, exponent] = normalized(samples);
    const double unit = std::ldexp(1.0, exponent);
    Chosen found = chosen_of_normalized(values.to(samples.scalar_type()), start.defined() ? start / unit : start);
    found.clustering.centers *= unit;
    found.clustering.within_cluster_sum = std::ldexp(found.clustering.within_cluster_sum, 2 * exponent);
    return found;
  }

  Chosen chosen_of_normalized(const torch::Tensor& samples, const torch::Tensor& start) const {
    KMeansFit fit;
    fit.restarts = options_.restarts;
    if (options_.clusters > 0) {
      fit.first = fit.last = options_.clusters;
      return {k_means(samples, fit, seed_, start).front()};
    }
    fit.last = std::min(options_.max_clusters, samples.size(0));
    std::vector<Clustering> clusterings = k_means(samples, fit, seed_, start);
    std::vector<double> sums;
    for (const Clustering& clustering : clusterings) sums.push_back(clustering.within_cluster_sum);
    sums.resize(options_.max_clusters, sums.back());  // more clusters than samples do not lower the sum
    const Elbow found = elbow(sums, options_.elbow);
    const std::int64_t clusters = std::min(found.clusters, fit.last);
    return {std::move(clusterings[clusters - 1]), found.knee_found ? 1.0 : 0.0};
  }

  Information information_of(const Symbols& symbols, const LayerSamples& samples) const {
    const auto [h_y, h_t_given_y] = label_entropies(symbols, samples, options_.correction);
    const auto n = static_cast<std::int64_t>(symbols.ids.size());
    Information information;
    information.i_xt_bits = entropy_bits(symbols, options_.correction);
    information.i_ty_bits = information.i_xt_bits - h_t_given_y;
    information.i_ty_cap_bits = h_y;
    information.i_xt_cap_bits = std::log2(static_cast<double>(n));
    if (options_.input == InputClusters::clustered) {
      const auto prepared = samples.prepared ? samples.prepared : prepare(samples);
      const Symbols& inputs = prepared_as<ClusteredInputs>("kmeans", *prepared).symbols;
      information.i_xt_bits -= conditional_entropy_bits(symbols, inputs, options_.correction);
      information.i_xt_cap_bits = std::min(information.i_xt_cap_bits, entropy_bits(inputs, options_.correction));
    }
    return information;
  }

  KmeansOptions options_;
  std::uint64_t seed_;
};

}  // namespace

EnumNames<InputClusters> names(InputClusters) {
  return {{InputClusters::identity, "identity"}, {InputClusters::clustered, "clustered"}};
}

Fields fields(KmeansOptions& o) {
  return {
      field("clusters", o.clusters, "number of clusters; 0: elbow of the within-cluster sums", whole_between(0, 65536)),
      field("max_clusters", o.max_clusters, "largest number tried if clusters is 0", whole_between(1, 65536)),
      field("elbow", o.elbow,
            "curve whose elbow is the number of clusters: roots of the within-cluster sums, or the sums"),
      field("restarts", o.restarts, "number of k-means++ seedings; the best result is kept", whole_between(1, 10000)),
      field("input", o.input, "value of X: each sample, or the input's cluster"),
      field("correction", o.correction, "small-sample bias correction of the entropies"),
      field("warm_start", o.warm_start, "also start from the clusters of the previous observed epoch"),
  };
}

std::unique_ptr<Estimator> make_kmeans(const KmeansOptions& options, std::uint64_t seed) {
  return std::make_unique<Kmeans>(options, seed);
}

}  // namespace infoplane::estimators
