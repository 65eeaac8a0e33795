#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
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
  std::string status = "running";   ///< running, finished, failed, interrupted or kEstimate
  std::string error;                ///< of a failed run
  std::chrono::system_clock::time_point begun = std::chrono::system_clock::now();   ///< by this process
  std::string started;              ///< UTC; of the process that began the run
  std::vector<std::string> resumed;   ///< UTC; of those that went on with it

  /// Starts now.
  Provenance();

  /// Goes on with the run of such a file: keeps its start, and counts this process among those that went on.
  void resume(const std::filesystem::path& file);

  /// An object with these and the versions that this program was built of; unless it runs, with its end, now, and the
  /// seconds from `begun`.
  std::string json() const;
};

/// The status that such a file names, "" where it names none.
std::string status_in(const std::filesystem::path& file);

}  // namespace infoplane
