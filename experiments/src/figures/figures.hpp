#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include <infoplane/estimators/clustering.hpp>
#include <infoplane/fields.hpp>
#include <infoplane/figure.hpp>
#include <infoplane/registry.hpp>

/// The built-in figures. Each shows means over the replicas; with several replicas, curves have bands.
namespace infoplane::experiments {

/// The band around a mean over the replicas: from the 0.16 to the 0.84 quantile, which never leaves the range of the
/// values; from the least to the largest value; or one standard deviation to either side.
enum class BandKind { quantiles, range, standard_deviation };
EnumNames<BandKind> names(BandKind);

/// The rows of information.csv that a figure shows.
struct InformationSelection {
  std::vector<std::string> layers;  ///< empty: all
  std::string estimator;            ///< "": the first in the data; for an estimator with several values, its first
};

Fields fields(InformationSelection& options);

struct DetailCurvesOptions {
  InformationSelection selection;
  std::string detail = "bins";  ///< a column of information.csv after the caps
  BandKind band = BandKind::quantiles;
};
Fields fields(DetailCurvesOptions& options);

struct ParameterCurvesOptions {
  std::vector<std::string> parameters;  ///< empty: all
  bool magnitude = false;
  BandKind band = BandKind::quantiles;
};
Fields fields(ParameterCurvesOptions& options);

struct HistogramsOptions {
  std::string layer;                 ///< "": the first in the data
  std::vector<std::int64_t> epochs;  ///< empty: all
  bool by_unit = false;
  std::int64_t replica = 0;
};
Fields fields(HistogramsOptions& options);

struct InformationPlaneOptions {
  InformationSelection selection;
  bool bound = false;
  bool phases = false;
};
Fields fields(InformationPlaneOptions& options);

struct InformationCurvesOptions {
  InformationSelection selection;
  BandKind band = BandKind::quantiles;
};
Fields fields(InformationCurvesOptions& options);

struct ElbowOptions {
  estimators::ElbowCurve elbow = estimators::ElbowCurve::roots;
};
Fields fields(ElbowOptions& options);

struct LearningCurvesOptions {
  BandKind band = BandKind::quantiles;
};
Fields fields(LearningCurvesOptions& options);

using InformationBoundsOptions = InformationSelection;

/// A figure's options, and the number of the published figure it reproduces.
template <class Options>
struct NumberedOptions {
  Options figure;
  std::string reproduces;
};

template <class Options>
Fields fields(NumberedOptions<Options>& o) {
  Fields list = fields(o.figure);
  list.push_back(field("reproduces", o.reproduces, "published figure that this one reproduces"));
  return list;
}

std::unique_ptr<Figure> numbered(std::unique_ptr<Figure> figure, std::string reproduces);

/// I(T;Y) against I(X;T) in bits: one trajectory per layer, points colored by epoch, the last one outlined; gray lines
/// join the layers at some epochs; caps are dashed. Figs. 3.6 (a), 3.10, 3.11. With `bound`, also the largest possible
/// I(T;Y) for each I(X;T), as in Fig. 2.6: the data set's bottleneck curve, or min(I(X;T), H(Y)) if X determines the
/// label. With `phases`, as in Fig. 2.7, gray lines join the layers at every epoch, and a green one where the
/// compression of each begins: at the last epoch with at least 90 % of the fall of I(X;T), from its peak to the end,
/// still ahead, or at the last one if it does not fall.
std::unique_ptr<Figure> make_information_plane(const InformationPlaneOptions& options);

/// I(X;T) and I(T;Y) of every layer against the epoch, caps dashed; Fig. 3.6 (c).
std::unique_ptr<Figure> make_information_curves(const InformationCurvesOptions& options);

/// I(X;T) and I(T;Y) of every layer against the epoch, each as a band from the estimator's lower to its upper bound;
/// Figs. 3.8, 3.9.
std::unique_ptr<Figure> make_information_bounds(const InformationBoundsOptions& options);

/// A detail of the estimates of every layer against the epoch, such as the number of bins or clusters.
std::unique_ptr<Figure> make_detail_curves(const DetailCurvesOptions& options);

/// Elements of parameters against the epoch; Fig. 3.4.
std::unique_ptr<Figure> make_parameter_curves(const ParameterCurvesOptions& options);

/// Histograms of the activations of a layer in one replica: one panel per epoch with all units pooled, Fig. 5.1; or one
/// row of panels per epoch, one column per label, with units in different colors, Figs. 5.2, 5.3.
std::unique_ptr<Figure> make_histograms(const HistogramsOptions& options);

/// tanh, sigmoid, ReLU and leaky ReLU with their derivatives, and tanh in 30 bins; Figs. 2.2, 2.5, 2.8, 3.5.
std::unique_ptr<Figure> make_activation_functions(const NoOptions& options);

/// Random points in the 3 x 3 cells of a two-dimensional histogram, with their counts and the information that
/// histogram2d estimates from them; Fig. 3.2.
std::unique_ptr<Figure> make_joint_histogram(const NoOptions& options);

/// The within-cluster sum of squares of ten random samples against the number of clusters, and the elbow that kmeans
/// finds with the same option; Fig. 4.2.
std::unique_ptr<Figure> make_elbow(const ElbowOptions& options);

/// Loss and accuracy on the training and the test split against the epoch; Fig. 3.6 (e).
std::unique_ptr<Figure> make_learning_curves(const LearningCurvesOptions& options);

}  // namespace infoplane::experiments
