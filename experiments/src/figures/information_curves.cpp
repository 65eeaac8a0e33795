#include "figures/figures.hpp"
#include "figures/panels.hpp"
#include "figures/series.hpp"
#include "figures/style.hpp"

namespace infoplane::experiments {
namespace {

class CurvesOfInformation : public Figure {
 public:
  explicit CurvesOfInformation(InformationCurvesOptions options) : options_(std::move(options)) {}

  void draw(const RunResults& results, const std::filesystem::path& folder, const std::string& name) const override {
    const SeriesSet set = information_series(results, options_.selection, options_.band);
    infoplane::draw(panels(set, options_.band, {kXtLabel, kTyLabel}), folder, name);
  }
  ResultNeeds needs() const override { return needs_of(options_.selection); }

 private:
  InformationCurvesOptions options_;
};

}  // namespace

Fields fields(InformationCurvesOptions& o) {
  Fields list = fields(o.selection);
  list.push_back(band_field(o.band));
  return list;
}

std::unique_ptr<Figure> make_information_curves(const InformationCurvesOptions& options) {
  return std::make_unique<CurvesOfInformation>(options);
}

}  // namespace infoplane::experiments
