#include <infoplane/estimators/binning.hpp>
#include <infoplane/estimators/catalogue.hpp>
#include <infoplane/estimators/decoder.hpp>
#include <infoplane/estimators/gaussian_mixture.hpp>
#include <infoplane/estimators/infonce.hpp>
#include <infoplane/estimators/kernel_density.hpp>
#include <infoplane/estimators/ksg.hpp>
#include <infoplane/estimators/matrix_renyi.hpp>

namespace infoplane::estimators {

Registry<EstimatorFactory> catalogue() {
  Registry<EstimatorFactory> estimators("estimator");
  estimators.add<BinningOptions>("binning", make_binning, "counts rows of bins: uniform, adaptive or quantile");
  estimators.add<KernelDensityOptions>("kernel_density", make_kernel_density,
                                       "pairwise bounds for the layer with Gaussian noise");
  estimators.add<KsgOptions>("ksg", make_ksg, "distances to nearest neighbours: Kraskov, Gao, and Ross for the labels");
  estimators.add<GaussianMixtureOptions>("gaussian_mixture", make_gaussian_mixture,
                                         "the component of a Gaussian mixture that a sample belongs to");
  estimators.add<MatrixRenyiOptions>("matrix_renyi", make_matrix_renyi, "Renyi entropies of kernel matrices");
  estimators.add<DecoderOptions>("decoder", make_decoder,
                                 "what a small network reads of the label: a lower bound on I(T;Y) alone");
  estimators.add<InfoNceOptions>("infonce", make_infonce, "noise-contrastive lower bounds");
  return estimators;
}

}  // namespace infoplane::estimators
