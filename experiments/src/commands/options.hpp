#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include <CLI/CLI.hpp>

#include <infoplane/run.hpp>

#include "runs/read_configs.hpp"

/// Options that several subcommands share.
namespace infoplane::experiments {

/// `--set K=V`, repeatable, and `--seed N`.
void add_set(CLI::App& command, Assignments& assignments);

/// `--claims`.
void add_claims(CLI::App& command, Assignments& assignments);

/// `CONFIG...`, `--set`, `--seed` and `--claims`.
void add_configs(CLI::App& command, std::vector<std::string>& configs, Assignments& assignments);

/// `RUN`, the folder of one run; see run_folder.
void add_run_folder(CLI::App& command, std::string& folder);

/// `--out DIR`, the folder for the runs.
void add_out(CLI::App& command, std::filesystem::path& out);

/// `--format table|csv|json`.
void add_format(CLI::App& command, std::string& format);

/// `--device auto|cpu|cuda[:N]`.
void add_device(CLI::App& command, std::string& device);

/// `--checkpoint-every SECONDS`.
void add_checkpoint_every(CLI::App& command, double& seconds);

/// `--anyway`.
void add_anyway(CLI::App& command, bool& anyway);

/// `--device`, `--threads` and `--checkpoint-every`.
void add_run_options(CLI::App& command, RunOptions& options);

/// Whole numbers from low to high, shown in the help as "low..high".
CLI::Validator whole_range(std::int64_t low, std::int64_t high);

/// What `--estimator` and `--figure` take.
inline constexpr const char* kChoiceInYaml = "YAML: NAME or {type: NAME, option: value, ...}";

}  // namespace infoplane::experiments
