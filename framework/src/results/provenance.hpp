#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "results/run_status.hpp"

namespace infoplane {

/// How a run was made: the contents of provenance.json.
struct Provenance {
  std::uint64_t seed = 1;
  std::int64_t threads = 1;
  std::string device;
  RunStatus status = RunStatus::running;
  std::string error;                                                               ///< of a failed run
  std::chrono::steady_clock::time_point begun = std::chrono::steady_clock::now();  ///< by this process
  std::string started;                                                             ///< UTC; when the run started
  std::vector<std::string> resumed;                                                ///< UTC; when it was resumed
  std::map<std::string, std::vector<std::string>>
      before;  ///< versions and device of earlier processes, if they differ from this one's

  /// Started now.
  Provenance();

  /// Continues the run with this file: keeps its start time and adds this process to `resumed`. The device must be set.
  /// Returns differences that may change the numbers relative to an uninterrupted run: "cpu_capability was AVX2 and is
  /// AVX512".
  std::vector<std::string> resume(const std::filesystem::path& file);

  /// A JSON object with these and the versions of this program, as a list if earlier processes had others; unless it is
  /// running, with its end (now) and the seconds since `begun`; for a finished run and an estimate, with the name of
  /// the file of the tables' digests.
  std::string json() const;
};

/// The status in this file, if it has a known one.
std::optional<RunStatus> read_status(const std::filesystem::path& file);

/// The file of the tables' digests named there, "tables.sha256"; "" if there is none: the run has not ended, or was
/// made by an older version.
std::string read_digests_name(const std::filesystem::path& file);

/// Whether the run in this folder has finished.
bool is_finished(const std::filesystem::path& folder);

}  // namespace infoplane
