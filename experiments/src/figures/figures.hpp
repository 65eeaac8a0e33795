#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include <infoplane/fields.hpp>
#include <infoplane/figure.hpp>
#include <infoplane/registry.hpp>

/// The figures that come with infoplane. Each shows means over the replicas; where there are several replicas, the
/// curves have bands of one standard deviation to either side.
namespace infoplane::experiments {

/// Which rows of information.csv a figure shows.
struct InformationSelection {
  std::vector<std::string> layers;  ///< empty: all
  std::string estimator;  ///< "": the first in the data; the name of an estimator of several values: its first value
};

Fields fields(InformationSelection& options);

struct DetailCurvesOptions {
  InformationSelection selection;
  std::string detail = "bins";  ///< a column of information.csv after the caps
};
Fields fields(DetailCurvesOptions& options);

struct ParameterCurvesOptions {
  std::vector<std::string> parameters;  ///< empty: all
  bool magnitude = false;
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
};
Fields fields(InformationPlaneOptions& options);

using InformationCurvesOptions = InformationSelection;
using InformationBoundsOptions = InformationSelection;
using LearningCurvesOptions = NoOptions;

/// A figure's options, and the number of the published figure that it reproduces.
template <class Options>
struct NumberedOptions {
  Options figure;
  std::string reproduces;
};

template <class Options>
Fields fields(NumberedOptions<Options>& o) {
  Fields list = fields(o.figure);
  list.push_back(field("reproduces", o.reproduces, "the figure of a publication that this one stands beside"));
  return list;
}

std::unique_ptr<Figure> numbered(std::unique_ptr<Figure> figure, std::string reproduces);

/// I(T;Y) against I(X;T) in bits: a trajectory per layer, its points coloured by epoch and the last one outlined,
/// the layers of some epochs joined by grey lines, caps dashed; Figs. 3.6 (a), 3.10, 3.11. With `bound` also the most
/// I(T;Y) for each I(X;T), as in Fig. 2.6: the data set's bottleneck curve, or the corner min(I(X;T), H(Y)) that a
/// label allows which X determines.
std::unique_ptr<Figure> make_information_plane(const InformationPlaneOptions& options);

/// I(X;T) and I(T;Y) of every layer against the epoch, caps dashed; Fig. 3.6 (c).
std::unique_ptr<Figure> make_information_curves(const InformationCurvesOptions& options);

/// I(X;T) and I(T;Y) of every layer against the epoch, each a band from the estimator's value `lower` to its value
/// `upper`; Figs. 3.8, 3.9.
std::unique_ptr<Figure> make_information_bounds(const InformationBoundsOptions& options);

/// A detail of the estimates of every layer against the epoch: number of bins, of clusters.
std::unique_ptr<Figure> make_detail_curves(const DetailCurvesOptions& options);

/// Elements of parameters against the epoch; Fig. 3.4.
std::unique_ptr<Figure> make_parameter_curves(const ParameterCurvesOptions& options);

/// How often activations of a layer fall into each bin, of one replica: a panel per epoch, all units together,
/// Fig. 5.1; or a row of panels per epoch, a column per label, and units in colours, Figs. 5.2, 5.3.
std::unique_ptr<Figure> make_histograms(const HistogramsOptions& options);

/// tanh, sigmoid, ReLU and leaky ReLU with their derivatives, and tanh in 30 bins; Figs. 2.2, 2.5, 2.8, 3.5.
std::unique_ptr<Figure> make_activation_functions(const NoOptions& options);

/// The within-cluster sums of ten random samples against the number of clusters, and their elbow; Fig. 4.2.
std::unique_ptr<Figure> make_elbow(const NoOptions& options);

/// Loss and accuracy of training and test samples against the epoch; Fig. 3.6 (e).
std::unique_ptr<Figure> make_learning_curves(const LearningCurvesOptions& options);

}  // namespace infoplane::experiments
