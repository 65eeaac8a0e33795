#pragma once

#include <filesystem>
#include <vector>

#include <infoplane/experiment.hpp>

namespace infoplane {

/// Joins finished runs of parts of one experiment, whose replicas follow each other in some order, into one run,
/// OUT/EXPERIMENT/ID, and returns its folder: tables, claims and checkpoint are those of a run of all these replicas,
/// byte for byte, its figures are drawn; the provenance names the parts. In memory is one part's state and one epoch of
/// a table.
///
/// Throws UsageError for a run that is not finished or whose tables or checkpoint are not as it left them, for
/// experiments that differ in more than their replicas, figures and claims ("RUN: seed is 2 there and 1 here, in
/// FIRST"), for replicas that are missing or in two of them, and for a single run; Error where something cannot be
/// written; Interrupted soon after a signal that install_signal_handlers() took. Nothing that it made is then left.
std::filesystem::path merge(const std::vector<std::filesystem::path>& runs, const Catalogue& catalogue,
                            const std::filesystem::path& out);

/// The same as the run of `whole`, whose name, figures and claims the runs need not have.
std::filesystem::path merge(const std::vector<std::filesystem::path>& runs, const Experiment& whole,
                            const Catalogue& catalogue, const std::filesystem::path& out);

}  // namespace infoplane
