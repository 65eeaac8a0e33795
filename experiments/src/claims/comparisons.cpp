#include "claims/comparisons.hpp"

#include <cmath>
#include <string>
#include <utility>

#include <fmt/format.h>

namespace infoplane::experiments {
namespace {

constexpr double kLeastDifference = 1e-6;  // of a value that is larger than another, above rounding

// One value per pair; NaN where both are at their caps.
template <class Combine>
std::vector<double> pairs(const MeasuredValues& a, const MeasuredValues& b, Combine combine) {
  std::vector<double> values;
  for (const auto& [replica, of_a] : a.replicas) {
    const auto of_b = b.replicas.find(replica);
    if (of_b == b.replicas.end()) continue;
    const bool is_tested = !(of_a.is_at_cap && of_b->second.is_at_cap);
    values.push_back(is_tested ? combine(of_a.value, of_b->second.value) : std::nan(""));
  }
  return values;
}

struct Wording {
  std::string verb;  // "is larger than"
  double sign;       // of a - b
};

std::unique_ptr<Claim> comparison(const Measurement& of, const Measurement& than, double by, const Wording& wording) {
  require_complete(of, "of");
  require_complete(than, "than");
  return claim(needs_of({of, than}), [=](const RunResults& own, const OtherRuns& others) {
    const MeasuredValues a = measured_values(of, own, others), b = measured_values(than, own, others);
    const std::vector<double> values = pairs(a, b, [&](double x, double y) { return wording.sign * (x - y); });
    const std::string unit = unit_of(of);
    const std::string margin = by > 0 ? fmt::format(", by at least {}{}{}", by, unit.empty() ? "" : " ", unit) : "";
    ClaimResult result = check_range(values, {by > 0 ? by : kLeastDifference, kUnlimited},
                                     fmt::format("{} {} {}{}", a.text, wording.verb, b.text, margin), unit);
    result.untested = "both are at their caps, or not observed";
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
    for (const auto& [replica, value] : of.replicas) values.push_back(value.value);
    const std::string unit = unit_of(o.of);
    return check_range(values, {o.from, o.to},
                       fmt::format("{} is from {} to {}{}{}", of.text, o.from, o.to, unit.empty() ? "" : " ", unit),
                       unit);
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
    ClaimResult result = check_range(pairs(a, b, [](double x, double y) { return x / y; }), {o.from, o.to},
                                     fmt::format("{} is {} to {} times {}", a.text, o.from, o.to, b.text), "");
    result.untested = "both are at their caps, or not observed";
    return result;
  });
}

}  // namespace infoplane::experiments
