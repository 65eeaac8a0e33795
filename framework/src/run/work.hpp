#pragma once

#include <cstdint>
#include <string>

#include "run/probe.hpp"

namespace infoplane {

/// What the program and LibTorch take without any data.
inline constexpr double kProgramBytes = 1.8e8;

/// The seconds beyond which a run must be allowed.
inline constexpr double kDay = 86400;

/// What a run is expected to take, within a factor of about 4.
struct Work {
  double seconds = 0;         ///< of one core
  std::int64_t replicas = 1;  ///< which can be trained and measured at the same time
  double bytes = 0;           ///< of memory
  std::string slowest;        ///< what takes most of the time, and the keys that reduce it
  std::string largest;        ///< what takes most of the memory, likewise
};

/// The training, by the measured time of a step, and the estimates, by Estimator::cost.
Work expected_work(const Experiment& experiment, const Probe& probe);

/// "about 3 min", "under 1 s".
std::string duration_text(double seconds);

/// "2.3 GB", "40 MB".
std::string memory_text(double bytes);

/// Throws UsageError "needs about 2300 GB of memory, this machine has 24 GB: ...".
void require_memory(double bytes, const std::string& largest);

/// Throws UsageError "takes about 12 days ...: ..., or allow it with --anyway" for more than a day.
void require_time(double seconds, const std::string& slowest);

}  // namespace infoplane
