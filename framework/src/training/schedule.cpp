#include <infoplane/schedule.hpp>

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "base/arguments.hpp"

namespace infoplane {
namespace {

constexpr std::int64_t most_observed = 1000000;

}  // namespace

Fields fields(EverySchedule& options) {
  return {field("every", options.every, "number of epochs between observations", at_least(1))};
}

Fields fields(LogarithmicSchedule& options) {
  return {field("points", options.points, "number of observed epochs, before duplicates are removed",
                whole_between(2, most_observed))};
}

Fields fields(ListSchedule& options) {
  return {required(field("epochs", options.epochs, "observed epochs; 0 is added"))};
}

std::vector<std::int64_t> every_schedule(const EverySchedule& options, std::int64_t epochs) {
  require_at_least("every_schedule", "epochs", epochs, 0);
  if (const std::int64_t least = epochs / most_observed + 1; options.every < least) {
    throw UsageError(
        fmt::format("observe.schedule.every must be at least {}, so that at most {} epochs are observed, got {}", least,
                    most_observed, options.every));
  }
  std::vector<std::int64_t> observed;
  for (std::int64_t epoch = 0; epoch < epochs; epoch += options.every) observed.push_back(epoch);
  observed.push_back(epochs);
  return observed;
}

std::vector<std::int64_t> logarithmic_schedule(const LogarithmicSchedule& options, std::int64_t epochs) {
  require_at_least("logarithmic_schedule", "epochs", epochs, 0);
  if (options.points < 2) throw UsageError(fmt::format("points must be at least 2, got {}", options.points));
  std::vector<std::int64_t> observed{0};
  for (std::int64_t i = 0; epochs > 0 && i < options.points; ++i) {
    const double exponent = static_cast<double>(i) / static_cast<double>(options.points - 1);
    const auto epoch = static_cast<std::int64_t>(std::llround(std::pow(static_cast<double>(epochs), exponent)));
    if (epoch != observed.back()) observed.push_back(epoch);
  }
  return observed;
}

std::vector<std::int64_t> list_schedule(const ListSchedule& options, std::int64_t epochs) {
  require_at_least("list_schedule", "epochs", epochs, 0);
  std::vector<std::int64_t> observed{0};
  for (const std::int64_t epoch : options.epochs) {
    if (epoch >= 0 && epoch <= epochs) {
      observed.push_back(epoch);
    } else {
      throw UsageError(
          fmt::format("observe.schedule.epochs lists epoch {}, but the training has epochs 0 to {}: remove it or raise "
                      "training.epochs",
                      epoch, epochs));
    }
  }
  std::sort(observed.begin(), observed.end());
  observed.erase(std::unique(observed.begin(), observed.end()), observed.end());
  return observed;
}

Registry<Schedule> schedules() {
  Registry<Schedule> schedules("schedule");
  schedules.add<EverySchedule>("every", every_schedule, "every n-th epoch and the last");
  schedules.add<LogarithmicSchedule>("logarithmic", logarithmic_schedule, "epochs evenly spaced on a logarithmic axis");
  schedules.add<ListSchedule>("list", list_schedule, "the listed epochs");
  return schedules;
}

}  // namespace infoplane
