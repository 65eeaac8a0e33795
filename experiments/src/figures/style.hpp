#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include <infoplane/gnuplot_script.hpp>

#include "figures/series.hpp"

/// What the figures have in common to look at, as lines of gnuplot script. Sizes are made for a paper's column, 8.8 cm.
namespace infoplane::experiments {

/// Of the two quantities, enhanced.
inline constexpr char kXtLabel[] = "'{/:Italic I}({/:Italic X};{/:Italic T}) in bits'";
inline constexpr char kTyLabel[] = "'{/:Italic I}({/:Italic T};{/:Italic Y}) in bits'";

/// A logarithmic axis of epochs that begins before training. Epoch 0 has no place on a logarithmic axis: it is drawn at
/// `zero`, a short step before the first epoch after it, with a tick "0" of its own.
struct EpochAxis {
  struct Tick {
    double epoch;
    GnuplotScript label;  ///< "": a small one
  };
  double zero = 0;
  double first = 0;  ///< the first epoch after 0
  double low = 0;
  double high = 0;
  std::vector<Tick> ticks;

  GnuplotScript range() const;
  /// For `set xtics` or `set cbtics`.
  GnuplotScript tics(bool labelled = true) const;
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
  /// Between labelled tics: 1, 2 or 5 times a power of ten, some five on the axis.
  double step() const;
};

/// Holds all finite values, and their bands where `with_bands`; starts at 0 unless all are far
/// from it or may be negative; reaches the cap where that is near.
Range axis_range(const SeriesSet& set, std::size_t quantity, bool with_bands);

/// A dashed line at `value` of the y-axis, with "cap" and the value above, or "best" and the value below; "" where it
/// is 0 or not in view.
GnuplotScript cap_line(const Range& y, double value);
GnuplotScript best_line(const Range& y, double value);

/// The same for the cap of the x-axis.
GnuplotScript vertical_cap_line(const Range& x, double cap);

/// gnuplot's number of a shape: filled circle, square, triangle, diamond, triangle down, pentagon; then their outlines.
int point_type(std::size_t i);

/// The number of a shape's outline, which for a filled one stands before it.
int outline(int type);

/// The i-th colour of Okabe and Ito's palette for the colour-blind, as a gnuplot string.
GnuplotScript color(std::size_t i);

/// What stands above the plots: the experiment; the estimator and what is averaged; the key. Long lines are cut.
struct Heading {
  double height_cm = 0;
  GnuplotScript script;
};

/// `body_cm` is the height of what comes below; `averaged` completes "of 50 replicas"; `names` are the key's entries.
Heading heading(const SeriesSet& set, const std::string& averaged, const std::vector<std::string>& names,
                double body_cm);

/// "plot" and what is plotted, in this order.
GnuplotScript plot_command(const std::vector<GnuplotScript>& parts);

}  // namespace infoplane::experiments
