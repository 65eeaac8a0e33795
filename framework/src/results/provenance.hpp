#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

namespace infoplane {

/// The status of rows that `infoplane estimate` stored, and what their folder is called.
inline constexpr const char* kEstimate = "estimate";

/// What a run was made with, as the text of provenance.json.
struct Provenance {
  std::uint64_t seed = 1;
  std::int64_t threads = 1;
  std::string device;
  std::string status = "running";  ///< running, finished, failed, interrupted or kEstimate
  std::string error;               ///< of a failed run
  std::chrono::steady_clock::time_point begun = std::chrono::steady_clock::now();  ///< by this process
  std::string started;               ///< UTC; of the process that began the run
  std::vector<std::string> resumed;  ///< UTC; of those that went on with it
  std::map<std::string, std::vector<std::string>>
      before;  ///< what those before were made of, where this is of something else, too

  /// Starts now.
  Provenance();

  /// Goes on with the run of such a file: keeps its start, and counts this process among those that went on. Its device
  /// must be set. Returns what may make the numbers others than those of a run that was never stopped: "cpu_capability
  /// was AVX2 and is AVX512".
  std::vector<std::string> resume(const std::filesystem::path& file);

  /// An object with these and the versions that this program was built of, a list where those before had others; unless
  /// it runs, with its end, now, and the seconds from `begun`; of what is finished and of an estimate, with the name of
  /// the file of the tables' digests.
  std::string json() const;
};

/// The status that such a file names, "" where it names none.
std::string status_in(const std::filesystem::path& file);

/// The file of the tables' digests that it names, "tables.sha256"; "" where it names none: the run has not ended, or a
/// version made it that wrote no such file.
std::string digests_in(const std::filesystem::path& file);

/// Whether the run in this folder came to its end.
bool is_finished(const std::filesystem::path& folder);

}  // namespace infoplane
