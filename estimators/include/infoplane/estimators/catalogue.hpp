#pragma once

#include <infoplane/experiment.hpp>
#include <infoplane/registry.hpp>

namespace infoplane::estimators {

/// All estimators of this library by name.
Registry<EstimatorFactory> catalogue();

}  // namespace infoplane::estimators
