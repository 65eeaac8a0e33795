#include "figures/figures.hpp"
#include "figures/panels.hpp"
#include "figures/series.hpp"

namespace infoplane::experiments {
namespace {

class ParameterCurves : public Figure {
 public:
  explicit ParameterCurves(ParameterCurvesOptions options) : options_(std::move(options)) {}

  void draw(const RunResults& results, const std::filesystem::path& folder, const std::string& name) const override {
    const SeriesSet set = parameter_series(results, options_);
    infoplane::draw(panels(set, options_.band, {options_.magnitude ? GnuplotScript("'absolute value'") : "'value'"}),
                    folder, name);
  }
  ResultNeeds needs() const override {
    ResultNeeds needs;
    needs.parameters = true;
    needs.most_elements = kMostElements;
    for (const std::string& parameter : options_.parameters) needs.elements.emplace_back(parameter, 0);
    return needs;
  }

 private:
  ParameterCurvesOptions options_;
};

}  // namespace

Fields fields(ParameterCurvesOptions& o) {
  return {
      field("parameters", o.parameters, "parameters to show, by name in the model, such as linear1.weight; empty: all"),
      field("magnitude", o.magnitude, "absolute values, so that replicas of opposite sign do not cancel"),
      band_field(o.band)};
}

std::unique_ptr<Figure> make_parameter_curves(const ParameterCurvesOptions& options) {
  return std::make_unique<ParameterCurves>(options);
}

}  // namespace infoplane::experiments
