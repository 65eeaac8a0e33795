#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "figures/series.hpp"
#include "runs/comparison.hpp"

namespace infoplane::experiments {

/// The means of one estimator's layers; `layers` empty: all. Without series where there is none.
SeriesSet plane_of(const std::vector<LayerInformation>& information, const std::string& estimator,
                   const std::vector<std::string>& layers);

struct DrawnPlanes {
  std::filesystem::path picture;      ///< the PNG; empty where no run has a plane
  std::size_t left_out = 0;           ///< runs that have a plane, beyond kMostPlanes
  std::string estimator;              ///< which is drawn
  std::vector<std::string> without;   ///< runs that have information, but none of this estimator
  std::vector<std::string> too_deep;  ///< runs that have a plane of more layers than a figure can show
};

/// Draws the planes of the first kMostPlanes runs that have one into the folder, planes.svg and planes.png. `layers`
/// empty: all. The first run's first estimator.
DrawnPlanes draw_planes(const Comparison& comparison, const std::vector<std::string>& layers,
                        const std::filesystem::path& folder);

}  // namespace infoplane::experiments
