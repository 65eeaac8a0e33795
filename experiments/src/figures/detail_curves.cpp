#include "figures/figures.hpp"
#include "figures/panels.hpp"
#include "figures/series.hpp"

namespace infoplane::experiments {
namespace {

// Details by name, which includes the unit.
std::string label_of(const std::string& detail) {
  std::string label;
  for (const char c : detail) {
    if (c == '_') {
      label += ' ';
    } else {
      label += c;
    }
  }
  return label;
}

class DetailCurves : public Figure {
 public:
  explicit DetailCurves(DetailCurvesOptions options) : options_(std::move(options)) {}

  void draw(const RunResults& results, const std::filesystem::path& folder, const std::string& name) const override {
    const SeriesSet set = detail_series(results, options_);
    infoplane::draw(panels(set, options_.band, {gnuplot_escaped(label_of(options_.detail))}), folder, name);
  }
  ResultNeeds needs() const override {
    ResultNeeds needs = needs_of(options_.selection);
    needs.details = {options_.detail};
    return needs;
  }

 private:
  DetailCurvesOptions options_;
};

}  // namespace

Fields fields(DetailCurvesOptions& o) {
  Fields list = fields(o.selection);
  list.insert(list.begin(), field("detail", o.detail, "column of information.csv, such as bins, words or clusters"));
  list.push_back(band_field(o.band));
  return list;
}

std::unique_ptr<Figure> make_detail_curves(const DetailCurvesOptions& options) {
  return std::make_unique<DetailCurves>(options);
}

}  // namespace infoplane::experiments
