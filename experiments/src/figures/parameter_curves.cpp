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
    infoplane::draw(panels(set, {options_.magnitude ? GnuplotScript("'absolute value'") : "'value'"}), folder, name);
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
  return {field("parameters", o.parameters, "which, by their names in the model: linear1.weight; none named: all"),
          field("magnitude", o.magnitude,
                "whether absolute values are drawn, so that replicas of either sign do not cancel")};
}

std::unique_ptr<Figure> make_parameter_curves(const ParameterCurvesOptions& options) {
  return std::make_unique<ParameterCurves>(options);
}

}  // namespace infoplane::experiments
