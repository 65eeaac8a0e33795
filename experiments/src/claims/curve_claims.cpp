#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "claims/comparisons.hpp"

namespace infoplane::experiments {
namespace {

std::pair<double, double> range_of(const Curve& curve) {
  double low = kUnlimited, high = -kUnlimited;
  for (const auto& [epoch, value] : curve) {
    if (std::isnan(value)) return {value, value};
    low = std::min(low, value);
    high = std::max(high, value);
  }
  return {low, high};
}

// The largest fall from any epoch to a later one, as a share of the range.
double largest_fall(const Curve& curve, double sign) {
  const auto [low, high] = range_of(curve);
  if (!(high > low)) return std::nan("");
  double top = -kUnlimited, fall = 0;
  for (const auto& [epoch, value] : curve) {
    top = std::max(top, sign * value);
    fall = std::max(fall, top - sign * value);
  }
  return fall / (high - low);
}

// 1 + the first epoch with half of the way to the value farthest from the first.
double half_way(const Curve& curve) {
  const auto [low, high] = range_of(curve);
  const double start = first(curve), far = high - start > start - low ? high : low;
  if (!(high > low)) return std::nan("");
  const auto half = std::find_if(curve.begin(), curve.end(), [&](const auto& point) {
    return std::abs(point.second - start) >= std::abs(far - start) / 2;
  });
  return 1 + static_cast<double>(half->first);
}

double share_of_overlap(const Curve& a, const Curve& b, double within_share) {
  const auto [low_a, high_a] = range_of(a);
  const auto [low_b, high_b] = range_of(b);
  const double within = within_share * (std::max(high_a, high_b) - std::min(low_a, low_b));
  if (std::isnan(within)) return within;
  double near = 0, all = 0, before = -1;
  for (auto of_a = a.begin(), of_b = b.begin(); of_a != a.end() && of_b != b.end();) {
    if (of_a->first == of_b->first) {
      const double epochs = static_cast<double>(of_a->first) - before;
      before = static_cast<double>(of_a->first);
      all += epochs;
      if (std::abs(of_a->second - of_b->second) <= within) near += epochs;
    }
    const bool is_behind = of_a->first <= of_b->first;
    if (of_b->first <= of_a->first) ++of_b;
    if (is_behind) ++of_a;
  }
  return near / all;
}

Field curve(const std::string& name, Measurement& of, const std::string& doc) {
  return required(group(name, of, doc + "; its measure and epoch do not matter"));
}

}  // namespace

EnumNames<Direction> names(Direction) { return {{Direction::falling, "falling"}, {Direction::rising, "rising"}}; }

Fields fields(MonotoneOptions& o) {
  return {curve("of", o.of, "curve"), field("direction", o.direction, "direction of the curve"),
          field("within_share", o.within_share, "largest allowed change against it, as a share of the curve's range",
                between(0, 1))};
}

Fields fields(SimultaneousOptions& o) {
  return {curve("of", o.of, "first curve"), curve("with", o.with, "second curve"),
          field("within_factor", o.within_factor, "largest allowed ratio of the epochs of half the change",
                between(1, 1e6))};
}

Fields fields(CurvesOverlapOptions& o) {
  return {curve("of", o.of, "first curve"), curve("with", o.with, "second curve"),
          field("within_share", o.within_share, "largest difference, as a share of the range of both", between(0, 1)),
          field("at_least_epochs", o.at_least_epochs, "least share of the training, in epochs", between(0, 1))};
}

std::unique_ptr<Claim> make_monotone(const MonotoneOptions& o) {
  require_complete(o.of, "of");
  return claim(needs_of({o.of}), [o](const RunResults& own, const OtherRuns& others) {
    const ReplicaCurves curves = curves_of(o.of, own, others);
    const double sign = o.direction == Direction::falling ? -1 : 1;
    ClaimResult result = check_range(curves.each_below_cap([&](const Curve& c) { return largest_fall(c, sign); }),
                                     {-kUnlimited, o.within_share},
                                     fmt::format("{} {} by no more than {} of its range", curves.name,
                                                 o.direction == Direction::falling ? "rises" : "falls", o.within_share),
                                     "");
    result.untested = "the curve is constant, or at its cap throughout";
    return result;
  });
}

std::unique_ptr<Claim> make_simultaneous(const SimultaneousOptions& o) {
  require_complete(o.of, "of");
  require_complete(o.with, "with");
  return claim(needs_of({o.of, o.with}), [o](const RunResults& own, const OtherRuns& others) {
    const ReplicaCurves a = curves_of(o.of, own, others), b = curves_of(o.with, own, others);
    return check_range(
        in_pairs(a.replicas, b.replicas, [](const Curve& x, const Curve& y) { return half_way(x) / half_way(y); }),
        {1 / o.within_factor, o.within_factor},
        fmt::format("{} has done half of its change when {} has, within a factor of {}", a.name, b.name,
                    o.within_factor),
        "");
  });
}

std::unique_ptr<Claim> make_curves_overlap(const CurvesOverlapOptions& o) {
  require_complete(o.of, "of");
  require_complete(o.with, "with");
  return claim(needs_of({o.of, o.with}), [o](const RunResults& own, const OtherRuns& others) {
    const ReplicaCurves a = curves_of(o.of, own, others), b = curves_of(o.with, own, others);
    const auto overlap = [&](const Curve& x, const Curve& y) { return share_of_overlap(x, y, o.within_share); };
    return check_range(in_pairs(a.replicas, b.replicas, overlap), {o.at_least_epochs, kUnlimited},
                       fmt::format("{} and {} differ by at most {} of their range at {} of the epochs or more", a.name,
                                   b.name, o.within_share, o.at_least_epochs),
                       "");
  });
}

}  // namespace infoplane::experiments
