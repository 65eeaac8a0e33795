#pragma once

#include <filesystem>
#include <functional>
#include <limits>
#include <string>
#include <utility>
#include <vector>

#include <infoplane/config.hpp>
#include <infoplane/record.hpp>

namespace infoplane {

/// A summary of a run's folder in any state: the name of a RunStatus, or an unknown one from its provenance.
struct RunSummary {
  std::string state;
  std::string problem;                                             ///< why it failed, what is damaged; else ""
  std::vector<std::pair<std::string, std::string>> provenance;     ///< names and values of provenance.json, in order
  std::string started;                                             ///< UTC, 2026-01-31T23:59:59Z; "" if unknown
  double wall_seconds = std::numeric_limits<double>::quiet_NaN();  ///< of the last process
  Node experiment;  ///< experiment.yaml, or estimate.yaml of an estimate; null if missing or unreadable
  std::vector<TrainingRecord> last_epoch;  ///< the rows of the last epoch in training.csv
  std::vector<ClaimRecord> claims;

  /// Sets the state to damaged, because of an error about a file of the folder.
  void set_damaged(const std::string& error, const std::filesystem::path& folder);
};

/// Whether the folder is a run: it has a provenance.json or an information.csv.
bool is_run(const std::filesystem::path& folder);

/// The folders of all runs in this folder and below, sorted by name; the folder itself if it is a run. Skips folders
/// whose names begin with '.', and links except those to a run. Unreadable folders are added to `unreadable`, "FOLDER:
/// cannot read: REASON"; without it that is thrown as a UsageError, as is "FOLDER: no such folder".
std::vector<std::filesystem::path> find_runs(const std::filesystem::path& folder,
                                             std::vector<std::string>* unreadable = nullptr);

/// Reads the small files of a run and the ends of its tables, and the whole tables of a finished run. Never throws
/// because of the folder's contents: they determine the state.
RunSummary summarize_run(const std::filesystem::path& folder);

/// Calls `visit` with each row of information.csv, without its details, holding one row in memory. Throws UsageError as
/// read_run, also if a table of a finished run was modified.
void each_information(const std::filesystem::path& folder, const std::function<void(const Record&)>& visit);

/// The rows of the last epoch in training.csv, without reading those before; empty if there are none. Throws UsageError
/// as read_run.
std::vector<TrainingRecord> read_last_epoch(const std::filesystem::path& folder);

/// What to do about a run that has nothing to show yet: ", try again later" while a process is writing it, ", resume it
/// with `infoplane resume FOLDER`" if it stopped, "" without experiment.yaml.
std::string how_to_continue(const std::filesystem::path& folder);

/// Whether a process is writing this run's folder; false if unknown.
bool is_in_use(const std::filesystem::path& folder);

}  // namespace infoplane
