#pragma once

#include <filesystem>
#include <functional>
#include <system_error>

namespace infoplane {

/// Removes from a folder what processes that were killed left there: of the files and folders that are of such a kind,
/// those that no process has locked (flock). Links are not followed, what cannot be opened stays. Returns why the
/// folder cannot be listed.
std::error_code remove_abandoned(const std::filesystem::path& folder,
                                 const std::function<bool(const std::filesystem::path&)>& is_of_kind);

}  // namespace infoplane
