#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "figures/series.hpp"
#include "runs/comparison.hpp"

namespace infoplane::experiments {

/// The means of the layers for one estimator; `layers` empty: all. Has no series if nothing matches.
SeriesSet plane_of(const std::vector<LayerInformation>& information, const std::string& estimator,
                   const std::vector<std::string>& layers);

struct DrawnPlanes {
  std::filesystem::path picture;      ///< the PNG; empty if no run has a plane
  std::size_t left_out = 0;           ///< number of runs beyond kMostPlanes
  std::string estimator;              ///< the estimator drawn
  std::vector<std::string> without;   ///< runs with information, but none from this estimator
  std::vector<std::string> too_deep;  ///< runs with more layers than a figure can show
};

/// Draws the planes of the first kMostPlanes runs that have one as planes.svg and planes.png in the folder, for the
/// first estimator of the first run. `layers` empty: all.
DrawnPlanes draw_planes(const Comparison& comparison, const std::vector<std::string>& layers,
                        const std::filesystem::path& folder);

}  // namespace infoplane::experiments
