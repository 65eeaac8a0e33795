#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "results/run_summary.hpp"
#include "text/table.hpp"

namespace infoplane::experiments {

/// A run and what it is called where several are told of.
struct NamedRun {
  std::string name;
  std::filesystem::path folder;
  RunSummary summary;
};

/// The runs in these folders, read by as many threads as the machine has cores; each is called as its folder.
std::vector<NamedRun> read_runs(const std::vector<std::filesystem::path>& folders);

/// Calls each run by its experiment where no other bears that name, else by its experiment and the name of its folder,
/// "iris_tanh/20260131T235959Z", else by its folder.
void shorten_names(std::vector<NamedRun>& runs);

/// A row for each run: run, state, replicas, the last epoch and the experiment's, accuracy of the test split and its
/// deviation over the replicas, how many claims hold of how many, when it started, how long it took, what is wrong.
Table run_table(const std::vector<NamedRun>& runs);

/// The same for the eye, in fewer columns; what is wrong only where something is.
Table run_texts(const std::vector<NamedRun>& runs);

}  // namespace infoplane::experiments
