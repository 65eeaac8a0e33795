#include <infoplane/experiments/catalogue.hpp>

#include <infoplane/estimators/catalogue.hpp>
#include <infoplane/experiments/array_dataset.hpp>
#include <infoplane/experiments/iris.hpp>
#include <infoplane/experiments/mlp.hpp>
#include <infoplane/experiments/threshold.hpp>
#include <infoplane/experiments/twelve_bit.hpp>
#include <infoplane/experiments/wireless.hpp>

#include "figures/figures.hpp"

namespace infoplane::experiments {

Catalogue catalogue() {
  Catalogue c;
  c.optimizers = optimizers();
  c.schedules = schedules();
  c.estimators = estimators::catalogue();

  c.datasets.add<TwelveBitOptions>("twelve_bit", make_twelve_bit, "all 4096 patterns of 12 bits, two classes");
  c.datasets.add<ThresholdOptions>("threshold", make_threshold, "one normal input, and whether it is positive");
  c.datasets.add<IrisOptions>("iris", make_iris, "Fisher's 150 flowers of three species");
  c.datasets.add<ArrayDatasetOptions>("arrays", make_array_dataset, "inputs and labels from .npy, .csv or .idx files");
  c.datasets.add<WirelessOptions>("wireless", make_wireless,
                                  "channels of a coded OFDM link, and whether their frames were lost");
  c.datasets.add<ThesisWirelessOptions>("wireless_thesis", make_wireless,
                                        "the same without interleaver, at a sample time of 1 us");

  c.models.add<MlpOptions>("mlp", make_mlp, "fully connected layers, each with a hook point L1, L2, ...");

  c.figures.add<InformationPlaneOptions>("information_plane", make_information_plane,
                                         "I(T;Y) against I(X;T), a trajectory per layer, coloured by epoch");
  c.figures.add<InformationCurvesOptions>("information_curves", make_information_curves,
                                          "I(X;T) and I(T;Y) of every layer against the epoch");
  c.figures.add<InformationBoundsOptions>("information_bounds", make_information_bounds,
                                          "I(X;T) and I(T;Y) between an estimator's lower and upper values");
  c.figures.add<DetailCurvesOptions>("detail_curves", make_detail_curves,
                                     "number of bins, of clusters, or another detail of the estimates against the epoch");
  c.figures.add<ParameterCurvesOptions>("parameter_curves", make_parameter_curves, "weights and biases against the epoch");
  c.figures.add<HistogramsOptions>("histograms", make_histograms, "how often activations fall into each bin");
  c.figures.add<NoOptions>("activation_functions", make_activation_functions,
                           "tanh, sigmoid, ReLU and leaky ReLU, their derivatives, and bins");
  c.figures.add<NoOptions>("elbow", make_elbow, "within-cluster sums of ten random samples, and their elbow");
  c.figures.add<LearningCurvesOptions>("learning_curves", make_learning_curves,
                                       "loss and accuracy against the epoch");
  return c;
}

}  // namespace infoplane::experiments
