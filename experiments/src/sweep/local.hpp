#pragma once

#include <infoplane/run.hpp>

#include "sweep/plan.hpp"

namespace infoplane::experiments {

/// Runs what is not finished as child processes, `jobs` at a time, 0: as many as threads; options.threads are divided
/// among them, 0: one a core. Those that fail have a problem then. Shards are merged. Throws Interrupted when a signal
/// has ended them.
void run_here(SweepPlan& plan, std::int64_t jobs, const RunOptions& options, const Catalogue& catalogue);

}  // namespace infoplane::experiments
