#include "run/run_content.hpp"

#include <algorithm>
#include <optional>
#include <system_error>

#include <fmt/format.h>

#include "base/sha256.hpp"
#include "results/new_folders.hpp"
#include "results/provenance.hpp"
#include "results/run_files.hpp"
#include "results/run_status.hpp"
#include "results/store.hpp"
#include "run/run_folder.hpp"

namespace infoplane {
namespace {

namespace fs = std::filesystem;

// The folders in a folder; none where it does not exist.
std::vector<fs::path> folders_in(const fs::path& folder) {
  std::vector<fs::path> folders;
  std::error_code error, ignored;
  for (const auto& entry : fs::directory_iterator(folder, error)) {
    if (entry.is_directory(ignored)) folders.push_back(entry.path());
  }
  if (error && error != std::errc::no_such_file_or_directory) {
    throw UsageError(folder.string() + ": cannot read: " + error.message());
  }
  return folders;
}

std::optional<std::string> content_in(const fs::path& run, const Catalogue& catalogue) {
  try {
    return content_of(read_experiment(load_yaml(run / kExperimentFile), catalogue), catalogue);
  } catch (const UsageError&) {
    return {};
  }
}

bool is_better(const fs::path& run, const fs::path& other) {
  const bool finished = is_finished(run), other_finished = is_finished(other);
  return finished != other_finished ? finished : age_of(other) < age_of(run);
}

}  // namespace

std::string content_of(const Experiment& experiment, const Catalogue& catalogue) {
  Node node = numbers_of(experiment, catalogue);
  node.entries.erase(
      std::find_if(node.entries.begin(), node.entries.end(), [](const auto& e) { return e.key == "name"; }));
  return sha256({to_yaml(node)});
}

std::map<std::string, fs::path> runs_by_content(const fs::path& folder, const Catalogue& catalogue) {
  std::map<std::string, fs::path> runs;
  for (const fs::path& experiment : folders_in(folder)) {
    for (const fs::path& run : folders_in(experiment)) {
      if (!is_run_name(run.filename().string())) continue;
      const auto content = content_in(run, catalogue);
      if (!content) continue;
      const auto [known, is_new] = runs.emplace(*content, run);
      if (!is_new && is_better(run, known->second)) known->second = run;
    }
  }
  return runs;
}

fs::path prepare(const Experiment& experiment, const Catalogue& catalogue, const fs::path& out) {
  const Store store = make_store(experiment, catalogue, out);
  store.write_file(kProvenance, fmt::format("{{\n  \"status\": \"{}\"\n}}\n", status_name(RunStatus::waiting)));
  return store.folder();
}

}  // namespace infoplane
