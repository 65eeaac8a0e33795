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

/// What a run's folder tells in short, whatever became of the run. Its state is one of
///   running      a process writes it
///   finished, failed, interrupted      as its provenance says
///   killed       its provenance says that it runs, but no process writes it
///   estimate     rows that `infoplane estimate` stored
///   waiting      a sweep made its folder, nothing has begun it
///   damaged      a file of it is missing or cannot be read, or its tables are not as it left them (see
///   require_whole_tables)
struct RunSummary {
  std::string state;
  std::string problem;                                          ///< why it failed, what is damaged; "" where nothing is
  std::vector<std::pair<std::string, std::string>> provenance;  ///< names and values of provenance.json, in its order
  std::string started;                                          ///< UTC, 2026-01-31T23:59:59Z; "" where it is not told
  double wall_seconds = std::numeric_limits<double>::quiet_NaN();  ///< of the process that ended it
  Node experiment;  ///< experiment.yaml, of an estimate estimate.yaml; null where there is none or it cannot be read
  std::vector<TrainingRecord> last_epoch;  ///< the rows of the last epoch in training.csv
  std::vector<ClaimRecord> claims;

  /// Makes it that of a damaged run, for an error about a file of the folder.
  void set_damaged(const std::string& error, const std::filesystem::path& folder);
};

/// Whether the folder holds a run: a provenance.json or an information.csv.
bool is_run(const std::filesystem::path& folder);

/// The folders of all runs in this folder and those below, in the order of their names; the folder itself where it is a
/// run. Folders whose names begin with '.' are left out; of links only those to a run count. Those that cannot be read
/// are told in `unreadable`, "FOLDER: cannot read: REASON"; without it that is thrown as a UsageError, as is "FOLDER:
/// no such folder".
std::vector<std::filesystem::path> find_runs(const std::filesystem::path& folder,
                                             std::vector<std::string>* unreadable = nullptr);

/// Reads the small files of a run and the ends of its tables, and all bytes of those of a finished one. Never throws
/// for what the folder holds: that is its state.
RunSummary summarize_run(const std::filesystem::path& folder);

/// Calls `visit` with each row of information.csv in turn, without its details, in memory of one row. Throws UsageError
/// as read_run, also where a table of a finished run is not as it was left.
void each_information(const std::filesystem::path& folder, const std::function<void(const Record&)>& visit);

/// The rows of training.csv of the last epoch that it has, without reading those before; none where it has no rows.
/// Throws UsageError as read_run.
std::vector<TrainingRecord> read_last_epoch(const std::filesystem::path& folder);

/// Whether a writer has this run's folder; false where it cannot be told.
bool is_in_use(const std::filesystem::path& folder);

}  // namespace infoplane
