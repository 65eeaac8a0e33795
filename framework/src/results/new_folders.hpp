#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace infoplane {

/// The folders that a store makes, which are removed again unless they are kept; of those above the run's own only what
/// is empty. Throws UsageError "FOLDER: cannot make the folder: REASON".
class NewFolders {
 public:
  ~NewFolders();

  /// Makes the folder and what is missing above it.
  void make(const std::filesystem::path& folder);

  /// Makes the run's own folder: parent/name, or parent/name-2, -3, ... where that exists.
  std::filesystem::path make_run(const std::filesystem::path& parent, const std::string& name);

  void keep();

 private:
  /// False where something of that name exists.
  bool make_one(const std::filesystem::path& folder);

  std::vector<std::filesystem::path> made_;
  std::filesystem::path run_;
};

/// Whether a store may have given a run's folder this name: 20260131T235959Z, or that with "-2", "-3", ...
bool is_run_name(const std::string& name);

/// The name of a run's folder until it is shown; those who look for runs leave it out.
std::string hidden(const std::string& id);

/// Gives a hidden folder its name, ID or ID-2, -3, ... where that exists, at once and over nothing; gives the new path.
/// Throws Error "FOLDER: cannot write: REASON".
std::filesystem::path show_run(const std::filesystem::path& folder);

/// Removes the hidden folders in this one whose writers were killed.
void remove_hidden(const std::filesystem::path& parent);

}  // namespace infoplane
