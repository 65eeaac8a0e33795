#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include <infoplane/store.hpp>

#include "figures.hpp"

namespace infoplane::experiments {

/// Over the replicas: the mean, and the standard deviation with n - 1, 0 for one replica.
struct Spread {
  double mean = 0;
  double deviation = 0;
};

/// I(X;T) and I(T;Y), or loss and accuracy.
using Pair = std::array<Spread, 2>;

/// What one layer, or one split, did.
struct Series {
  std::string name;
  std::vector<Pair> points;  ///< one per epoch of the set
};

/// What a figure shows of a run.
struct SeriesSet {
  std::string experiment;
  std::string estimator;  ///< "" for learning curves
  std::size_t replicas = 0;
  std::array<double, 2> caps{};      ///< of the two quantities: no value can be above; 0: it has no cap
  std::vector<std::int64_t> epochs;  ///< ascending; those that all series have, so that a run may be cut off anywhere
  std::vector<Series> series;
};

/// The layers in the order of the options, else of the data. Throws UsageError for a layer or an estimator that the
/// results do not have, naming those that they have, and for results without rows.
SeriesSet information_series(const RunResults& results, const InformationSelection& selection);

/// A figure of the selected rows of information.csv.
class InformationFigure : public Figure {
 public:
  explicit InformationFigure(InformationSelection selection) : selection_(std::move(selection)) {}

  void draw(const RunResults& results, const std::filesystem::path& folder, const std::string& name) const override;
  std::vector<std::string> layers() const override { return selection_.layers; }
  std::vector<std::string> estimators() const override;

 private:
  virtual Plot plot(const SeriesSet& set) const = 0;

  InformationSelection selection_;
};

/// Train, then test. Throws UsageError for results without rows.
SeriesSet learning_series(const RunResults& results);

/// "epoch mean deviation mean deviation" and a line break.
std::string data_row(const SeriesSet& set, std::size_t series, std::size_t point);

/// The rows of each series, blocks two blank lines apart: gnuplot's `index 0`, `index 1`, ...
std::string data_blocks(const SeriesSet& set);

}  // namespace infoplane::experiments
