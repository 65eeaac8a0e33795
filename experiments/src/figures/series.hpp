#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include <infoplane/result_needs.hpp>
#include <infoplane/run_results.hpp>

#include "figures/figures.hpp"

namespace infoplane::experiments {

/// What is drawn of one quantity at one epoch: the mean over the replicas and their standard deviation, or the middle
/// between two bounds and half the way from one to the other.
struct Band {
  double center = 0;
  double half_width = 0;
};

/// What one layer, one split or one parameter did.
struct Series {
  std::string name;
  std::vector<std::int64_t> epochs;           ///< [E], ascending
  std::vector<std::vector<Band>> quantities;  ///< [Q][E]: I(X;T) and I(T;Y), loss and accuracy, or one
};

/// What a figure shows of a run.
struct SeriesSet {
  std::string experiment;
  std::string estimator;  ///< "" for learning curves
  std::size_t replicas = 0;
  std::array<double, 2> caps{};              ///< of the two quantities: no value can be above; 0: it has no cap
  std::array<double, 2> truths{};            ///< what the data themselves allow of each; 0: unknown
  std::vector<std::array<double, 2>> bound;  ///< the most I(T;Y) for I(X;T), ascending; empty: not to be shown
  bool bounds = false;                       ///< bands reach from one bound to the other
  bool has_sign = false;                     ///< values may be negative
  std::vector<std::int64_t> epochs;          ///< of any series, ascending
  std::vector<Series> series;
};

/// So many can be told apart in one figure.
constexpr std::size_t kMostSeries = 100;
constexpr std::size_t kMostElements = 12;

/// The layers in the order of the options, else of the data. Throws UsageError for a layer or an estimator that the
/// results do not have, naming those that they have, and for results without rows.
SeriesSet information_series(const RunResults& results, const InformationSelection& selection);

/// What the figures of a selection need.
ResultNeeds needs_of(const InformationSelection& selection);

/// Each layer's I(X;T) and I(T;Y) from the value ".lower" to ".upper" of one estimator, means over the replicas. Throws
/// UsageError as information_series, and for an estimator without these values.
SeriesSet bound_series(const RunResults& results, const InformationSelection& selection);

/// The first quantity of each layer is a detail of its estimates. Throws UsageError as information_series, and for a
/// detail that the results or the estimator do not have.
SeriesSet detail_series(const RunResults& results, const InformationSelection& selection, const std::string& detail);

/// The first quantity is a parameter's element: "linear1.weight", or "linear1.weight 3" where it has several. Throws
/// UsageError for results without such rows, a parameter that they do not have, and more than 12 elements.
SeriesSet parameter_series(const RunResults& results, const ParameterCurvesOptions& options);

/// The epochs of a plane, by index, at which its layers are joined: the first, then each at which they have moved by at
/// least some step since the one before, from `least` up until there are at most 25.
std::vector<std::size_t> joined_epochs(std::size_t epochs, double least,
                                       const std::function<double(std::size_t from, std::size_t to)>& movement);

/// A figure of the selected rows of information.csv and nothing else.
class InformationFigure : public Figure {
 public:
  explicit InformationFigure(InformationSelection selection) : selection_(std::move(selection)) {}

  void draw(const RunResults& results, const std::filesystem::path& folder, const std::string& name) const override;
  ResultNeeds needs() const override;

 private:
  virtual Plot plot(const SeriesSet& set) const = 0;

  InformationSelection selection_;
};

std::vector<std::string> names_of(const SeriesSet& set);

/// Train, then test. Throws UsageError for results without rows.
SeriesSet learning_series(const RunResults& results);

/// "epoch center half_width", the last two for each quantity, and a line break.
std::string data_row(const Series& series, std::size_t point);

/// The rows of each series, blocks two blank lines apart: gnuplot's `index 0`, `index 1`, ...
std::string data_blocks(const SeriesSet& set);

}  // namespace infoplane::experiments
