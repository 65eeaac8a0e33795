#pragma once

#include <filesystem>
#include <vector>

#include <infoplane/experiment.hpp>

namespace infoplane {

/// Merges finished runs of parts of one experiment, with consecutive replicas in any order, into one run,
/// OUT/EXPERIMENT/ID, and returns its folder: tables, claims and checkpoint equal those of a run of all these replicas,
/// byte for byte; figures are drawn; the provenance lists the parts. Holds one part's state and one epoch of a table in
/// memory.
///
/// Throws UsageError for a run that is not finished or whose tables or checkpoint were modified, for
/// experiments that differ in more than their replicas, figures and claims ("RUN: seed is 2 there and 1 here, in
/// FIRST"), for replicas that are missing or in two of them, and for a single run; Error if something cannot be
/// written; Interrupted soon after a signal (see install_signal_handlers). It then removes everything that it made.
std::filesystem::path merge(const std::vector<std::filesystem::path>& runs, const Catalogue& catalogue,
                            const std::filesystem::path& out);

/// The same as a run of `whole`, whose name, figures and claims may differ from those of the runs.
std::filesystem::path merge(const std::vector<std::filesystem::path>& runs, const Experiment& whole,
                            const Catalogue& catalogue, const std::filesystem::path& out);

}  // namespace infoplane
