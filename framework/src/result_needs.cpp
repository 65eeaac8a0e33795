#include "result_needs.hpp"

#include <algorithm>

#include <fmt/format.h>

#include <infoplane/error.hpp>

namespace infoplane {
namespace {

void require_elements(const ResultNeeds& needs, const NamedTensors& parameters, const std::string& where) {
  std::vector<std::string> known;
  for (const auto& [name, tensor] : parameters) known.push_back(name);
  for (const auto& [parameter, index] : needs.elements) {
    require_known({parameter}, known, where, "parameter");
    const std::int64_t elements = parameters.at(parameter).numel();
    if (index < elements) continue;
    throw UsageError(
        fmt::format("{}: parameter {} has elements 0 to {}, got {}", where, in_quotes(parameter), elements - 1, index));
  }
}

}  // namespace

void require_known(const std::vector<std::string>& wanted, const std::vector<std::string>& known,
                   const std::string& where, const std::string& kind) {
  for (const std::string& name : wanted) {
    const bool found = std::any_of(known.begin(), known.end(), [&](const std::string& k) {
      return name == k || (kind == "estimator" && name.rfind(k + ".", 0) == 0);
    });
    if (!found) throw UsageError(where + ": unknown " + kind + " " + in_quotes(name) + suggestion(name, known));
  }
}

void require_met(const ResultNeeds& needs, const Offer& offer, const std::string& where) {
  if (needs.information && offer.estimators.empty()) {
    throw UsageError(where + " needs an estimator, got estimators: []");
  }
  require_known(needs.layers, offer.layers, where, "layer");
  require_known(needs.estimators, offer.estimators, where, "estimator");
  require_known(needs.details, offer.tables.details, where, "detail");
  if (needs.parameters && !offer.tables.parameters) throw UsageError(where + " needs observe.trace: parameters");
  if (needs.histograms && !offer.tables.histograms) throw UsageError(where + " needs observe.histograms.epochs");
  require_elements(needs, offer.parameters, where);
}

}  // namespace infoplane
