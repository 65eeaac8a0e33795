#pragma once

#include <filesystem>
#include <functional>
#include <system_error>

namespace infoplane {

/// Removes leftovers of killed processes from a folder: of the files and folders of a kind, those not locked (flock) by
/// any process. Links are not followed; anything that cannot be opened stays. Returns why the folder cannot be listed.
std::error_code remove_abandoned(const std::filesystem::path& folder,
                                 const std::function<bool(const std::filesystem::path&)>& is_of_kind);

}  // namespace infoplane
