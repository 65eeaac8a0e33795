#pragma once

#include <string>
#include <vector>

#include "runs/run_information.hpp"
#include "runs/run_table.hpp"
#include "runs/settings.hpp"

namespace infoplane::experiments {

/// Several runs, compared.
struct Comparison {
  std::vector<NamedRun> runs;
  std::vector<std::vector<LayerInformation>> information;  ///< of each run
  std::vector<Difference> settings;                        ///< of the runs' experiments
};

/// For people to read: the runs, the settings that differ, and the information grouped by layer.
std::string comparison_text(const Comparison& comparison);

/// The information: one row per run, layer and estimator, with the run's values of the settings that differ.
std::string comparison_csv(const Comparison& comparison);

/// A list of the runs, each with its information and its values of the settings that differ.
std::string comparison_json(const Comparison& comparison);

}  // namespace infoplane::experiments
