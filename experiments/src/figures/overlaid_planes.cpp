#include "figures/overlaid_planes.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "figures/style.hpp"
#include "runs/selection.hpp"

namespace infoplane::experiments {
namespace {

constexpr double kBodyCm = 6.6;

// With more runs than color-blind-safe colors: a sequence from dark to light.
GnuplotScript run_color(std::size_t run, std::size_t runs) {
  static const GnuplotScript sequence[kMostPlanes] = {"'#0d0887'", "'#350498'", "'#5402a3'", "'#7000a8'",
                                                      "'#8b0aa5'", "'#a31e9a'", "'#b93289'", "'#cc4778'",
                                                      "'#db5c68'", "'#e97158'", "'#f48849'", "'#febd2a'"};
  return runs <= 7 ? color(run) : sequence[run * (kMostPlanes - 1) / (runs - 1)];
}

Range common_range(const std::vector<SeriesSet>& sets, std::size_t quantity) {
  Range range = axis_range(sets[0], quantity, false);
  for (const SeriesSet& set : sets) {
    const Range other = axis_range(set, quantity, false);
    range = {std::min(range.low, other.low), std::max(range.high, other.high)};
  }
  return range;
}

// 0, for no cap, if the runs differ.
double common_cap(const std::vector<SeriesSet>& sets, std::size_t quantity) {
  const double cap = sets[0].caps[quantity];
  const auto has_it = [&](const SeriesSet& set) { return std::abs(set.caps[quantity] - cap) < 1e-9; };
  return std::all_of(sets.begin(), sets.end(), has_it) ? cap : 0;
}

std::vector<std::string> layers_of(const std::vector<SeriesSet>& sets) {
  std::vector<std::string> layers;
  for (const SeriesSet& set : sets) {
    for (const Series& series : set.series) add_distinct(layers, series.name);
  }
  return layers;
}

// The heading for all runs.
SeriesSet caption_of(const std::vector<SeriesSet>& sets) {
  SeriesSet caption;
  caption.experiment = fmt::format("{} run{}, marks at the last epoch", sets.size(), sets.size() == 1 ? "" : "s");
  caption.estimator = sets[0].estimator;
  caption.replicas = sets[0].replicas;
  const auto has_as_many = [&](const SeriesSet& set) { return set.replicas == caption.replicas; };
  if (!std::all_of(sets.begin(), sets.end(), has_as_many)) {
    caption.estimator += ", means over the replicas";
    caption.replicas = 0;
  }
  return caption;
}

// Trajectories at the back; on top their ends, of decreasing size so that coinciding ones remain visible.
GnuplotScript trajectories(const std::vector<SeriesSet>& sets, const std::vector<std::string>& layers) {
  std::vector<GnuplotScript> lines, ends, key;
  std::size_t index = 0;
  for (std::size_t run = 0; run < sets.size(); ++run) {
    const GnuplotScript run_hue = run_color(run, sets.size());
    const double width = sets.size() <= 4 ? 0.9 : 0.5;
    const double size = 1.2 - 0.5 * static_cast<double>(run) / static_cast<double>(sets.size());
    for (const Series& series : sets[run].series) {
      const std::size_t last = series.epochs.size() - 1;
      const std::size_t layer = std::find(layers.begin(), layers.end(), series.name) - layers.begin();
      const int type = point_type(layer);
      const GnuplotScript end = gnuplot("data index {} every ::{}::{} using 2:5 with points pt", index, last, last);
      lines.push_back(gnuplot("data index {} using 2:5 with lines lw {} lc rgb {} notitle", index++, width, run_hue));
      ends.push_back(gnuplot("{} {} ps {:.2f} lc rgb {} notitle", end, type, size, run_hue));
      ends.push_back(gnuplot("{} {} ps {:.2f} lw 0.6 lc rgb '#222222' notitle", end, outline(type), size));
    }
    key.push_back(gnuplot("keyentry with lines lw 2 lc rgb {} title {}", run_hue, gnuplot_text(sets[run].experiment)));
  }
  for (std::size_t layer = 0; layer < layers.size(); ++layer) {
    key.push_back(gnuplot("keyentry with points pt {} ps 0.9 lc rgb '#444444' title {}", point_type(layer),
                          gnuplot_text(layers[layer])));
  }
  for (const auto& parts : {ends, key}) lines.insert(lines.end(), parts.begin(), parts.end());
  return plot_command(lines);
}

}  // namespace

Plot overlaid_planes(const std::vector<SeriesSet>& sets) {
  const std::vector<std::string> layers = layers_of(sets);
  std::vector<std::string> names;
  for (const SeriesSet& set : sets) names.push_back(set.experiment);
  names.insert(names.end(), layers.begin(), layers.end());
  const Heading top = heading(caption_of(sets), "mean", names, kBodyCm);
  const Range x = common_range(sets, 0), y = common_range(sets, 1);
  Plot plot;
  plot.height_cm = kBodyCm + top.height_cm;
  for (const SeriesSet& set : sets) plot.data += data_blocks(set);
  plot.script = top.script +
                gnuplot(
                    "set border lw 0.7\nset tics scale 0.6 font ',7' nomirror\n"
                    "set lmargin at screen 0.13\nset rmargin at screen 0.97\n"
                    "set bmargin at screen {:.4f}\nset tmargin at screen {:.4f}\n"
                    "set xrange {}\nset yrange {}\nset xtics {:.6g}\nset ytics {:.6g}\n"
                    "set xlabel {}\nset label {} at screen 0.03, graph 0.5 center rotate by 90\n",
                    0.95 / plot.height_cm, (kBodyCm - 0.1) / plot.height_cm, x.text(), y.text(), x.step(), y.step(),
                    kXtLabel, kTyLabel) +
                vertical_cap_line(x, common_cap(sets, 0)) + cap_line(y, common_cap(sets, 1)) +
                trajectories(sets, layers);
  return plot;
}

}  // namespace infoplane::experiments
