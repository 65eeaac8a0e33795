#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace infoplane {

/// The folders made by a store, which are removed unless keep() is called; those above the run's own only if empty.
/// Throws UsageError "FOLDER: cannot make the folder: REASON".
class NewFolders {
 public:
  ~NewFolders();

  /// Makes the folder and missing ones above it.
  void make(const std::filesystem::path& folder);

  /// Makes the run's own folder: parent/name, or parent/name-2, -3, ... if that exists.
  std::filesystem::path make_run(const std::filesystem::path& parent, const std::string& name);

  void keep();

 private:
  /// False if something with that name exists.
  bool make_one(const std::filesystem::path& folder);

  std::vector<std::filesystem::path> made_;
  std::filesystem::path run_;
};

/// Whether this is the name of a run's folder: 20260131T235959Z, or that with "-2", "-3", ...
bool is_run_name(const std::string& name);

/// The name of a run's folder until it is shown; such folders are not listed as runs.
std::string hidden(const std::string& id);

/// Renames a hidden folder atomically to ID, or to ID-2, -3, ... if that exists; returns the new path.
/// Throws Error "FOLDER: cannot write: REASON".
std::filesystem::path show_run(const std::filesystem::path& folder);

/// Removes hidden folders in this one whose writers were killed.
void remove_hidden(const std::filesystem::path& parent);

}  // namespace infoplane
