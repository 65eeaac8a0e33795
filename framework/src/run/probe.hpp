#pragma once

#include <string>
#include <vector>

#include <infoplane/capture.hpp>
#include <infoplane/experiment.hpp>

namespace infoplane {

/// One replica of an experiment's model, tried before the run.
struct Probe {
  std::int64_t inputs = 0;   ///< D of the data set
  std::int64_t classes = 0;  ///< K
  std::int64_t data_set_samples = 0;
  std::int64_t samples = 0;         ///< observed by the estimators
  std::vector<LayerShape> layers;   ///< those that fire in evaluation, in firing order
  std::vector<std::string> unseen;  ///< the other hook points
  NamedTensors parameters;          ///< of one replica
  std::int64_t steps_per_epoch = 0;
  double step_seconds = 0;  ///< of a training step, measured
  std::vector<std::string> warnings;
};

/// Builds the data set and one replica of the model; observes all samples that the estimators get, as the run does
/// before training; takes a training step with the first and the last batch of an epoch, and some more to measure them.
/// The state of LibTorch's global generator is left as it was. Warns of hook points that do not fire in training and in
/// evaluation, of a step that changes no parameter, and of a loss that is not finite after it.
///
/// Throws UsageError for a run that needs more memory than the machine has (see work.hpp), for initial weights that do
/// not fit, an observed layer that never fires, a model without trainable parameters and a step that fails; Error for
/// an activation that estimators reject, an output that is not finite, and as validate(dataset), Trainer and capture()
/// do.
Probe probe(const Experiment& experiment);

}  // namespace infoplane
