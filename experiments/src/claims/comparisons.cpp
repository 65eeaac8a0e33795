#include "claims/comparisons.hpp"

#include <cmath>
#include <string>
#include <utility>

#include <fmt/format.h>

#include <infoplane/error.hpp>

namespace infoplane::experiments {
namespace {

constexpr char kUntested[] = "at the cap, or not observed";
constexpr double kLeastDifference = 1e-6;  // of a value that is larger than another, above rounding

// Whether the value says something of the layer. A value at its cap may be smaller than another; a change is forced by
// its cap.
bool is_tested(const Measurement& of, const MeasuredValue& value, const MeasuredValue& other) {
  return of.measure == Measure::value ? !(value.is_at_cap && other.is_at_cap) : !value.is_at_cap;
}

struct Pair {
  const Measurement &a, &b;
};

// One value per pair; NaN where the claim is not tested.
template <class Combine>
std::vector<double> pairs(const Pair& of, const MeasuredValues& a, const MeasuredValues& b, Combine combine) {
  return in_pairs(a.replicas, b.replicas, [&](const MeasuredValue& of_a, const MeasuredValue& of_b) {
    const bool tested = is_tested(of.a, of_a, of_b) && is_tested(of.b, of_b, of_a);
    return tested ? combine(of_a.value, of_b.value) : std::nan("");
  });
}

std::string unit_name(const Measurement& of) { return unit_of(of).empty() ? "no unit" : unit_of(of); }

std::string range_text(const Interval& range) {
  if (range.high == kUnlimited) return fmt::format("at least {}", range.low);
  return range.low == -kUnlimited ? fmt::format("at most {}", range.high)
                                  : fmt::format("from {} to {}", range.low, range.high);
}

struct Wording {
  std::string verb;  // "is larger than"
  double sign;       // of a - b
};

std::unique_ptr<Claim> comparison(const Measurement& of, const Measurement& than, double by, const Wording& wording) {
  require_complete(of, "of");
  require_complete(than, "than");
  if (unit_of(of) != unit_of(than)) {
    throw UsageError(
        fmt::format("of is in {} and than in {}, they cannot be compared", unit_name(of), unit_name(than)));
  }
  return claim(needs_of({of, than}), [=](const RunResults& own, const OtherRuns& others) {
    const MeasuredValues a = measured_values(of, own, others), b = measured_values(than, own, others);
    const std::vector<double> values =
        pairs({of, than}, a, b, [&](double x, double y) { return wording.sign * (x - y); });
    const std::string unit = unit_of(of);
    const std::string margin = by > 0 ? fmt::format(", by at least {}{}{}", by, unit.empty() ? "" : " ", unit) : "";
    ClaimResult result = check_range(values, {by > 0 ? by : kLeastDifference, kUnlimited},
                                     fmt::format("{} {} {}{}", a.text, wording.verb, b.text, margin), unit);
    result.untested = kUntested;
    return result;
  });
}

Field measurement(const std::string& name, Measurement& of, const std::string& doc) {
  return required(group(name, of, doc));
}

}  // namespace

Fields fields(ValueOptions& o) {
  return {measurement("of", o.of, "what is measured"), field("from", o.from, "lower limit, in the quantity's unit"),
          field("to", o.to, "upper limit, in the quantity's unit")};
}

Fields fields(ComparisonOptions& o) {
  return {measurement("of", o.of, "what is compared"), measurement("than", o.than, "with what"),
          field("by", o.by, "least difference, in the quantity's unit; 0: any", between(0, 1e9))};
}

Fields fields(RatioOptions& o) {
  return {measurement("of", o.of, "numerator"), measurement("over", o.over, "denominator"),
          required(field("from", o.from, "lower limit of the ratio")),
          required(field("to", o.to, "upper limit of the ratio"))};
}

std::unique_ptr<Claim> make_value(const ValueOptions& o) {
  require_complete(o.of, "of");
  require_range("from", o.from, "to", o.to);
  return claim(needs_of({o.of}), [o](const RunResults& own, const OtherRuns& others) {
    const MeasuredValues of = measured_values(o.of, own, others);
    std::vector<double> values;
    for (const auto& [replica, value] : of.replicas) {
      const bool is_forced = o.of.measure != Measure::value && value.is_at_cap;
      values.push_back(is_forced ? std::nan("") : value.value);
    }
    const std::string unit = unit_of(o.of);
    const Interval range{o.from <= kLeast ? -kUnlimited : o.from, o.to >= kMost ? kUnlimited : o.to};
    ClaimResult result = check_range(
        values, range, fmt::format("{} is {}{}{}", of.text, range_text(range), unit.empty() ? "" : " ", unit), unit);
    result.untested = kUntested;
    return result;
  });
}

std::unique_ptr<Claim> make_larger(const ComparisonOptions& o) {
  return comparison(o.of, o.than, o.by, {"is larger than", 1});
}

std::unique_ptr<Claim> make_smaller(const ComparisonOptions& o) {
  return comparison(o.of, o.than, o.by, {"is smaller than", -1});
}

std::unique_ptr<Claim> make_earlier(const OrderInTimeOptions& o) {
  return comparison(o.of, o.than, o.by, {"is earlier than", -1});
}

std::unique_ptr<Claim> make_later(const OrderInTimeOptions& o) {
  return comparison(o.of, o.than, o.by, {"is later than", 1});
}

std::unique_ptr<Claim> make_ratio(const RatioOptions& o) {
  require_complete(o.of, "of");
  require_complete(o.over, "over");
  require_range("from", o.from, "to", o.to);
  return claim(needs_of({o.of, o.over}), [o](const RunResults& own, const OtherRuns& others) {
    const MeasuredValues a = measured_values(o.of, own, others), b = measured_values(o.over, own, others);
    ClaimResult result =
        check_range(pairs({o.of, o.over}, a, b, [](double x, double y) { return x / y; }), {o.from, o.to},
                    fmt::format("{} is {} to {} times {}", a.text, o.from, o.to, b.text), "");
    result.untested = kUntested;
    return result;
  });
}

}  // namespace infoplane::experiments
