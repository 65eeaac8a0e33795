#pragma once

#include <chrono>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>

namespace infoplane {

/// Keeps a folder for one process as long as what is returned lives; the system lets go of it when the process ends,
/// however. Throws UsageError "FOLDER: cannot open: REASON" and, where another process has it, "FOLDER: " and what
/// `taken` says.
std::shared_ptr<void> lock_folder(const std::filesystem::path& folder, const std::function<std::string()>& taken);

/// The same after waiting for another process that has it, at most for `longest`. Throws Error "FOLDER: in use by
/// another process for NUMBER s", Interrupted where a signal is pending.
std::shared_ptr<void> await_folder(const std::filesystem::path& folder, std::chrono::seconds longest);

}  // namespace infoplane
