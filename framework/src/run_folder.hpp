#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include <infoplane/experiment.hpp>

namespace infoplane {

/// The youngest run of that name in OUT, if there is one.
std::optional<std::filesystem::path> latest_run(const std::filesystem::path& out, const std::string& experiment);

/// What of an experiment determines its numbers: everything but the figures and the claims.
Node numbers_of(const Experiment& experiment, const Catalogue& catalogue);

/// Throws UsageError "FOLDER: PATH is VALUE there and VALUE here" where the folder's experiment determines other numbers.
void require_same_numbers(const std::filesystem::path& folder, const Experiment& experiment, const Catalogue& catalogue);

}  // namespace infoplane
