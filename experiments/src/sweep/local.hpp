#pragma once

#include <infoplane/run.hpp>

#include "sweep/plan.hpp"

namespace infoplane::experiments {

/// Runs the unfinished parts as child processes, `jobs` at a time (0: as many as threads), and divides options.threads
/// (0: one per core) among them. Records the problem of each that fails, and merges shards. Throws Interrupted after a
/// signal has ended them.
void run_here(SweepPlan& plan, std::int64_t jobs, const RunOptions& options, const Catalogue& catalogue);

}  // namespace infoplane::experiments
