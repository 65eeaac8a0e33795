#include "figures/figures.hpp"
#include "figures/panels.hpp"
#include "figures/series.hpp"
#include "figures/style.hpp"

namespace infoplane::experiments {
namespace {

class InformationCurves : public InformationFigure {
 public:
  using InformationFigure::InformationFigure;

 private:
  Plot plot(const SeriesSet& set) const override { return panels(set, {kXtLabel, kTyLabel}); }
};

}  // namespace

std::unique_ptr<Figure> make_information_curves(const InformationCurvesOptions& options) {
  return std::make_unique<InformationCurves>(options);
}

}  // namespace infoplane::experiments
