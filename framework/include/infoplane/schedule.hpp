#pragma once

#include <cstdint>
#include <vector>

#include <infoplane/fields.hpp>
#include <infoplane/registry.hpp>

namespace infoplane {

/// The epochs after which a run is observed: ascending, distinct, from 0 (before training) to at most `epochs`.
/// All schedules throw std::invalid_argument for negative epochs.
using Schedule = std::vector<std::int64_t>(std::int64_t epochs);

struct EverySchedule {
  std::int64_t every = 10;
};
Fields fields(EverySchedule& options);

struct LogarithmicSchedule {
  std::int64_t points = 200;
};
Fields fields(LogarithmicSchedule& options);

struct ListSchedule {
  std::vector<std::int64_t> epochs;
};
Fields fields(ListSchedule& options);

/// 0, every, 2 every, ... and the last epoch. Throws UsageError unless every >= 1, and for more than 1000000 epochs.
std::vector<std::int64_t> every_schedule(const EverySchedule& options, std::int64_t epochs);

/// 0 and round(epochs^(i / (points - 1))), i = 0 .. points - 1, duplicates removed: dense early, even on a log axis.
/// Throws UsageError unless points >= 2.
std::vector<std::int64_t> logarithmic_schedule(const LogarithmicSchedule& options, std::int64_t epochs);

/// 0 and the listed epochs. Throws UsageError for an epoch that is negative or above `epochs`.
std::vector<std::int64_t> list_schedule(const ListSchedule& options, std::int64_t epochs);

/// The three above: every, logarithmic, list.
Registry<Schedule> schedules();

}  // namespace infoplane
