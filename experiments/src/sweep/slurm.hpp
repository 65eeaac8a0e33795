#pragma once

#include <string>
#include <vector>

#include <infoplane/run.hpp>

#include "sweep/plan.hpp"

namespace infoplane::experiments {

struct SlurmOptions {
  std::string sbatch;     ///< options for sbatch, divided by blanks, each written into the script
  std::int64_t jobs = 0;  ///< tasks at a time; 0: as many as Slurm lets run
};

/// A script for sbatch whose i-th array task goes on with the run in the i-th folder, which is absolute. At the signal
/// that precedes the time limit a task keeps a checkpoint and goes back to the queue. Paths stand in single quotes, and
/// nothing else in it comes from outside but the options. Throws UsageError for options that are not led by '-' or hold
/// control characters.
std::string array_script(const std::vector<std::filesystem::path>& runs, const std::filesystem::path& logs,
                         const SlurmOptions& options, const RunOptions& run_options);

/// Throws Error where the job that was submitted last is still in the queue, and where squeue cannot tell, in its
/// words. No Slurm, no queue.
void require_left_the_queue(const SweepPlan& plan);

/// Makes the folders of what is not finished, writes the script to OUT/NAME/slurm/array.sh, submits it, and returns the
/// number of its job, which it keeps in OUT/NAME/slurm/job. Throws Error where Slurm refuses, in its words, UsageError
/// where there is no Slurm; folders that it made are then removed.
std::string submit(SweepPlan& plan, const SlurmOptions& options, const RunOptions& run_options,
                   const Catalogue& catalogue);

}  // namespace infoplane::experiments
