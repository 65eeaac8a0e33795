#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include <infoplane/gnuplot_script.hpp>

#include "figures/series.hpp"

/// The common look of the figures, as lines of gnuplot script. Sizes fit a column of a paper, 8.8 cm.
namespace infoplane::experiments {

/// Axis labels of the two quantities, in enhanced text.
inline constexpr char kXtLabel[] = "'{/:Italic I}({/:Italic X};{/:Italic T}) in bits'";
inline constexpr char kTyLabel[] = "'{/:Italic I}({/:Italic T};{/:Italic Y}) in bits'";

/// A logarithmic epoch axis that starts before training. Epoch 0, which has no place on a logarithmic axis, is drawn at
/// `zero`, a short step before the next epoch, with its own tick "0".
struct EpochAxis {
  struct Tick {
    double epoch;
    GnuplotScript label;  ///< "": a minor tick
  };
  double zero = 0;
  double first = 0;  ///< the first epoch after 0
  double low = 0;
  double high = 0;
  std::vector<Tick> ticks;

  GnuplotScript range() const;
  /// For `set xtics` or `set cbtics`.
  GnuplotScript tics(bool labeled = true) const;
  /// Defines position(epoch), where an epoch is drawn.
  GnuplotScript definition() const;
  /// Strokes across the x-axis between epoch 0 and the first after it.
  GnuplotScript break_mark() const;
};

/// `epochs` ascending and not empty.
EpochAxis epoch_axis(const std::vector<std::int64_t>& epochs);

/// An axis of a quantity.
struct Range {
  double low = 0;
  double high = 0;

  bool contains(double value) const { return low <= value && value <= high; }
  GnuplotScript text() const;
  /// The distance between labeled tics: 1, 2 or 5 times a power of ten, about five on the axis.
  double step() const;
};

/// Contains all finite values, and their bands if `with_bands`; starts at 0 unless all values are far from it or may be
/// negative; extends to the cap if that is near.
Range axis_range(const SeriesSet& set, std::size_t quantity, bool with_bands);

/// A dashed line at `value` of the y-axis, labeled with "cap" and the value above, or "best" and the value below; "" if
/// the value is 0 or out of range.
GnuplotScript cap_line(const Range& y, double value);
GnuplotScript best_line(const Range& y, double value);

/// The same for the cap of the x-axis.
GnuplotScript vertical_cap_line(const Range& x, double cap);

/// gnuplot's point type: filled circle, square, triangle, diamond, triangle down, pentagon; then their outlines.
int point_type(std::size_t i);

/// The point type of the outline of a marker.
int outline(int type);

/// The i-th color of the color-blind-safe palette of Okabe and Ito, as a gnuplot string.
GnuplotScript color(std::size_t i);

/// The heading above the plots: the experiment; the estimator and what is averaged; the key. Long lines are truncated.
struct Heading {
  double height_cm = 0;
  GnuplotScript script;
};

/// `body_cm` is the height below the heading; `averaged` completes "of 50 replicas"; `names` are the entries of the
/// key.
Heading heading(const SeriesSet& set, const std::string& averaged, const std::vector<std::string>& names,
                double body_cm);

/// The plot command with its parts in this order.
GnuplotScript plot_command(const std::vector<GnuplotScript>& parts);

}  // namespace infoplane::experiments
