#pragma once

#include "sweep/plan.hpp"

namespace infoplane::experiments {

/// Writes what came of a sweep's runs into its folder, in the plan's order; a run that did not finish has its state alone.
///
///   overview.csv   a row for each run, layer and estimator: run, state, what varies, test accuracy and loss, peak and final
///                  information with their deviations over the replicas, in bits, and the run's folder
///   overview.md    the same as tables to read: what varies, accuracy and loss; for each estimator the layers, final (peak)
///
/// The peak is each replica's largest value of any epoch, the mean over replicas taken of that. All text of configs is escaped; in
/// the CSV, one that a spreadsheet would take for a formula is led by an apostrophe. Throws Error where a file cannot be
/// written, UsageError where a run cannot be read.
void write_overview(const SweepPlan& plan);

}  // namespace infoplane::experiments
