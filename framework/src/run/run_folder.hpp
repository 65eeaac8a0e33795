#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <utility>

#include <infoplane/experiment.hpp>

#include "results/store.hpp"

namespace infoplane {

/// A key for sorting runs by start: the time in a folder's name and the number of those in the same second.
std::pair<std::string, int> age_of(const std::filesystem::path& folder);

/// The latest run with that name in OUT, if there is one. Only folders with names given by a store count, not copies
/// with other names.
std::optional<std::filesystem::path> latest_run(const std::filesystem::path& out, const std::string& experiment);

/// The tables of a run of the experiment.
Tables tables_of(const Experiment& experiment);

/// Makes OUT/EXPERIMENT/ID and writes its experiment.yaml.
Store make_store(const Experiment& experiment, const Catalogue& catalogue, const std::filesystem::path& out,
                 Store::Name name = Store::Name::at_once);

/// "PATH is VALUE there and VALUE here" of the first difference of the trees, "" if there is none; `path` is that of
/// the trees.
std::string difference(const Node& there, const Node& here, const std::string& path);

/// The part of an experiment that determines its numbers: everything except figures and claims.
Node numbers_of(const Experiment& experiment, const Catalogue& catalogue);

/// SHA-256 of numbers_of with former keys; identifies the experiment in a checkpoint.
std::string experiment_digest(const Experiment& experiment, const Catalogue& catalogue);

/// Whether the folder's experiment.yaml is that of its checkpoint, apart from keys of a later version; true if this
/// cannot be known: without a checkpoint, for a type that the catalogue lacks.
bool is_of_checkpoint(const std::filesystem::path& folder, const Catalogue& catalogue);

/// Throws UsageError "FOLDER/experiment.yaml: modified since the run wrote it: not the experiment of its checkpoint".
/// Changed figures and claims are allowed. See is_of_checkpoint.
void require_own_experiment(const std::filesystem::path& folder, const Catalogue& catalogue);

/// Throws UsageError "FOLDER: PATH is VALUE there and VALUE here" if the folder's experiment has other
/// numbers.
void require_same_numbers(const std::filesystem::path& folder, const Experiment& experiment,
                          const Catalogue& catalogue);

}  // namespace infoplane
