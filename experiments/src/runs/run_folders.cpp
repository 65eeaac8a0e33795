#include "runs/run_folders.hpp"

#include <set>

#include <infoplane/error.hpp>

#include "results/run_summary.hpp"

namespace infoplane::experiments {

namespace fs = std::filesystem;

std::vector<fs::path> run_folders(const std::vector<std::string>& arguments) {
  std::vector<fs::path> folders;
  std::set<fs::path> seen;
  for (const std::string& argument : arguments) {
    const std::vector<fs::path> found = find_runs(argument);
    if (found.empty()) throw UsageError(argument + ": no runs found");
    for (const fs::path& folder : found) {
      if (seen.insert(fs::canonical(folder)).second) folders.push_back(folder);
    }
  }
  return folders;
}

}  // namespace infoplane::experiments
