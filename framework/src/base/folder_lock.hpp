#pragma once

#include <chrono>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>

namespace infoplane {

/// Locks a folder for this process during the lifetime of the returned object; the system releases the lock when the
/// process ends, however it ends. Throws UsageError "FOLDER: cannot open: REASON" and, if another process has locked
/// it, "FOLDER: " followed by taken().
std::shared_ptr<void> lock_folder(const std::filesystem::path& folder, const std::function<std::string()>& taken);

/// The same, but waits for another process that has locked it, at most for `longest`. Throws Error "FOLDER: in use by
/// another process for NUMBER s", Interrupted if a signal is pending.
std::shared_ptr<void> await_folder(const std::filesystem::path& folder, std::chrono::seconds longest);

}  // namespace infoplane
