#pragma once

#include <infoplane/experiment.hpp>

namespace infoplane::experiments {

/// Every built-in data set, model, optimizer, schedule, estimator, figure and claim.
/// Add custom entries to the returned value.
Catalogue catalogue();

}  // namespace infoplane::experiments
