#pragma once

#include <infoplane/config.hpp>

namespace infoplane::experiments {

/// Shrinks an experiment's config for `reproduce --quick`, see reproduce(). The epochs that the schedule,
/// histograms, figures and claims list shrink with the training.
void make_quick(Node& config);

}  // namespace infoplane::experiments
