#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "runs/run_information.hpp"
#include "runs/run_table.hpp"
#include "runs/settings.hpp"

namespace infoplane::experiments {

/// Runs beside each other.
struct Comparison {
  std::vector<NamedRun> runs;
  std::vector<std::vector<LayerInformation>> information;  ///< of each run, what is to be told of it
  std::vector<Difference> settings;                        ///< of the runs' experiments
};

/// For the eye: the runs, the settings that differ, the information, where the runs' rows of one layer stand together.
std::string comparison_text(const Comparison& comparison);

/// The information: a row by run, layer and estimator, with the run's values of the settings that differ.
std::string comparison_csv(const Comparison& comparison);

/// A list of the runs, each with its values of the settings that differ and its information.
std::string comparison_json(const Comparison& comparison);

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
