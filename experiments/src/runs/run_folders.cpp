#include "runs/run_folders.hpp"

#include <optional>
#include <set>

#include <infoplane/error.hpp>

#include "results/new_folders.hpp"
#include "results/run_summary.hpp"
#include "run/run_folder.hpp"
#include "text/standard_streams.hpp"

namespace infoplane::experiments {

namespace fs = std::filesystem;

std::vector<std::string> without_files(const std::vector<std::string>& arguments) {
  std::vector<std::string> folders, files;
  std::error_code ignored;
  for (const std::string& argument : arguments) {
    (fs::is_regular_file(argument, ignored) ? files : folders).push_back(argument);
  }
  if (folders.empty()) throw UsageError(files.at(0) + ": not a folder");
  for (const std::string& file : files) print_stderr("{}{}: skipped, not a folder\n", kWarning, printable(file));
  return folders;
}

std::vector<fs::path> run_folders(const std::vector<std::string>& arguments) {
  std::vector<fs::path> folders;
  std::set<fs::path> seen;
  for (const std::string& argument : without_files(arguments)) {
    const std::vector<fs::path> found = find_runs(argument);
    if (found.empty()) throw UsageError(argument + ": no runs found");
    for (const fs::path& folder : found) {
      if (seen.insert(fs::canonical(folder)).second) folders.push_back(folder);
    }
  }
  return folders;
}

fs::path run_folder(const fs::path& argument) {
  if (is_run(argument)) return argument;
  std::optional<fs::path> latest;
  std::error_code error;
  for (fs::directory_iterator entry(argument, error), end; !error && entry != end; entry.increment(error)) {
    const fs::path& folder = entry->path();
    if (!is_run_name(folder.filename().string()) || !is_run(folder)) continue;
    if (!latest || age_of(*latest) < age_of(folder)) latest = folder;
  }
  return latest.value_or(argument);
}

}  // namespace infoplane::experiments
