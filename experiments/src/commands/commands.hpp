#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include <infoplane/run.hpp>

namespace infoplane::experiments {

/// Reads and checks configs, and every experiment of those that are sweeps; prints a line for each.
void check_command(const std::vector<std::string>& configs, const std::vector<std::string>& assignments,
                   const Catalogue& catalogue);

/// Runs the experiments in turn and prints the folder of each.
void run_command(const std::vector<Experiment>& experiments, const Catalogue& catalogue, const RunOptions& options);

/// Goes on with the run in the folder and prints the folder. Progress: "bar" (see ProgressBar) or "json" (see
/// JsonProgress).
void resume_command(const std::filesystem::path& folder, const Catalogue& catalogue, const RunOptions& options,
                    const std::string& progress);

/// Writes the data set of an experiment: its inputs [N, D] float32 to the .npy file, its labels [N] int64 beside it, to
/// NAME.labels.npy, and prints both names.
void simulate_command(const Experiment& experiment, const std::filesystem::path& file);

}  // namespace infoplane::experiments
