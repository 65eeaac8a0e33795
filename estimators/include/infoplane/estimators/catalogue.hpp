#pragma once

#include <infoplane/experiment.hpp>
#include <infoplane/registry.hpp>

namespace infoplane::estimators {

/// Every estimator of this folder under its name.
Registry<EstimatorFactory> catalogue();

}  // namespace infoplane::estimators
