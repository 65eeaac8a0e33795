#include "results/run_summary.hpp"

#include <fcntl.h>
#include <sys/file.h>

#include <algorithm>
#include <cerrno>
#include <system_error>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "base/csv.hpp"
#include "base/file.hpp"
#include "base/foreign_json.hpp"
#include "results/claims_table.hpp"
#include "results/provenance.hpp"
#include "results/run_files.hpp"
#include "results/run_status.hpp"
#include "results/whole_tables.hpp"

namespace infoplane {
namespace {

namespace fs = std::filesystem;

bool is_there(const fs::path& file) {
  std::error_code ignored;
  return fs::exists(file, ignored);
}

std::string json_text(const nlohmann::ordered_json& value) {
  return value.is_string() ? value.get<std::string>()
                           : value.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

// The status in the provenance, "" if there is none.
std::string read_provenance(const fs::path& folder, RunSummary& summary) {
  const auto json = parse_foreign<nlohmann::ordered_json>(first_bytes(folder / kProvenance, kMostForeign));
  std::string status;
  if (!json.is_object()) return status;
  for (const auto& [name, value] : json.items()) {
    summary.provenance.emplace_back(name, json_text(value));
    if (name == "status") status = summary.provenance.back().second;
    if (name == "started") summary.started = summary.provenance.back().second;
    if (name == "error") summary.problem = summary.provenance.back().second;
    if (name == "wall_seconds" && value.is_number()) summary.wall_seconds = value.get<double>();
  }
  return status;
}

bool has_rows(const fs::path& table) { return CsvReader(table).next(); }

// Without provenance: an estimate of an older version, or a run that was killed before it wrote more than table
// headers.
void read_without_provenance(const fs::path& folder, RunSummary& summary) {
  summary.state = status_name(has_rows(folder / kInformation) ? RunStatus::estimate : RunStatus::killed);
  summary.last_epoch = read_last_epoch(folder);
}

void read_parts(const fs::path& folder, RunSummary& summary) {
  const std::string status = read_provenance(folder, summary);
  if (!is_there(folder / kProvenance) && !is_there(folder / kExperimentFile))
    return read_without_provenance(folder, summary);
  if (status.empty()) {
    throw UsageError(
        fmt::format("{}: {}", kProvenance, is_there(folder / kProvenance) ? "it has no status" : "no such file"));
  }
  const std::optional<RunStatus> known = find_status(status);
  summary.state = known == RunStatus::running && !is_in_use(folder) ? status_name(RunStatus::killed) : status;
  summary.experiment = load_yaml(folder / (known == RunStatus::estimate ? kEstimateFile : kExperimentFile));
  require_whole_tables(folder);
  summary.last_epoch = read_last_epoch(folder);
  if (is_there(folder / kClaims)) summary.claims = read_claims(folder / kClaims);
  has_rows(folder / kInformation);
}

bool is_hidden(const fs::path& path) { return path.filename().string().rfind('.', 0) == 0; }

void find_below(const fs::path& folder, std::vector<fs::path>& found, std::vector<std::string>* unreadable) {
  std::error_code error;
  std::vector<fs::path> entries;
  for (fs::directory_iterator entry(folder, error), end; !error && entry != end; entry.increment(error)) {
    std::error_code ignored;
    if (entry->is_directory(ignored) && !is_hidden(entry->path())) entries.push_back(entry->path());
  }
  if (error && error != std::errc::no_such_file_or_directory) {
    const std::string problem = fmt::format("{}: cannot read: {}", folder.string(), error.message());
    if (unreadable == nullptr) throw UsageError(problem);
    unreadable->push_back(problem);
  }
  std::sort(entries.begin(), entries.end());
  for (const fs::path& entry : entries) {
    if (is_run(entry)) {
      found.push_back(entry);
    } else if (!fs::is_symlink(entry, error)) {
      find_below(entry, found, unreadable);
    }
  }
}

}  // namespace

void RunSummary::set_damaged(const std::string& error, const fs::path& folder) {
  const std::string start = (folder / "").string();
  state = status_name(RunStatus::damaged);
  problem = error.rfind(start, 0) == 0 ? error.substr(start.size()) : error;
}

bool is_in_use(const fs::path& folder) {
  const Descriptor descriptor(open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  return descriptor.number() >= 0 && flock(descriptor.number(), LOCK_SH | LOCK_NB) != 0 && errno == EWOULDBLOCK;
}

std::string how_to_continue(const fs::path& folder) {
  if (is_in_use(folder)) return ", try again later";
  return is_there(folder / kExperimentFile) ? fmt::format(", resume it with `infoplane resume {}`", folder.string())
                                            : "";
}

bool is_run(const fs::path& folder) { return is_there(folder / kProvenance) || is_there(folder / kInformation); }

std::vector<fs::path> find_runs(const fs::path& folder, std::vector<std::string>* unreadable) {
  std::error_code ignored;
  if (!fs::is_directory(folder, ignored)) throw UsageError(folder.string() + ": no such folder");
  if (is_run(folder)) return {folder};
  std::vector<fs::path> found;
  find_below(folder, found, unreadable);
  return found;
}

RunSummary summarize_run(const fs::path& folder) {
  RunSummary summary;
  try {
    read_parts(folder, summary);
  } catch (const std::exception& error) {
    summary.set_damaged(error.what(), folder);
  }
  return summary;
}

}  // namespace infoplane
