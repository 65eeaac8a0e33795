#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <utility>

#include <infoplane/experiment.hpp>

#include "results/store.hpp"

namespace infoplane {

/// What orders runs by their start: the time in a folder's name and, of several of the same second, the number.
std::pair<std::string, int> age_of(const std::filesystem::path& folder);

/// The youngest run of that name in OUT, if there is one. Only folders that bear a name which a store gives count, no
/// copies under others.
std::optional<std::filesystem::path> latest_run(const std::filesystem::path& out, const std::string& experiment);

/// The tables that a run of the experiment has.
Tables tables_of(const Experiment& experiment);

/// Makes OUT/EXPERIMENT/ID and writes its experiment.yaml.
Store make_store(const Experiment& experiment, const Catalogue& catalogue, const std::filesystem::path& out,
                 Store::Name name = Store::Name::at_once);

/// "PATH is VALUE there and VALUE here" of the first place where the trees differ, "" where none does; `path` is that
/// of the trees.
std::string difference(const Node& there, const Node& here, const std::string& path);

/// What of an experiment determines its numbers: everything but the figures and the claims.
Node numbers_of(const Experiment& experiment, const Catalogue& catalogue);

/// SHA-256 of these, by which a checkpoint names its experiment.
std::string digest_of(const Experiment& experiment, const Catalogue& catalogue);

/// Throws UsageError "FOLDER: PATH is VALUE there and VALUE here" where the folder's experiment determines other
/// numbers.
void require_same_numbers(const std::filesystem::path& folder, const Experiment& experiment,
                          const Catalogue& catalogue);

}  // namespace infoplane
