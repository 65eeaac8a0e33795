#pragma once

#include <cstdint>
#include <limits>
#include <string>
#include <vector>

#include <infoplane/run.hpp>

#include "sweep/plan.hpp"

namespace infoplane::experiments {

struct SlurmOptions {
  std::string sbatch;     ///< options for sbatch, separated by spaces, written into the script
  std::int64_t jobs = 0;  ///< tasks at a time; 0: as many as Slurm allows
  std::size_t most = std::numeric_limits<std::size_t>::max();  ///< tasks of one array; submit uses the cluster's limit
};

/// A script for sbatch whose i-th array task resumes the run in the i-th folder (an absolute path), or with an argument
/// k in the (k + i)-th. At the signal before the time limit, a task writes a checkpoint and is requeued. Paths are in
/// single quotes; the options are the only other external text. Throws UsageError for options that do not start with
/// '-' or contain control characters.
std::string array_script(const std::vector<std::filesystem::path>& runs, const std::filesystem::path& logs,
                         const SlurmOptions& options, const RunOptions& run_options);

/// Throws Error if a job of the last submission is still in the queue, and with squeue's message if squeue fails.
/// Without Slurm there is no queue.
void require_left_the_queue(const SweepPlan& plan);

/// Creates the folders of unfinished runs, writes the script to OUT/NAME/slurm/array.sh, submits it, and returns the
/// job numbers, which it also writes to OUT/NAME/slurm/job, a line each: one, or several arrays of at most the
/// cluster's MaxArraySize tasks, one after the other if options.jobs limits the tasks at a time. Throws Error with
/// Slurm's message if Slurm refuses, and UsageError without Slurm; then it removes the folders that it created, unless
/// an array was submitted before.
std::vector<std::string> submit(SweepPlan& plan, const SlurmOptions& options, const RunOptions& run_options,
                                const Catalogue& catalogue);

}  // namespace infoplane::experiments
