#include <infoplane/estimators/catalogue.hpp>

#include <utility>

#include <infoplane/estimators/binning.hpp>
#include <infoplane/estimators/decoder.hpp>
#include <infoplane/estimators/decomposition.hpp>
#include <infoplane/estimators/gaussian_mixture.hpp>
#include <infoplane/estimators/histogram2d.hpp>
#include <infoplane/estimators/infonce.hpp>
#include <infoplane/estimators/kernel_density.hpp>
#include <infoplane/estimators/kmeans.hpp>
#include <infoplane/estimators/ksg.hpp>
#include <infoplane/estimators/matrix_renyi.hpp>
#include <infoplane/estimators/permutation.hpp>

namespace infoplane::estimators {
namespace {

// Adds an estimator with optional permutations of the labels.
template <class Options, class Make>
void add(Registry<EstimatorFactory>& estimators, const std::string& name, Make make, std::string doc) {
  const auto factory = [make](const PermutationOptions<Options>& options, std::uint64_t seed) {
    auto estimator = make(options.estimator, seed);
    if (options.permutations == 0) return estimator;
    return with_permutations(std::move(estimator), options.permutations, seed);
  };
  estimators.add<PermutationOptions<Options>>(name, factory, std::move(doc));
}

}  // namespace

Registry<EstimatorFactory> catalogue() {
  Registry<EstimatorFactory> estimators("estimator");
  add<BinningOptions>(estimators, "binning", make_binning,
                      "bins each unit and counts the combinations; uniform, adaptive or quantile bins");
  add<Histogram2dOptions>(estimators, "histogram2d", make_histogram2d,
                          "two-dimensional histogram of one input and one unit");
  add<DecompositionOptions>(estimators, "decomposition", make_decomposition,
                            "information that binning preserves, and the terms it loses");
  add<KernelDensityOptions>(estimators, "kernel_density", make_kernel_density,
                            "pairwise bounds for the layer with added Gaussian noise");
  add<KsgOptions>(estimators, "ksg", make_ksg,
                  "nearest-neighbor distances: Kraskov or Gao for I(X;T), Ross for I(T;Y)");
  add<KmeansOptions>(estimators, "kmeans", make_kmeans, "k-means cluster of a sample");
  add<GaussianMixtureOptions>(estimators, "gaussian_mixture", make_gaussian_mixture,
                              "Gaussian mixture component of a sample");
  add<MatrixRenyiOptions>(estimators, "matrix_renyi", make_matrix_renyi, "Renyi entropies of kernel matrices");
  add<DecoderOptions>(estimators, "decoder", make_decoder,
                      "small network that predicts the label: a lower bound on I(T;Y) only");
  add<InfoNceOptions>(estimators, "infonce", make_infonce, "noise-contrastive lower bounds on I(X;T) and I(T;Y)");
  return estimators;
}

}  // namespace infoplane::estimators
