#include "figures/figures.hpp"
#include "figures/panels.hpp"
#include "figures/series.hpp"

namespace infoplane::experiments {
namespace {

class LearningCurves : public Figure {
 public:
  void draw(const RunResults& results, const std::filesystem::path& folder, const std::string& name) const override {
    infoplane::draw(panels(learning_series(results), {"'loss in nats'", "'accuracy'"}), folder, name);
  }
};

}  // namespace

std::unique_ptr<Figure> make_learning_curves(const LearningCurvesOptions&) {
  return std::make_unique<LearningCurves>();
}

}  // namespace infoplane::experiments
