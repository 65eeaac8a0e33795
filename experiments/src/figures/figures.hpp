#pragma once

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

using InformationPlaneOptions = InformationSelection;
using InformationCurvesOptions = InformationSelection;
using LearningCurvesOptions = NoOptions;

/// I(T;Y) against I(X;T) in bits: a trajectory per layer, its points coloured by epoch and the last one outlined,
/// the layers of some epochs joined by grey lines, caps dashed; Figs. 3.6 (a), 3.10, 3.11.
std::unique_ptr<Figure> make_information_plane(const InformationPlaneOptions& options);

/// I(X;T) and I(T;Y) of every layer against the epoch, caps dashed; Fig. 3.6 (c).
std::unique_ptr<Figure> make_information_curves(const InformationCurvesOptions& options);

/// Loss and accuracy of training and test samples against the epoch; Fig. 3.6 (e).
std::unique_ptr<Figure> make_learning_curves(const LearningCurvesOptions& options);

}  // namespace infoplane::experiments
