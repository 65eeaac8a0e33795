#pragma once

#include <infoplane/experiment.hpp>

namespace infoplane {

/// Builds what the experiment names, with one replica, and checks that the parts fit: data set, splits and batch size,
/// schedule, model and its hook points, estimators and the layers' shapes, what figures and claims need. Throws
/// UsageError.
void check(const Experiment& experiment);

}  // namespace infoplane
