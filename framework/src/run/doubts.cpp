#include "run/doubts.hpp"

#include <algorithm>
#include <array>

#include <fmt/format.h>

namespace infoplane {
namespace {

// Options of estimators that divide the samples.
constexpr std::array<const char*, 5> kParts = {"bins", "clusters", "max_clusters", "components", "max_components"};

void compare(const std::string& path, std::int64_t parts, std::int64_t samples, std::vector<std::string>& lines) {
  if (parts <= samples) return;
  lines.push_back(fmt::format("{} is {}, above the number of observed samples, {}", path, parts, samples));
}

void compare_options(const Fields& options, const std::string& path, std::int64_t samples,
                     std::vector<std::string>& lines) {
  for (const Field& option : options) {
    if (std::find(kParts.begin(), kParts.end(), option.name) == kParts.end()) continue;
    const Node value = option.binding->write();
    if (value.kind != Node::Kind::scalar) continue;
    try {
      compare(join_path(path, option.name), Codec<std::int64_t>::read(value, path), samples, lines);
    } catch (const Misfit&) {  // another estimator's option of that name, which is no number
      continue;
    }
  }
}

}  // namespace

std::vector<std::string> doubts(const Experiment& experiment, std::int64_t samples) {
  std::vector<std::string> lines;
  if (observed_epochs(experiment).size() == 1) {
    lines.emplace_back("observe.schedule has no epoch after 0: nothing is observed after training starts");
  }
  const HistogramOptions& histograms = experiment.observe.histograms;
  if (!histograms.epochs.empty()) compare("observe.histograms.bins", histograms.bins, samples, lines);
  for (std::size_t e = 0; e < experiment.estimators.size(); ++e) {
    compare_options(experiment.estimators[e].fields(), fmt::format("estimators.{}", e), samples, lines);
  }
  return lines;
}

}  // namespace infoplane
