#include "figures/figures.hpp"
#include "figures/panels.hpp"
#include "figures/series.hpp"
#include "figures/style.hpp"
#include "runs/selection.hpp"

namespace infoplane::experiments {
namespace {

class InformationBounds : public Figure {
 public:
  explicit InformationBounds(InformationSelection selection) : selection_(std::move(selection)) {}

  void draw(const RunResults& results, const std::filesystem::path& folder, const std::string& name) const override {
    infoplane::draw(panels(bound_series(results, selection_), BandKind::quantiles, {kXtLabel, kTyLabel}), folder, name);
  }
  ResultNeeds needs() const override { return of_bounds(needs_of(selection_)); }

 private:
  InformationSelection selection_;
};

}  // namespace

std::unique_ptr<Figure> make_information_bounds(const InformationBoundsOptions& options) {
  return std::make_unique<InformationBounds>(options);
}

}  // namespace infoplane::experiments
