#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include <infoplane/experiment.hpp>

#include "results/run_summary.hpp"
#include "text/table.hpp"

namespace infoplane::experiments {

/// A run with its name among several.
struct NamedRun {
  std::string name;
  std::filesystem::path folder;
  RunSummary summary;
};

/// The runs in these folders, read in parallel; each is named by its folder. One whose experiment.yaml was modified
/// (see require_own_experiment) is damaged.
std::vector<NamedRun> read_runs(const std::vector<std::filesystem::path>& folders, const Catalogue& catalogue);

/// Names each run by its experiment if that is unique, else by its experiment and the name of its folder,
/// "iris_tanh/20260131T235959Z", else by its folder.
void shorten_names(std::vector<NamedRun>& runs);

/// One row per run: run, state, replicas, last epoch and total epochs, accuracy on the test split and its standard
/// deviation over the replicas, number of claims that hold and of all claims, start, wall time, problem.
Table run_table(const std::vector<NamedRun>& runs);

/// The same for people to read, in fewer columns; the problem only if a run has one.
Table run_texts(const std::vector<NamedRun>& runs);

}  // namespace infoplane::experiments
