#include <array>

#include <ATen/CPUGeneratorImpl.h>
#include <fmt/format.h>

#include <infoplane/estimators/bin_edges.hpp>
#include <infoplane/estimators/histogram2d.hpp>

#include "figures/figures.hpp"
#include "figures/style.hpp"

namespace infoplane::experiments {
namespace {

constexpr std::int64_t kSamples = 40;
constexpr std::int64_t kBins = 3;
constexpr std::uint64_t kSeed = 1;

struct Points {
  torch::Tensor x, t;  // [N, 1]
};

// Correlated normal numbers, squashed as by a tanh unit with noise.
Points random_points() {
  const torch::Tensor normal = torch::empty({kSamples, 2}, torch::kFloat64);
  normal.normal_(0, 1, at::detail::createCPUGenerator(kSeed));
  const torch::Tensor x = normal.narrow(1, 0, 1);
  return {x, torch::tanh(x + 0.5 * normal.narrow(1, 1, 1))};
}

double information_of(const Points& points) {
  estimators::Histogram2dOptions options;
  options.bins = kBins;
  LayerSamples samples;
  samples.inputs = points.x;
  samples.activations = points.t;
  samples.labels = torch::zeros({kSamples}, torch::kInt64);
  samples.classes = 1;
  return make_histogram2d(options, kSeed)->estimate(samples).values.front().i_xt_bits;
}

double middle(const std::vector<double>& edges, std::int64_t bin) { return (edges[bin] + edges[bin + 1]) / 2; }

// "x t" for each point; then "x t count" for each cell, at its center.
std::string data_of(const Points& points, const std::vector<double>& x_edges, const std::vector<double>& t_edges) {
  std::vector<std::int32_t> columns, rows;
  estimators::BinEdges(x_edges).indices(points.x, columns);
  estimators::BinEdges(t_edges).indices(points.t, rows);
  std::array<std::array<int, kBins>, kBins> count{};
  std::string text;
  for (std::int64_t i = 0; i < kSamples; ++i) {
    ++count[columns[i]][rows[i]];
    text += fmt::format("{:.6g} {:.6g}\n", points.x[i].item<double>(), points.t[i].item<double>());
  }
  text += "\n\n";
  for (std::int64_t i = 0; i < kBins; ++i) {
    for (std::int64_t j = 0; j < kBins; ++j)
      text += fmt::format("{:.6g} {:.6g} {}\n", middle(x_edges, i), middle(t_edges, j), count[i][j]);
  }
  return text;
}

GnuplotScript lines_at(const std::vector<double>& edges, bool upright) {
  GnuplotScript script;
  for (const double edge : edges) {
    script +=
        upright ? gnuplot("set arrow from first {0:.6g}, graph 0 to first {0:.6g}, graph 1 nohead back lw 0.7\n", edge)
                : gnuplot("set arrow from graph 0, first {0:.6g} to graph 1, first {0:.6g} nohead back lw 0.7\n", edge);
  }
  return script;
}

// The whole cells and a margin around them.
GnuplotScript range_of(const std::vector<double>& edges) {
  const double margin = 0.06 * (edges.back() - edges.front());
  return Range{edges.front() - margin, edges.back() + margin}.text();
}

class JointHistogram : public Figure {
 public:
  void draw(const RunResults&, const std::filesystem::path& folder, const std::string& name) const override {
    const Points points = random_points();
    const std::vector<double> x = estimators::BinEdges(estimators::extent(points.x), kBins).edges();
    const std::vector<double> t = estimators::BinEdges(estimators::extent(points.t), kBins).edges();
    Plot plot;
    plot.height_cm = 6.6;
    plot.data = data_of(points, x, t);
    plot.script =
        gnuplot(
            "unset border\nset tics scale 0 font ',7'\nset lmargin at screen 0.13\nset rmargin at screen 0.97\n"
            "set bmargin at screen 0.14\nset tmargin at screen 0.92\nset xrange {}\nset yrange {}\n"
            "set xtics ('{{/:Italic X}}_{{min}}' {:.6g}, '{{/:Italic X}}_{{max}}' {:.6g})\n"
            "set ytics ('{{/:Italic T}}_{{min}}' {:.6g}, '{{/:Italic T}}_{{max}}' {:.6g})\n"
            "set label '{} points, {{/:Italic I}}({{/:Italic X}};{{/:Italic T}}) = {:.2f} bits' at screen 0.55, "
            "screen 0.96 center font ',7' tc '#555555'\n",
            range_of(x), range_of(t), x.front(), x.back(), t.front(), t.back(), kSamples, information_of(points)) +
        lines_at(x, true) + lines_at(t, false) +
        gnuplot(
            "plot data index 1 using 1:2:3 with labels center font ',20' tc rgb '#cccccc' notitle, \\\n"
            "     data index 0 using 1:2 with points pt 7 ps 0.5 lc rgb {} notitle\n",
            color(0));
    infoplane::draw(plot, folder, name);
  }
};

}  // namespace

std::unique_ptr<Figure> make_joint_histogram(const NoOptions&) { return std::make_unique<JointHistogram>(); }

}  // namespace infoplane::experiments
