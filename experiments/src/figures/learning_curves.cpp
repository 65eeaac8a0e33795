#include "figures/figures.hpp"
#include "figures/panels.hpp"
#include "figures/series.hpp"

namespace infoplane::experiments {
namespace {

class LearningCurves : public Figure {
 public:
  explicit LearningCurves(LearningCurvesOptions options) : options_(options) {}

  void draw(const RunResults& results, const std::filesystem::path& folder, const std::string& name) const override {
    const std::vector<GnuplotScript> labels{gnuplot_quoted(title_of(results.loss)), "'accuracy'"};
    infoplane::draw(panels(learning_series(results, options_.band), options_.band, labels), folder, name);
  }

 private:
  LearningCurvesOptions options_;
};

}  // namespace

Fields fields(LearningCurvesOptions& o) { return {band_field(o.band)}; }

std::unique_ptr<Figure> make_learning_curves(const LearningCurvesOptions& options) {
  return std::make_unique<LearningCurves>(options);
}

}  // namespace infoplane::experiments
