#include <ATen/CPUGeneratorImpl.h>
#include <fmt/format.h>

#include <infoplane/estimators/clustering.hpp>

#include "figures/figures.hpp"
#include "figures/style.hpp"

namespace infoplane::experiments {
namespace {

constexpr std::int64_t kSamples = 10;
constexpr std::uint64_t kSeed = 1;

class ElbowFigure : public Figure {
 public:
  explicit ElbowFigure(const ElbowOptions& options) : options_(options) {}

  void draw(const RunResults&, const std::filesystem::path& folder, const std::string& name) const override {
    const torch::Tensor samples = torch::rand({kSamples, 2}, at::detail::createCPUGenerator(kSeed), torch::kFloat64);
    estimators::KMeansFit fit;
    fit.last = kSamples - 1;
    std::vector<double> sums;
    Plot plot;
    for (const auto& clustering : k_means(samples, fit, kSeed)) {
      sums.push_back(clustering.within_cluster_sum);
      plot.data += fmt::format("{} {:.6g}\n", sums.size(), sums.back());
    }
    const estimators::Elbow elbow = estimators::elbow(sums, options_.elbow);
    const Range range{0, 1.08 * sums.front()};
    plot.height_cm = 6;
    plot.script = gnuplot(
        "set border lw 0.7\nset tics scale 0.6 font ',7' nomirror\n"
        "set lmargin at screen 0.145\nset rmargin at screen 0.975\nset bmargin at screen 0.16\nset tmargin at screen "
        "0.965\n"
        "set xrange [0.7:{0}.3]\nset xtics 1\nset yrange {1}\nset ytics {2:.6g}\n"
        "set xlabel 'number of clusters K'\n"
        "set label 'within-cluster sum of squares' at screen 0.03, graph 0.5 center rotate by 90\n"
        "set arrow from first {3}, graph 0 to first {3}, graph 1 nohead back dt (5,4) lc rgb '#777777'\n"
        "set label '{4} at K = {3}' at first {3}, graph 0.93 left offset 0.7,0 font ',7' tc '#555555'\n"
        "plot data using 1:2 with linespoints lw 1.4 pt 7 ps 0.7 lc rgb {5} notitle\n",
        kSamples - 1, range.text(), range.step(), elbow.clusters, mark(elbow), color(0));
    infoplane::draw(plot, folder, name);
  }

 private:
  GnuplotScript mark(const estimators::Elbow& elbow) const {
    if (!elbow.knee_found) return "no knee: farthest from the chord";
    if (options_.elbow == estimators::ElbowCurve::sums) return "elbow of the sums (kneedle)";
    return "elbow (kneedle)";
  }

  ElbowOptions options_;
};

}  // namespace

Fields fields(ElbowOptions& o) {
  return {field("elbow", o.elbow, "curve whose elbow is marked: roots of the within-cluster sums, or the sums")};
}

std::unique_ptr<Figure> make_elbow(const ElbowOptions& options) { return std::make_unique<ElbowFigure>(options); }

}  // namespace infoplane::experiments
