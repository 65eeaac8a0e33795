#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>

#include <fmt/format.h>

#include <infoplane/error.hpp>

#include "figures/figures.hpp"
#include "figures/series.hpp"
#include "figures/style.hpp"
#include "results/curves.hpp"

namespace infoplane::experiments {
namespace {

constexpr double kBodyCm = 6.6;
constexpr double kLeastStep = 0.05;  // between epochs at which layers are joined, as a share of the picture
constexpr char kBoundName[] = "bound";
constexpr char kPhasesName[] = "compression begins";

std::vector<std::size_t> every_epoch(const SeriesSet& set) {
  std::vector<std::size_t> all(set.epochs.size());
  std::iota(all.begin(), all.end(), 0);
  return all;
}

// Lines "i_xt i_ty", with a blank line between epochs.
std::string joins(const SeriesSet& set, const std::vector<std::size_t>& epochs) {
  std::string text;
  for (const std::size_t i : epochs) {
    for (const Series& series : set.series) {
      if (const auto place = place_at(series, set.epochs[i])) text += fmt::format("{} {}\n", (*place)[0], (*place)[1]);
    }
    text += "\n";
  }
  return text;
}

std::string bound_block(const SeriesSet& set) {
  std::string text;
  for (const auto& [i_xt, i_ty] : set.bound) text += fmt::format("{} {}\n", i_xt, i_ty);
  return text;
}

// The point at which I(X;T) begins to fall, see start_of_fall; the last one if it does not.
std::size_t start_of_compression(const Series& series) {
  Curve curve;
  for (std::size_t i = 0; i < series.epochs.size(); ++i)
    curve.emplace_back(series.epochs[i], series.quantities[0][i].center);
  const double start = start_of_fall(curve);
  const auto place = std::find_if(curve.begin(), curve.end(),
                                  [&](const auto& point) { return static_cast<double>(point.first) == start; });
  return place == curve.end() ? curve.size() - 1 : static_cast<std::size_t>(place - curve.begin());
}

// A line "i_xt i_ty" for each layer.
std::string phases_block(const SeriesSet& set) {
  std::string text;
  for (const Series& series : set.series) {
    const std::size_t start = start_of_compression(series);
    text += fmt::format("{} {}\n", series.quantities[0][start].center, series.quantities[1][start].center);
  }
  return text + "\n\n";
}

// Gray lines at the back, then the trajectories; on top, an outlined point at the end of each, of decreasing size so
// that coinciding ends remain visible.
GnuplotScript trajectories(const SeriesSet& set, bool phases) {
  const std::size_t count = set.series.size(), bound = count + (phases ? 2 : 1);
  std::vector<GnuplotScript> back{gnuplot("data index {} using 1:2 with lines lw 0.5 lc rgb '#bbbbbb' notitle", count)};
  if (!set.bound.empty()) {
    back.push_back(gnuplot("data index {} using 1:2 with lines lw 1.2 dt (8,3) lc rgb '#222222' notitle", bound));
  }
  std::vector<GnuplotScript> ends, outlines, key;
  for (std::size_t i = 0; i < count; ++i) {
    const Series& series = set.series[i];
    const int type = point_type(i);
    const std::size_t last = series.epochs.size() - 1;
    const double size = 1.1 - 0.4 * static_cast<double>(i) / static_cast<double>(count);
    back.push_back(gnuplot(
        "data index {} using 2:5:(position($1)) with linespoints lw 0.8 pt {} ps 0.4 lc palette z notitle", i, type));
    ends.push_back(gnuplot(
        "data index {} every ::{}::{} using 2:5:(position($1)) with points pt {} ps {:.2f} lc palette z notitle", i,
        last, last, type, size));
    outlines.push_back(
        gnuplot("data index {} every ::{}::{} using 2:5 with points pt {} ps {:.2f} lw 0.7 lc rgb '#222222' notitle", i,
                last, last, outline(type), size));
    key.push_back(
        gnuplot("keyentry with points pt {} ps 0.9 lc rgb '#444444' title {}", type, gnuplot_text(series.name)));
  }
  if (phases) {
    back.push_back(gnuplot("data index {} using 1:2 with lines lw 2 lc rgb '#009E73' notitle", count + 1));
    key.push_back(gnuplot("keyentry with lines lw 2 lc rgb '#009E73' title '{}'", kPhasesName));
  }
  if (!set.bound.empty())
    key.push_back(gnuplot("keyentry with lines lw 1.2 dt (8,3) lc rgb '#222222' title '{}'", kBoundName));
  for (const auto& parts : {ends, outlines, key}) back.insert(back.end(), parts.begin(), parts.end());
  return plot_command(back);
}

Plot plane(const SeriesSet& set, bool phases) {
  std::vector<std::string> names = names_of(set);
  if (phases) names.emplace_back(kPhasesName);
  if (!set.bound.empty()) names.emplace_back(kBoundName);
  const Heading top = heading(set, "mean", names, kBodyCm);
  const EpochAxis axis = epoch_axis(set.epochs);
  std::array<Range, 2> ranges{axis_range(set, 0, false), axis_range(set, 1, false)};
  if (!set.bound.empty()) {
    ranges[0].low = ranges[1].low = 0;
    ranges[1].high = std::max(ranges[1].high, 1.05 * set.bound.back()[1]);
  }
  const std::array scale{ranges[0].high - ranges[0].low, ranges[1].high - ranges[1].low};
  const auto joined = phases ? every_epoch(set) : joined_epochs(set.series, set.epochs, scale, kLeastStep);
  Plot plot;
  plot.height_cm = kBodyCm + top.height_cm;
  plot.data = data_blocks(set) + joins(set, joined) + "\n" + (phases ? phases_block(set) : "") + bound_block(set);
  plot.script =
      axis.definition() + top.script +
      gnuplot(
          "set border lw 0.7\nset tics scale 0.6 font ',7' nomirror\n"
          "set lmargin at screen 0.15\nset rmargin at screen 0.82\n"
          "set bmargin at screen {:.4f}\nset tmargin at screen {:.4f}\n"
          "set xrange {}\nset yrange {}\nset xtics {:.6g}\nset ytics {:.6g}\n"
          "set xlabel {}\nset label {} at screen 0.03, graph 0.5 center rotate by 90\n"
          "set logscale cb\nset cbrange {}\nset cbtics {}\nset label 'epoch' at screen 0.975, graph 0.5 center rotate "
          "by 90\n"
          "set colorbox user origin screen 0.845, graph 0 size screen 0.03, graph 1\n"
          "set palette defined (0 '#0d0887', 1 '#5302a3', 2 '#8b0aa5', 3 '#b83289', 4 '#db5c68', 5 '#f48849', "
          "6 '#febd2a')\n",
          0.95 / plot.height_cm, (kBodyCm - 0.1) / plot.height_cm, ranges[0].text(), ranges[1].text(), ranges[0].step(),
          ranges[1].step(), kXtLabel, kTyLabel, axis.range(), axis.tics()) +
      vertical_cap_line(ranges[0], set.caps[0]) + cap_line(ranges[1], set.caps[1]) +
      best_line(ranges[1], set.truths[1]) + trajectories(set, phases);
  return plot;
}

bool is_known(double cap) { return std::isfinite(cap) && cap > 0; }

// The bound of a label that X determines: min(I(X;T), H(Y)). Of an estimator without a cap of I(T;Y) only its diagonal.
std::vector<std::array<double, 2>> bound_of_determined(const SeriesSet& set) {
  const double corner = is_known(set.caps[1]) ? set.caps[1] : axis_range(set, 1, false).high;
  return {{0, 0}, {corner, corner}};
}

// Continued to the cap of I(X;T).
std::vector<std::array<double, 2>> bound_of(const RunResults& results, const SeriesSet& set) {
  std::vector<std::array<double, 2>> bound;
  for (const BottleneckPoint& point : results.bottleneck) bound.push_back({point.i_xt_bits, point.i_ty_bits});
  if (bound.empty()) bound = bound_of_determined(set);
  if (results.bottleneck.empty() && !is_known(set.caps[1])) return bound;
  const double end = is_known(set.caps[0]) ? set.caps[0] : axis_range(set, 0, false).high;
  bound.push_back({std::max(end, bound.back()[0]), bound.back()[1]});
  return bound;
}

class InformationPlane : public Figure {
 public:
  explicit InformationPlane(InformationPlaneOptions options) : options_(std::move(options)) {}

  void draw(const RunResults& results, const std::filesystem::path& folder, const std::string& name) const override {
    SeriesSet set = information_series(results, options_.selection);
    if (!is_measured(set, 0)) throw UsageError(fmt::format("the results of {} have no I(X;T)", set.estimator));
    if (options_.bound) set.bound = bound_of(results, set);
    infoplane::draw(plane(set, options_.phases), folder, name);
  }
  ResultNeeds needs() const override {
    ResultNeeds needs = needs_of(options_.selection);
    needs.i_xt = true;
    return needs;
  }

 private:
  InformationPlaneOptions options_;
};

}  // namespace

Fields fields(InformationPlaneOptions& o) {
  Fields list = fields(o.selection);
  list.push_back(field("bound", o.bound, "also draw the largest possible I(T;Y) for each I(X;T)"));
  list.push_back(field("phases", o.phases, "join the layers at every epoch, and where the compression of each begins"));
  return list;
}

std::unique_ptr<Figure> make_information_plane(const InformationPlaneOptions& options) {
  return std::make_unique<InformationPlane>(options);
}

}  // namespace infoplane::experiments
