#include "figures/compared_planes.hpp"

#include <algorithm>
#include <cmath>
#include <set>

#include "figures/overlaid_planes.hpp"

namespace infoplane::experiments {
namespace {

bool contains(const std::vector<std::string>& names, const std::string& name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

}  // namespace

SeriesSet plane_of(const std::vector<LayerInformation>& information, const std::string& estimator,
                   const std::vector<std::string>& layers) {
  SeriesSet set;
  set.estimator = estimator;
  std::set<std::int64_t> epochs;
  for (const LayerInformation& of : information) {
    if (of.estimator != estimator || (!layers.empty() && !contains(layers, of.layer))) continue;
    Series series{of.layer, of.epochs, std::vector<std::vector<Band>>(2)};
    for (const std::size_t q : {0, 1}) {
      for (const double mean : of.means[q]) series.quantities[q].push_back({mean, mean, mean});
      set.caps[q] = std::max(set.caps[q], of.caps[q].high);  // NaN leaves it
    }
    epochs.insert(of.epochs.begin(), of.epochs.end());
    set.replicas = std::max(set.replicas, of.replicas);
    set.series.push_back(std::move(series));
  }
  set.epochs.assign(epochs.begin(), epochs.end());
  return set;
}

DrawnPlanes draw_planes(const Comparison& c, const std::vector<std::string>& layers,
                        const std::filesystem::path& folder) {
  std::vector<SeriesSet> sets;
  DrawnPlanes drawn;
  for (std::size_t r = 0; r < c.runs.size(); ++r) {
    if (c.information[r].empty()) continue;
    const auto measured = std::find_if(c.information[r].begin(), c.information[r].end(),
                                       [](const LayerInformation& of) { return !std::isnan(of.caps[0].high); });
    if (drawn.estimator.empty() && measured != c.information[r].end()) drawn.estimator = measured->estimator;
    SeriesSet set = plane_of(c.information[r], drawn.estimator, layers);
    if (set.epochs.empty()) drawn.without.push_back(c.runs[r].name);
    if (set.epochs.empty()) continue;
    if (set.series.size() > kMostSeries) {
      drawn.too_deep.push_back(c.runs[r].name);
      continue;
    }
    set.experiment = c.runs[r].name;
    if (sets.size() < kMostPlanes)
      sets.push_back(std::move(set));
    else
      ++drawn.left_out;
  }
  if (sets.empty()) return drawn;
  draw(overlaid_planes(sets), folder, "planes");
  drawn.picture = folder / "planes.png";
  return drawn;
}

}  // namespace infoplane::experiments
