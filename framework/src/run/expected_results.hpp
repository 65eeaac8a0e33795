#pragma once

#include <functional>
#include <string>
#include <vector>

#include <infoplane/experiment.hpp>

#include "base/with_context.hpp"
#include "results/available_results.hpp"
#include "run/probe.hpp"

namespace infoplane {

/// What the run of a probed experiment will write. Throws UsageError for unknown layers in observe, and for an
/// estimator that cannot be made or cannot measure an observed layer.
AvailableResults expected_results(const Experiment& experiment, const Probe& probe);

/// Throws UsageError for a figure or a claim whose options are wrong or whose needs are unmet (see UnmetNeed).
template <class Choice>
void require_needs_met(const Choice& choice, const AvailableResults& available, const std::string& kind) {
  const std::string where = kind + " " + in_quotes(choice.name());
  require_met(with_context(where, [&] { return choice()->needs(); }), available, where);
}

/// The checks of an experiment after it was probed; returns warnings.
std::vector<std::string> check_probed(const Experiment& experiment, const Probe& probe);

}  // namespace infoplane
