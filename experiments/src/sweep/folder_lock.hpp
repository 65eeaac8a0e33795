#pragma once

#include <filesystem>

namespace infoplane::experiments {

/// Keeps a sweep's folder for one process as long as it lives; the system lets go of it when the process ends, however.
class FolderLock {
 public:
  /// Makes the folder where it is not there. Throws UsageError "FOLDER: cannot make the folder: REASON" and, where another
  /// process has it, "FOLDER: another sweep runs in it".
  explicit FolderLock(const std::filesystem::path& folder);
  ~FolderLock();
  FolderLock(const FolderLock&) = delete;
  FolderLock& operator=(const FolderLock&) = delete;

 private:
  int descriptor_;
};

}  // namespace infoplane::experiments
