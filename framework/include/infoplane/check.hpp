#pragma once

#include <infoplane/experiment.hpp>

namespace infoplane {

/// Builds the experiment's parts, with one replica, and checks that they fit: data set, splits and batch size,
/// schedule, model and its hook points, estimators and the layers' shapes, the needs of figures and claims. Throws
/// UsageError, std::invalid_argument for an experiment without a data set, model, optimizer or schedule.
void check(const Experiment& experiment);

}  // namespace infoplane
