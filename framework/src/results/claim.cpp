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
  if (record.tested == 0) return "nothing measured";
  if (!std::isfinite(record.mean)) return "never in some replicas";
  std::string text = rounded(record.mean);
  if (record.deviation > 0) text += " +- " + rounded(record.deviation);
  return record.unit.empty() ? text : text + " " + record.unit;
}

bool is_inside(const Interval& interval, const Interval& range) {
  return range.low - kRounding <= interval.low && interval.high <= range.high + kRounding;
}

bool is_outside(const Interval& interval, const Interval& range) {
  return interval.high < range.low - kRounding || range.high + kRounding < interval.low;
}

Verdict verdict_of_share(const ClaimRecord& record) {
  if (record.share.low >= record.at_least_share) return Verdict::holds;
  return record.share.high < record.at_least_share ? Verdict::does_not_hold : Verdict::undecided;
}

Verdict verdict_of_mean(const ClaimRecord& record, const Interval& range) {
  if (is_inside(record.mean_interval, range)) return Verdict::holds;
  return is_outside(record.mean_interval, range) ? Verdict::does_not_hold : Verdict::undecided;
}

std::string doubt_about_mean(const ClaimRecord& record, Verdict of_mean) {
  if (of_mean == Verdict::undecided) {
    return fmt::format("the {}, {} to {}{}{}, may be inside or outside the range",
                       std::isfinite(record.mean) ? "mean" : "median", rounded(record.mean_interval.low),
                       rounded(record.mean_interval.high), record.unit.empty() ? "" : " ", record.unit);
  }
  return fmt::format("the mean, but not the share, {}",
                     of_mean == Verdict::holds ? "is in the range" : "is outside it");
}

void decide(ClaimRecord& record, const ClaimResult& result) {
  const Verdict of_share = verdict_of_share(record), of_mean = verdict_of_mean(record, result.range);
  if (record.tested >= 2 && of_share == of_mean && of_share != Verdict::undecided) {
    record.verdict = of_share;
    return;
  }
  const std::string untested = result.untested.empty() ? "not measured" : result.untested;
  const std::int64_t rest = record.replicas - record.tested;
  if (record.tested == 0) {
    record.doubt = untested;
  } else if (record.replicas == 1) {
    record.doubt = "one replica";
  } else {
    record.doubt = of_share == Verdict::undecided
                       ? fmt::format("the share may be above or below {:.0f} %", 100 * record.at_least_share)
                       : doubt_about_mean(record, of_mean);
    if (rest > 0) record.doubt += fmt::format("; {} of {} replicas not tested: {}", rest, record.replicas, untested);
  }
}

}  // namespace

ClaimResult check_range(std::vector<double> values, const Interval& range, std::string measured, std::string unit) {
  if (!(range.low <= range.high)) {
    refuse_argument("check_range", fmt::format("low must be at most high, got {} and {}", range.low, range.high));
  }
  ClaimResult result;
  result.measured = std::move(measured);
  result.unit = std::move(unit);
  result.range = range;
  result.holds =
      std::count_if(values.begin(), values.end(), [&](double value) { return is_inside({value, value}, range); });
  result.values = std::move(values);
  return result;
}

ClaimRecord claim_record(const std::string& name, const std::string& type, const ClaimResult& result) {
  const auto replicas = static_cast<std::int64_t>(result.values.size());
  const auto untested =
      std::count_if(result.values.begin(), result.values.end(), [](double value) { return std::isnan(value); });
  require_between("claim_record", "holds", result.holds, 0, replicas - untested);
  if (!(result.at_least_share > 0 && result.at_least_share < 1)) {
    refuse_argument("claim_record",
                    fmt::format("at_least_share must be above 0 and below 1, got {}", result.at_least_share));
  }
  const Statistics values = statistics(result.values);
  ClaimRecord record;
  record.name = name;
  record.claim = type;
  record.says = result.says;
  record.measured = result.measured;
  record.replicas = replicas;
  record.tested = replicas - untested;
  record.holds = result.holds;
  record.share = interval_of_share(result.holds, result.holds + untested, replicas);
  record.at_least_share = result.at_least_share;
  record.mean = values.mean;
  const bool is_finite =
      std::none_of(result.values.begin(), result.values.end(), [](double v) { return std::isinf(v); });
  record.mean_interval = is_finite ? interval_of_mean(result.values) : interval_of_median(result.values);
  record.deviation = values.standard_deviation;
  record.unit = result.unit;
  decide(record, result);
  if (record.verdict != Verdict::holds) {
    record.reason = result.reason;
    record.evidence = result.evidence;
  }
  return record;
}

std::string verdict_name(Verdict verdict) {
  if (verdict == Verdict::undecided) return "undecided";
  return verdict == Verdict::holds ? "holds" : "does not hold";
}

std::string claim_summary(const ClaimRecord& record) {
  if (record.replicas == 0) return fmt::format("{}: undecided: {}", record.name, record.doubt);
  const std::string verdict = record.verdict == Verdict::undecided ? "undecided, holds" : verdict_name(record.verdict);
  return fmt::format("{}: {}{} in {} of {} {} ({:.0f} to {:.0f} %), {}{}", record.name, verdict,
                     record.verdict == Verdict::does_not_hold ? ", holds" : "", record.holds, record.replicas,
                     record.replicas == 1 ? "replica" : "replicas", 100 * record.share.low, 100 * record.share.high,
                     measured_in_short(record), record.doubt.empty() ? "" : ": " + record.doubt);
}

}  // namespace infoplane
