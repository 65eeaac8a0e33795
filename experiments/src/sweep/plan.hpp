#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include <infoplane/experiment.hpp>

#include "base/interruption.hpp"
#include "runs/read_configs.hpp"

namespace infoplane::experiments {

/// An experiment, or a shard of one, and the state of its run.
struct Part {
  Experiment experiment;
  std::filesystem::path out;     ///< the folder for its run
  std::filesystem::path folder;  ///< of its run; empty if it has not been started
  bool finished = false;
  std::string problem;  ///< why its run failed or is unusable; else ""
};

/// One experiment of a sweep, named by its varied settings.
struct SweepRun {
  Part whole;
  std::vector<std::string> values;  ///< of the SweepPlan::paths
  std::vector<Part> shards;         ///< the runs to merge it from; empty: it is one run
  Fitted fitted;                    ///< what it lost by its settings, and warnings
};

/// The runs of a sweep.
struct SweepPlan {
  std::string config;
  std::string name;              ///< from the config
  std::filesystem::path folder;  ///< OUT/NAME: the overview and the runs
  std::vector<std::string> paths;
  std::vector<SweepRun> runs;
};

/// Reads the sweep of a config with the `--set` assignments, fits its experiments to their settings and validates all
/// its experiments. With more than one shard, divides each experiment into that many parts of consecutive replicas,
/// whose runs are in OUT/NAME/.shards; a config without a sweep is then one experiment, whose run is in OUT like any
/// other.
///
/// Throws UsageError, with the place or the experiment's name, for an invalid experiment, a config without a sweep, two
/// combinations that are the same experiment, and more shards than replicas.
SweepPlan read_plan(const std::filesystem::path& config, const Assignments& assignments,
                    const std::filesystem::path& out, std::int64_t shards, const Catalogue& catalogue);

/// Finds the runs of each experiment and shard by their content (see run_content.hpp). A finished run whose tables were
/// modified has a problem.
void look_up(SweepPlan& plan, const Catalogue& catalogue);

/// The parts to run, in order: those not finished and without a problem; of an experiment in shards, the shards.
std::vector<Part*> to_run(SweepPlan& plan);

/// The number of experiments that are not finished.
std::size_t unfinished(const SweepPlan& plan);

/// Merges the shards of each experiment whose shards are all finished; if that fails, the experiment has a problem.
/// Throws Interrupted after a signal.
void merge_shards(SweepPlan& plan, const Catalogue& catalogue);

/// "RUN: PROBLEM" for each experiment and shard that has one.
std::vector<std::string> problems_of(const SweepPlan& plan);

/// The exception that ends a sweep stopped by a signal.
Interrupted interruption_of(const SweepPlan& plan, int signal);

/// "learning_rate_0.1", of a shard "learning_rate_0.1, replicas 4 to 7".
std::string title_of(const Part& part, const SweepPlan& plan);

}  // namespace infoplane::experiments
