#pragma once

#include <infoplane/config.hpp>

namespace infoplane::experiments {

/// Shrinks an experiment's config for `reproduce --quick`, see reproduce(). The epochs of histograms, figures and
/// claims shrink with the training.
void make_quick(Node& config);

}  // namespace infoplane::experiments
