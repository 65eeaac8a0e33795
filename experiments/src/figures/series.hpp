#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <infoplane/result_needs.hpp>
#include <infoplane/run_results.hpp>

#include "figures/figures.hpp"

namespace infoplane::experiments {

/// One quantity at one epoch: the mean over the replicas and its band, or the midpoint of two bounds and the bounds.
struct Band {
  double center = 0;
  double low = 0;
  double high = 0;
};

/// Over the replicas; NaN is left out.
Band band_of(const std::vector<double>& values, BandKind band);

/// For a caption: "16-84 % band", "range", "standard deviation".
std::string words_for(BandKind band);

/// The option `band`.
Field band_field(BandKind& band);

/// The curves of one layer, split or parameter.
struct Series {
  std::string name;
  std::vector<std::int64_t> epochs;           ///< [E], ascending
  std::vector<std::vector<Band>> quantities;  ///< [Q][E]: I(X;T) and I(T;Y), loss and accuracy, or one
};

/// What a figure shows.
struct SeriesSet {
  std::string experiment;
  std::string estimator;  ///< "" for learning curves
  std::size_t replicas = 0;
  std::array<double, 2> caps{};              ///< upper bounds of the two quantities; 0: none
  std::array<double, 2> truths{};            ///< the values the data set itself allows; 0: unknown
  std::vector<std::array<double, 2>> bound;  ///< largest I(T;Y) for I(X;T), ascending; empty: not shown
  bool bounds = false;                       ///< bands extend from bound to bound
  bool has_sign = false;                     ///< values may be negative
  std::vector<std::int64_t> epochs;          ///< union over the series, ascending
  std::vector<Series> series;
};

/// The largest numbers that can be distinguished in one figure.
constexpr std::size_t kMostSeries = 100;
constexpr std::size_t kMostElements = 12;

/// The layers in the order of the options, else of the data. Throws UsageError for a layer or an estimator that is not
/// in the results, listing those that are, and for results without rows.
SeriesSet information_series(const RunResults& results, const InformationSelection& selection,
                             BandKind band = BandKind::quantiles);

/// The needs of a figure with this selection.
ResultNeeds needs_of(const InformationSelection& selection);

/// Whether a quantity of any series has a value other than NaN.
bool is_measured(const SeriesSet& set, std::size_t quantity);

/// I(X;T) and I(T;Y) of each layer as bands from the value ".lower" to the value ".upper" of one estimator, both means
/// over the replicas. Throws UsageError like information_series, and for an estimator without these values.
SeriesSet bound_series(const RunResults& results, const InformationSelection& selection);

/// A detail of the estimates of each layer. Throws UsageError like information_series, and for a detail that the
/// results or the estimator lack.
SeriesSet detail_series(const RunResults& results, const DetailCurvesOptions& options);

/// The elements of parameters: "linear1.weight", or "linear1.weight 3" if there are several. Throws UsageError for
/// results without such rows, for an unknown parameter, and for more than 12 elements.
SeriesSet parameter_series(const RunResults& results, const ParameterCurvesOptions& options);

/// The centers of both quantities at an epoch; nothing if the series was not observed there.
std::optional<std::array<double, 2>> place_at(const Series& series, std::int64_t epoch);

/// Indices of the epochs at which the layers of a plane are joined: the first, then each at which one of them has moved
/// by at least a step since the previous one, as a share of `scale`. The step starts at `least` and grows until at most
/// 25 epochs remain.
std::vector<std::size_t> joined_epochs(const std::vector<Series>& layers, const std::vector<std::int64_t>& epochs,
                                       const std::array<double, 2>& scale, double least);

std::vector<std::string> names_of(const SeriesSet& set);

/// Train, then test. Throws UsageError for results without rows.
SeriesSet learning_series(const RunResults& results, BandKind band);

/// "epoch center low high center low high" and a line break: three for each quantity.
std::string data_row(const Series& series, std::size_t point);

/// The rows of each series as gnuplot data blocks, `index 0`, `index 1`, ...
std::string data_blocks(const SeriesSet& set);

}  // namespace infoplane::experiments
