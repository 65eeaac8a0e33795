#pragma once

#include "sweep/plan.hpp"

namespace infoplane::experiments {

/// Writes what came of a sweep's runs into its folder, in the plan's order; a run that did not finish has its state
/// alone.
///
///   overview.csv   a row for each run, layer and estimator: run, state, folder, what varies, test accuracy and loss,
///   and the
///                  columns of information_table()
///   overview.md    the same as tables to read: what varies, accuracy and loss; for each estimator the layers, final
///   (peak) planes.png     and planes.svg: see draw_planes()
///
/// All text of configs is escaped. Throws Error where a file cannot be written; a run that cannot be read has "damaged"
/// as its state. Returns the paths of the files to look at.
std::vector<std::filesystem::path> write_overview(const SweepPlan& plan);

}  // namespace infoplane::experiments
