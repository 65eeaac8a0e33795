#include <fmt/format.h>

#include "claims/replica_curves.hpp"

namespace infoplane::experiments {

Fields fields(FinalValueOptions& o) {
  Fields list = fields(o.of);
  list.push_back(required(field("from_bits", o.from_bits, "lower limit in bits", between(-64, 64))));
  list.push_back(required(field("to_bits", o.to_bits, "upper limit in bits", between(-64, 64))));
  return list;
}

std::unique_ptr<Claim> make_final_value(const FinalValueOptions& o) {
  require_range("from_bits", o.from_bits, "to_bits", o.to_bits);
  return claim(needs_of({o.of.layer}, o.of.estimator, o.of.quantity), [o](const RunResults& results) {
    const ReplicaCurves curves = information_of(results, o.of);
    return check_range(
        curves.each(last), {o.from_bits, o.to_bits},
        fmt::format("{} ends between {} and {} bits ({})", curves.name, o.from_bits, o.to_bits, curves.estimator),
        "bits");
  });
}

}  // namespace infoplane::experiments
