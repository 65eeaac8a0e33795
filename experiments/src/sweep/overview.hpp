#pragma once

#include "sweep/plan.hpp"

namespace infoplane::experiments {

/// Writes the results of a sweep's runs to its folder, in the plan's order; a run that did not finish has only its
/// state.
///
///   overview.csv   a row per run, layer and estimator: run, state, folder, varied settings, test accuracy and loss,
///   and
///                  the columns of information_table()
///   overview.md    the same as tables for people: varied settings, accuracy and loss; for each estimator the layers,
///                  final (peak)
///   planes.png     and planes.svg, see draw_planes()
///
/// All text of configs is escaped. Throws Error if a file cannot be written; a run that cannot be read has the state
/// "damaged". Returns the paths of the files.
std::vector<std::filesystem::path> write_overview(const SweepPlan& plan);

}  // namespace infoplane::experiments
