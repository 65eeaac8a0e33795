#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include <infoplane/run.hpp>

namespace infoplane::experiments {

/// The configs with the `--set` assignments applied to each, read and checked to fit together. Throws UsageError.
std::vector<Experiment> read_configs(const std::vector<std::string>& configs,
                                     const std::vector<std::string>& assignments, const Catalogue& catalogue);

/// Runs the experiments in turn and prints the folder of each.
void run_command(const std::vector<Experiment>& experiments, const Catalogue& catalogue, const RunOptions& options);

/// Goes on with the run in the folder and prints the folder.
void resume_command(const std::filesystem::path& folder, const Catalogue& catalogue, const RunOptions& options);

/// Writes the data set of an experiment: its inputs [N, D] float32 to the .npy file, its labels [N] int64 beside it, to
/// NAME.labels.npy, and prints both names.
void simulate_command(const Experiment& experiment, const std::filesystem::path& file);

}  // namespace infoplane::experiments
