#pragma once

#include <infoplane/experiment.hpp>

namespace infoplane::experiments {

/// Every data set, model, optimiser, schedule, estimator, figure and claim that comes with infoplane.
/// Add entries of your own to the value that it returns.
Catalogue catalogue();

}  // namespace infoplane::experiments
