#pragma once

#include <infoplane/experiment.hpp>

namespace infoplane::experiments {

/// The JSON Schema (draft-07) of a config: of an experiment, or of a sweep of experiments.
Node experiment_schema(const Catalogue& catalogue);

}  // namespace infoplane::experiments
