#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include <infoplane/experiment.hpp>

#include "base/interruption.hpp"

namespace infoplane::experiments {

/// An experiment, or a shard of one, and what there is of it.
struct Part {
  Experiment experiment;
  std::filesystem::path out;     ///< where its run is made
  std::filesystem::path folder;  ///< of its run; empty where none has begun
  bool finished = false;
  std::string problem;  ///< why there is no use in its run, or why it failed; else ""
};

/// One experiment of a sweep, named by what varies.
struct SweepRun {
  Part whole;
  std::vector<std::string> values;  ///< of SweepPlan::paths
  std::vector<Part> shards;         ///< the runs that it is merged from; empty: it is run as a whole
};

/// What a sweep has to do.
struct SweepPlan {
  std::string config;
  std::string name;              ///< that the config gives
  std::filesystem::path folder;  ///< OUT/NAME: the overview and the runs
  std::vector<std::string> paths;
  std::vector<SweepRun> runs;
};

/// The sweep of a config with the `--set` assignments, every experiment of it read and checked to fit together. With
/// more than one shard each experiment is divided into so many of consecutive replicas, whose runs are in
/// OUT/NAME/.shards, and a config without a sweep stands for the one experiment that it is, whose run is in OUT as that
/// of any.
///
/// Throws UsageError with the place, or with the experiment's name, for what is wrong, for a config without a sweep,
/// two combinations that are the same experiment, and more shards than replicas.
SweepPlan read_plan(const std::filesystem::path& config, const std::vector<std::string>& assignments,
                    const std::filesystem::path& out, std::int64_t shards, const Catalogue& catalogue);

/// Looks for the runs of each experiment and shard, by their content (see run_content.hpp). A finished one whose tables
/// are not as it left them has a problem.
void look_up(SweepPlan& plan, const Catalogue& catalogue);

/// The parts that are to be run, in order: what is not finished and has no problem, of experiments in shards the
/// shards.
std::vector<Part*> to_run(SweepPlan& plan);

/// The experiments that are not finished.
std::size_t unfinished(const SweepPlan& plan);

/// Merges the shards of the experiments of which all are finished; where that fails the experiment has a problem. Ends
/// by Interrupted after a signal.
void merge_shards(SweepPlan& plan, const Catalogue& catalogue);

/// "RUN: PROBLEM" for each experiment and shard that has one.
std::vector<std::string> problems_of(const SweepPlan& plan);

/// What a sweep ends with that a signal stopped.
Interrupted interruption_of(const SweepPlan& plan, int signal);

/// "learning_rate_0.1", of a shard "learning_rate_0.1, replicas 4 to 7".
std::string title_of(const Part& part, const SweepPlan& plan);

}  // namespace infoplane::experiments
