#pragma once

#include "sweep/plan.hpp"

namespace infoplane::experiments {

/// Runs what is not finished as child processes, `jobs` at a time, 0: as many as threads; options.threads are divided among
/// them, 0: one a core. Shards are merged. Returns "NAME: REASON" of each run that failed. Throws Interrupted when a signal has
/// ended them.
std::vector<std::string> run_here(SweepPlan& plan, std::int64_t jobs, const RunOptions& options, const Catalogue& catalogue);

}  // namespace infoplane::experiments
