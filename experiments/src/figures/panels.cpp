#include "figures/panels.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

#include <fmt/format.h>

#include "figures/style.hpp"

namespace infoplane::experiments {
namespace {

constexpr std::size_t kMarks = 4;
constexpr double kPanelCm = 3.1;
constexpr double kOnePanelCm = 4.8;
constexpr double kGapCm = 0.25;
constexpr double kBelowCm = 1.0;  // tics and label of the epoch axis

// Some points of the i-th series, evenly spaced on the axis and shifted from series to series so that coinciding lines
// remain distinguishable.
std::vector<std::size_t> marked_points(const SeriesSet& set, const EpochAxis& axis, std::size_t i) {
  const std::vector<std::int64_t>& epochs = set.series[i].epochs;
  const double shift = (static_cast<double>(i) + 0.5) / static_cast<double>(set.series.size());
  std::vector<std::size_t> marked;
  for (std::size_t mark = 0; mark < kMarks; ++mark) {
    const double share = (static_cast<double>(mark) + shift) / kMarks;
    const double wanted = axis.first * std::pow(axis.high / axis.first, share);
    const auto after = std::lower_bound(epochs.begin(), epochs.end(), wanted);
    if (after != epochs.end()) marked.push_back(after - epochs.begin());
  }
  if (marked.empty()) marked.push_back(epochs.size() - 1);
  marked.erase(std::unique(marked.begin(), marked.end()), marked.end());
  return marked;
}

// The rows of the marked points, one block per series.
std::string mark_blocks(const SeriesSet& set, const EpochAxis& axis) {
  std::string text;
  for (std::size_t i = 0; i < set.series.size(); ++i) {
    for (const std::size_t point : marked_points(set, axis, i)) text += data_row(set.series[i], point);
    text += "\n\n";
  }
  return text;
}

// Bands first, so that they hide no line; markers last. The key shows line and marker, which are drawn separately.
GnuplotScript curves(const SeriesSet& set, std::size_t quantity) {
  const std::size_t center = 2 + 3 * quantity, count = set.series.size();
  std::vector<GnuplotScript> bands, lines, marks, key;
  for (std::size_t i = 0; i < count; ++i) {
    const GnuplotScript style = gnuplot("lw 1.4 pt {} ps 0.6 lc rgb {}", point_type(i), color(i));
    if (set.replicas > 1 || set.bounds) {
      bands.push_back(
          gnuplot("data index {0} using (position($1)):{1}:{2} with filledcurves fs transparent solid 0.18 "
                  "noborder lc rgb {3} notitle",
                  i, center + 1, center + 2, color(i)));
    }
    lines.push_back(gnuplot("data index {} using (position($1)):{} with lines {} notitle", i, center, style));
    marks.push_back(gnuplot("data index {} using (position($1)):{} with points {} notitle", count + i, center, style));
    key.push_back(gnuplot("keyentry with linespoints {} title {}", style, gnuplot_text(set.series[i].name)));
  }
  for (const auto& part : {lines, marks, key}) bands.insert(bands.end(), part.begin(), part.end());
  return plot_command(bands);
}

}  // namespace

Plot panels(const SeriesSet& set, BandKind band, const std::vector<GnuplotScript>& labels) {
  const std::size_t last = labels.size() - 1;
  const double panel_cm = last > 0 ? kPanelCm : kOnePanelCm;
  const double body_cm = static_cast<double>(last + 1) * panel_cm + static_cast<double>(last) * kGapCm + kBelowCm;
  const Heading top = heading(set, "mean and " + words_for(band), names_of(set), body_cm);
  const double picture_cm = body_cm + top.height_cm;
  const EpochAxis axis = epoch_axis(set.epochs);
  Plot plot;
  plot.height_cm = picture_cm;
  plot.data = data_blocks(set) + mark_blocks(set, axis);
  plot.script = axis.definition() + top.script +
                "set border lw 0.7\nset tics scale 0.6 font ',7' nomirror\n"
                "set logscale x\n" +
                gnuplot("set xrange {}\nset lmargin at screen 0.145\nset rmargin at screen 0.955\n", axis.range()) +
                "set multiplot\n";
  for (std::size_t quantity = 0; quantity <= last; ++quantity) {
    const Range range = axis_range(set, quantity, true);
    const double bottom_cm = kBelowCm + (quantity < last ? panel_cm + kGapCm : 0);
    plot.script += gnuplot(
        "set bmargin at screen {0:.4f}\nset tmargin at screen {1:.4f}\nset yrange {2}\n"
        "set ytics {3:.6g}\nset label {4} at screen 0.03, graph 0.5 center rotate by 90\n",
        bottom_cm / picture_cm, (bottom_cm + panel_cm) / picture_cm, range.text(), range.step(), labels[quantity]);
    plot.script += "set xtics " + axis.tics(quantity == last) + "\n" + axis.break_mark();
    if (quantity == last) plot.script += "set xlabel 'epoch'\n";
    plot.script += cap_line(range, set.caps[quantity]) + best_line(range, set.truths[quantity]) +
                   curves(set, quantity) + "unset label\nunset arrow\nunset key\n";
  }
  plot.script += "unset multiplot\n";
  return plot;
}

}  // namespace infoplane::experiments
