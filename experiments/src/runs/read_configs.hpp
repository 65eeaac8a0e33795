#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include <infoplane/config.hpp>
#include <infoplane/experiment.hpp>

#include "run/fit.hpp"

namespace infoplane::experiments {

/// What the command line changes in a config.
struct Assignments {
  std::vector<std::string> set;  ///< of `--set`: "training.epochs=500"
  bool judge_claims = false;     ///< `--claims`: see Changes
};

/// A config with the changes made in it.
struct ChangedConfig {
  Node node;
  Changes changes;
};

/// The config with the assignments; an assignment that changes nothing is not among the changes. Throws UsageError,
/// UsageErrors for several wrong assignments.
ChangedConfig read_config(const std::filesystem::path& config, const Assignments& assignments);

/// Checks that the parts of an experiment fit together, without what it lost by the changes (see fit). Throws
/// UsageError "WHERE: ...", UsageErrors of such lines.
Fitted fit(Experiment& experiment, const Changes& changes, const std::string& where);

/// An experiment to run.
struct ReadExperiment {
  std::string config;
  Experiment experiment;
  Fitted fitted;
};

/// The configs with the assignments applied to each, read and checked to fit together. Throws UsageError, UsageErrors
/// for all mistakes of all configs.
std::vector<ReadExperiment> read_configs(const std::vector<std::string>& configs, const Assignments& assignments,
                                         const Catalogue& catalogue);

/// Prints "WHERE: left out: ..." on stderr if anything was.
void print_left_out(const std::string& where, const Fitted& fitted);

/// Prints the warnings of a check on stderr.
void print_warnings(const std::string& where, const Fitted& fitted);

}  // namespace infoplane::experiments
