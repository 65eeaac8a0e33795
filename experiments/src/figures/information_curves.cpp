#include "figures/figures.hpp"
#include "figures/panels.hpp"
#include "figures/series.hpp"
#include "figures/style.hpp"

namespace infoplane::experiments {
namespace {

SeriesSet without_first_quantity(SeriesSet set) {
  for (Series& series : set.series) series.quantities.erase(series.quantities.begin());
  set.caps = {set.caps[1], 0};
  set.truths = {set.truths[1], 0};
  return set;
}

class CurvesOfInformation : public Figure {
 public:
  explicit CurvesOfInformation(InformationCurvesOptions options) : options_(std::move(options)) {}

  void draw(const RunResults& results, const std::filesystem::path& folder, const std::string& name) const override {
    const SeriesSet set = information_series(results, options_.selection, options_.band);
    const Plot plot = is_measured(set, 0) ? panels(set, options_.band, {kXtLabel, kTyLabel})
                                          : panels(without_first_quantity(set), options_.band, {kTyLabel});
    infoplane::draw(plot, folder, name);
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
