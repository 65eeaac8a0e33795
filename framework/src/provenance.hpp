#pragma once

#include <chrono>
#include <string>

#include <infoplane/experiment.hpp>
#include <infoplane/run.hpp>

namespace infoplane {

/// What a run was made with, as the text of provenance.json.
struct Provenance {
  std::uint64_t seed = 1;
  std::int64_t threads = 1;
  std::string device;
  std::string status = "running";   ///< running, finished or failed
  std::string error;                ///< of a failed run
  std::chrono::system_clock::time_point started = std::chrono::system_clock::now();

  std::string json() const;
};

}  // namespace infoplane
