#pragma once

#include <string>
#include <vector>

#include <infoplane/figure.hpp>

#include "figures/series.hpp"

namespace infoplane::experiments {

/// So many runs can be told apart in one plane.
inline constexpr std::size_t kMostPlanes = 12;

/// The information planes of runs in one: a colour for each run, a shape for each layer, which stands at the end of its
/// trajectory; caps dashed where all runs have the same. `sets` are the runs' means for one estimator, 1 to
/// kMostPlanes, each with an epoch and a series; their `experiment` is what the run is called.
Plot overlaid_planes(const std::vector<SeriesSet>& sets);

}  // namespace infoplane::experiments
