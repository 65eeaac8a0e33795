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

// Every estimator may permute the labels.
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
  add<BinningOptions>(estimators, "binning", make_binning, "counts rows of bins: uniform, adaptive or quantile");
  add<Histogram2dOptions>(estimators, "histogram2d", make_histogram2d, "counts cells of one input and one unit");
  add<DecompositionOptions>(estimators, "decomposition", make_decomposition,
                            "what binning keeps of the information, and the terms that it loses");
  add<KernelDensityOptions>(estimators, "kernel_density", make_kernel_density,
                            "pairwise bounds for the layer with Gaussian noise");
  add<KsgOptions>(estimators, "ksg", make_ksg, "distances to nearest neighbors: Kraskov, Gao, and Ross for the labels");
  add<KmeansOptions>(estimators, "kmeans", make_kmeans, "the k-means cluster that a sample belongs to");
  add<GaussianMixtureOptions>(estimators, "gaussian_mixture", make_gaussian_mixture,
                              "the component of a Gaussian mixture that a sample belongs to");
  add<MatrixRenyiOptions>(estimators, "matrix_renyi", make_matrix_renyi, "Renyi entropies of kernel matrices");
  add<DecoderOptions>(estimators, "decoder", make_decoder,
                      "what a small network reads of the label: a lower bound on I(T;Y) alone");
  add<InfoNceOptions>(estimators, "infonce", make_infonce, "noise-contrastive lower bounds");
  return estimators;
}

}  // namespace infoplane::estimators
