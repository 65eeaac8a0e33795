#include <infoplane/claim.hpp>

#include <algorithm>
#include <cmath>
#include <utility>

#include <fmt/format.h>

#include "base/arguments.hpp"
#include "base/statistics.hpp"

namespace infoplane {
namespace {

constexpr double kRounding = 1e-9;

// Three digits, and no exponent for epochs.
std::string rounded(double number) {
  return std::abs(number) < 1000 ? fmt::format("{:.3g}", number) : fmt::format("{:.0f}", number);
}

std::string measured_in_short(const ClaimRecord& record) {
  if (std::isnan(record.mean)) return "nothing measured";
  std::string text = rounded(record.mean);
  if (record.deviation > 0) text += " +- " + rounded(record.deviation);
  return record.unit.empty() ? text : text + " " + record.unit;
}

}  // namespace

ClaimResult check_range(std::vector<double> values, const ClaimRange& range, std::string measured, std::string unit) {
  if (!(range.low <= range.high)) {
    refuse_argument("check_range", fmt::format("low must be at most high, got {} and {}", range.low, range.high));
  }
  ClaimResult result;
  result.measured = std::move(measured);
  result.unit = std::move(unit);
  result.holds = std::count_if(values.begin(), values.end(), [&](double value) {
    return range.low - kRounding <= value && value <= range.high + kRounding;
  });
  result.values = std::move(values);
  return result;
}

ClaimRecord record_of(const std::string& name, const std::string& type, const ClaimResult& result) {
  const auto replicas = static_cast<std::int64_t>(result.values.size());
  require_between("record_of", "holds", result.holds, 0, replicas);
  if (!(result.at_least_share >= 0 && result.at_least_share <= 1)) {
    refuse_argument("record_of", fmt::format("at_least_share must be from 0 to 1, got {}", result.at_least_share));
  }
  const Statistics values = statistics(result.values);
  ClaimRecord record;
  record.name = name;
  record.claim = type;
  record.says = result.says;
  record.measured = result.measured;
  record.replicas = replicas;
  record.holds = result.holds;
  record.share = record.replicas == 0 ? 0 : static_cast<double>(record.holds) / static_cast<double>(record.replicas);
  record.mean = values.mean;
  record.deviation = values.standard_deviation;
  record.unit = result.unit;
  record.verdict = record.replicas > 0 && record.share >= result.at_least_share;
  if (!record.verdict) record.reason = result.reason;
  return record;
}

std::string verdict_of(const ClaimRecord& record) { return record.verdict ? "holds" : "does not hold"; }

std::string summary_of(const ClaimRecord& record) {
  return fmt::format("{}: {} in {} of {} {}, {}", record.name, record.verdict ? "holds" : "does not hold,",
                     record.holds, record.replicas, record.replicas == 1 ? "replica" : "replicas",
                     measured_in_short(record));
}

}  // namespace infoplane
