#pragma once

#include <string>
#include <vector>

#include <infoplane/experiment.hpp>

namespace infoplane {

/// Builds the experiment's parts, with one replica, and checks that they fit: data set, splits and batch size,
/// schedule, model and its hook points, estimators and the layers' shapes, the needs of figures and claims. Observes
/// all samples that the estimators get, before training, and takes a training step with the first and the last batch.
/// Throws UsageError, UsageErrors for several figures and claims, Error for what the model does wrong,
/// std::invalid_argument for an experiment without a data set, model, optimizer or schedule.
///
/// Returns warnings, one line each, about what is allowed and hardly meant: a hook point that never fires, or only in
/// training; a learning rate that changes nothing or lets the loss diverge within two steps; bins or clusters above the
/// number of samples; no observation after epoch 0. The state of LibTorch's global generator is left as it was.
///
/// Cost: the data set, one replica, one pass over the observed samples and two training steps.
std::vector<std::string> check(const Experiment& experiment);

}  // namespace infoplane
