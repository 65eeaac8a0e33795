#include <cmath>

#include <fmt/format.h>

#include "claims/replica_curves.hpp"

namespace infoplane::experiments {
namespace {

double growth(const Curve& curve) { return std::abs(last(curve)) - std::abs(first(curve)); }

}  // namespace

Fields fields(ParameterGrowsOptions& o) {
  return {required(field("parameter", o.parameter, "parameter name in the model, such as linear1.weight")),
          field("index", o.index, "index of the element, row-major", at_least(0)),
          required(field("at_least", o.at_least, "least growth of the magnitude", between(0, 1e6)))};
}

std::unique_ptr<Claim> make_parameter_grows(const ParameterGrowsOptions& o) {
  ResultNeeds needs;
  needs.parameters = true;
  needs.elements = {{o.parameter, o.index}};
  return claim(needs, [o](const RunResults& results) {
    return check_range(element_of(results, o.parameter, o.index).each(growth), {o.at_least, kUnlimited},
                       fmt::format("the magnitude of {} {} grows by at least {}", o.parameter, o.index, o.at_least),
                       "");
  });
}

}  // namespace infoplane::experiments
