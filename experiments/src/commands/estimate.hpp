#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include <infoplane/experiment.hpp>

namespace infoplane::experiments {

struct EstimateArguments {
  std::vector<std::string> activations;  ///< files, a layer each
  std::string labels;
  std::string input;                    ///< empty: every sample is an input of its own
  std::vector<std::string> estimators;  ///< YAML, as in a config's list
  std::string format = "table";         ///< table, csv or json
  std::string out;                      ///< empty: nothing is stored
  bool report = false;                  ///< with `out`: report.html is written beside the rows
};

/// Estimates I(X;T) and I(T;Y) of activations that any program saved, and prints the rows; with `out`, stores them as a
/// run whose layers bear their files' names, with what they were made of (estimate.yaml, provenance.json), and draws
/// their plane and curves. Arrays are [N, M], or [E, N, M] for E epochs; further dimensions are units.
void estimate_command(const EstimateArguments& arguments, const Catalogue& catalogue);

/// Draws figures of a run's folder into its figures/: those given in YAML, else those of its experiment, whose claims
/// are evaluated anew where the run is finished, else the plane and the curves.
void figures_command(const std::filesystem::path& folder, const std::vector<std::string>& figures,
                     const Catalogue& catalogue);

}  // namespace infoplane::experiments
