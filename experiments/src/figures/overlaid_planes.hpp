#pragma once

#include <string>
#include <vector>

#include <infoplane/figure.hpp>

#include "figures/series.hpp"

namespace infoplane::experiments {

/// The largest number of runs that can be distinguished in one plane.
inline constexpr std::size_t kMostPlanes = 12;

/// The information planes of several runs in one plot: one color per run, one marker per layer at the end of its
/// trajectory; caps are dashed if all runs have the same. `sets` holds the means of 1 to kMostPlanes runs for one
/// estimator, each with at least one series and epoch; `experiment` is the label of the run.
Plot overlaid_planes(const std::vector<SeriesSet>& sets);

}  // namespace infoplane::experiments
