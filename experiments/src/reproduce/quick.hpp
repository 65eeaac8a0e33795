#pragma once

#include <infoplane/config.hpp>

namespace infoplane::experiments {

/// Makes an experiment's config small, for `reproduce --quick`: see reproduce_command. Epochs that histograms and
/// figures name shrink with the training.
void make_quick(Node& config);

}  // namespace infoplane::experiments
