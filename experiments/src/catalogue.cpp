#include <infoplane/experiments/catalogue.hpp>

#include <infoplane/estimators/catalogue.hpp>
#include <infoplane/experiments/array_dataset.hpp>
#include <infoplane/experiments/iris.hpp>
#include <infoplane/experiments/mlp.hpp>
#include <infoplane/experiments/threshold.hpp>
#include <infoplane/experiments/twelve_bit.hpp>
#include <infoplane/experiments/wireless.hpp>

#include "claims/claims.hpp"
#include "claims/comparisons.hpp"
#include "figures/figures.hpp"

namespace infoplane::experiments {
namespace {

// Every claim has a statement quoted from its source.
template <class Options, class Make>
void add_claim(Registry<ClaimFactory>& claims, const std::string& name, Make make, std::string doc) {
  const auto factory = [make](const StatedOptions<Options>& o) { return stated(make(o.claim), o.statement); };
  claims.add<StatedOptions<Options>>(name, factory, std::move(doc));
}

// Every figure may name the published one that it reproduces.
template <class Options, class Make>
void add_figure(Registry<FigureFactory>& figures, const std::string& name, Make make, std::string doc) {
  const auto factory = [make](const NumberedOptions<Options>& o) { return numbered(make(o.figure), o.reproduces); };
  figures.add<NumberedOptions<Options>>(name, factory, std::move(doc));
}

}  // namespace

Catalogue catalogue() {
  Catalogue c;
  c.optimizers = optimizers();
  c.schedules = schedules();
  c.estimators = estimators::catalogue();

  c.datasets.add<TwelveBitOptions>("twelve_bit", make_twelve_bit, "all 4096 patterns of 12 bits, two classes");
  c.datasets.add<ThresholdOptions>("threshold", make_threshold, "one normal input, labeled by its sign");
  c.datasets.add<IrisOptions>("iris", make_iris, "Fisher's 150 flowers of three species");
  c.datasets.add<ArrayDatasetOptions>("arrays", make_array_dataset, "inputs and labels from .npy, .csv or .idx files");
  c.datasets.add<WirelessOptions>("wireless", make_wireless,
                                  "channel magnitudes of a coded OFDM link, labeled by frame loss");
  c.datasets.add<ThesisWirelessOptions>("wireless_thesis", make_wireless,
                                        "wireless without interleaver, at a sample time of 1 us");

  c.models.add<MlpOptions>("mlp", make_mlp, "fully connected layers, each with a hook point L1, L2, ...");

  add_figure<InformationPlaneOptions>(c.figures, "information_plane", make_information_plane,
                                      "I(T;Y) against I(X;T), a trajectory per layer, colored by epoch");
  add_figure<InformationCurvesOptions>(c.figures, "information_curves", make_information_curves,
                                       "I(X;T) and I(T;Y) of every layer against the epoch");
  add_figure<InformationBoundsOptions>(c.figures, "information_bounds", make_information_bounds,
                                       "I(X;T) and I(T;Y) between the lower and the upper bound of an estimator");
  add_figure<DetailCurvesOptions>(c.figures, "detail_curves", make_detail_curves,
                                  "number of bins or clusters, or another detail of the estimates, against the epoch");
  add_figure<ParameterCurvesOptions>(c.figures, "parameter_curves", make_parameter_curves,
                                     "weights and biases against the epoch");
  add_figure<HistogramsOptions>(c.figures, "histograms", make_histograms, "histograms of activations");
  add_figure<NoOptions>(c.figures, "activation_functions", make_activation_functions,
                        "tanh, sigmoid, ReLU and leaky ReLU, their derivatives, and bins");
  add_figure<NoOptions>(c.figures, "joint_histogram", make_joint_histogram,
                        "random points in the cells of a two-dimensional histogram, and their information");
  add_figure<ElbowOptions>(c.figures, "elbow", make_elbow,
                           "within-cluster sums of squares of ten random samples, and their elbow");
  add_figure<LearningCurvesOptions>(c.figures, "learning_curves", make_learning_curves,
                                    "loss and accuracy against the epoch");

  add_claim<CompressionOptions>(c.claims, "compression", make_compression, "a layer's I(X;T) falls after its peak");
  add_claim<NoCompressionOptions>(c.claims, "no_compression", make_no_compression,
                                  "a layer's I(X;T) stays near its peak");
  add_claim<FittingOptions>(c.claims, "fitting", make_fitting, "a layer's I(T;Y) rises from its start");
  add_claim<NoFittingOptions>(c.claims, "no_fitting", make_no_fitting, "a layer's I(T;Y) stays near its start");
  add_claim<FinalValueOptions>(c.claims, "final_value", make_final_value,
                               "a layer's I(X;T) or I(T;Y) ends between two values");
  add_claim<PhaseStartOptions>(c.claims, "phase_start", make_phase_start,
                               "compression begins between two epochs: the last, from the peak on, with 95 % of it");
  add_claim<BoundsMeetOptions>(c.claims, "bounds_meet", make_bounds_meet,
                               "an estimator's lower and upper bounds end near each other");
  add_claim<OrderedByDepthOptions>(c.claims, "ordered_by_depth", make_ordered_by_depth,
                                   "no layer ends above the previous one");
  add_claim<FinalAccuracyOptions>(c.claims, "final_accuracy", make_final_accuracy, "the accuracy ends high enough");
  add_claim<OverfittingOptions>(c.claims, "overfitting", make_overfitting,
                                "the loss on the test split ends above its minimum");
  add_claim<NoOverfittingOptions>(c.claims, "no_overfitting", make_no_overfitting,
                                  "the loss on the test split ends near its minimum");
  add_claim<ParameterGrowsOptions>(c.claims, "parameter_grows", make_parameter_grows,
                                   "the magnitude of one weight or bias grows");
  add_claim<ValueOptions>(c.claims, "value", make_value, "a measurement is between two limits");
  add_claim<ComparisonOptions>(c.claims, "larger", make_larger, "a measurement is larger than another");
  add_claim<ComparisonOptions>(c.claims, "smaller", make_smaller, "a measurement is smaller than another");
  add_claim<OrderInTimeOptions>(c.claims, "earlier", make_earlier, "an event comes before another");
  add_claim<OrderInTimeOptions>(c.claims, "later", make_later, "an event comes after another");
  add_claim<RatioOptions>(c.claims, "ratio", make_ratio, "the ratio of two measurements is between two limits");
  add_claim<MonotoneOptions>(c.claims, "monotone", make_monotone, "a curve only falls, or only rises");
  add_claim<SimultaneousOptions>(c.claims, "simultaneous", make_simultaneous, "two curves change at the same time");
  add_claim<CurvesOverlapOptions>(c.claims, "curves_overlap", make_curves_overlap,
                                  "two curves coincide at most epochs");
  add_claim<SamePathOptions>(c.claims, "same_path", make_same_path, "two layers take the same path in the plane");
  add_claim<SamePlaceOptions>(c.claims, "same_place", make_same_place,
                              "two layers end nearer to each other than to other layers");
  return c;
}

}  // namespace infoplane::experiments
