#include <cmath>

#include <fmt/format.h>

#include "claims/replica_curves.hpp"

namespace infoplane::experiments {
namespace {

using Measure = double (*)(const Curve&);

// "I(X;T) of L5 falls by at least 1 bits after its peak (binning)": `measure` of the curve lies in the range.
std::unique_ptr<Claim> change_claim(const LayerQuantity& of, Measure measure, const Interval& range,
                                    const std::string& change) {
  return claim(needs_of({of.layer}, of.estimator, of.quantity), [=](const RunResults& results) {
    const ReplicaCurves curves = information_of(results, of);
    return untested_at_cap(check_range(curves.each_below_cap(measure), range,
                                       fmt::format("{} {} ({})", curves.name, change, curves.estimator), "bits"),
                           curves);
  });
}

// The same for a rise, which is not tested where the cap leaves too little room for `bits`.
std::unique_ptr<Claim> rise_claim(const LayerQuantity& of, double bits, const Interval& range,
                                  const std::string& change) {
  return claim(needs_of({of.layer}, of.estimator, of.quantity), [=](const RunResults& results) {
    const ReplicaCurves curves = information_of(results, of);
    std::vector<double> values;
    for (const auto& [replica, curve] : curves.replicas) {
      const bool has_room = curves.caps.at(replica).front().second - first(curve) >= bits;
      values.push_back(has_room ? rise(curve) : std::nan(""));
    }
    ClaimResult result =
        check_range(values, range, fmt::format("{} {} ({})", curves.name, change, curves.estimator), "bits");
    result.untested = fmt::format("{} starts within {} bits of its cap ({})", curves.name, bits, curves.estimator);
    return result;
  });
}

Check<double> bits() { return between(0, 64); }

}  // namespace

Fields fields(CompressionOptions& o) {
  Fields list = fields(o.of);
  list.push_back(required(field("at_least_bits", o.at_least_bits, "smallest change, in bits", above_at_most(0, 64))));
  return list;
}

Fields fields(NoCompressionOptions& o) {
  Fields list = fields(o.of);
  list.push_back(required(field("at_most_bits", o.at_most_bits, "largest fall, in bits", bits())));
  return list;
}

std::unique_ptr<Claim> make_compression(const CompressionOptions& o) {
  return change_claim(o.of, fall, {o.at_least_bits, kUnlimited},
                      fmt::format("falls by at least {} bits after its peak", o.at_least_bits));
}

std::unique_ptr<Claim> make_no_compression(const NoCompressionOptions& o) {
  return change_claim(o.of, fall, {-kUnlimited, o.at_most_bits},
                      fmt::format("falls by at most {} bits after its peak", o.at_most_bits));
}

std::unique_ptr<Claim> make_fitting(const FittingOptions& o) {
  return rise_claim(o.of, o.at_least_bits, {o.at_least_bits, kUnlimited},
                    fmt::format("rises by at least {} bits from its start", o.at_least_bits));
}

std::unique_ptr<Claim> make_no_fitting(const NoFittingOptions& o) {
  return rise_claim(o.of, o.at_most_bits, {-kUnlimited, o.at_most_bits},
                    fmt::format("rises by at most {} bits from its start", o.at_most_bits));
}

}  // namespace infoplane::experiments
