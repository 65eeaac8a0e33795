#pragma once

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

}  // namespace infoplane::experiments
