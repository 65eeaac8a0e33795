#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include <infoplane/capture.hpp>
#include <infoplane/experiment.hpp>
#include <infoplane/tensor_file.hpp>

#include "run/recorder.hpp"

namespace infoplane {

/// The estimators of one replica: what they prepared from its samples, and their states from epoch to epoch.
class Estimation {
 public:
  /// `samples` has inputs, labels and classes, the same at every epoch. Each estimator is made with the seed.
  Estimation(const std::vector<Choice<EstimatorFactory>>& estimators, LayerSamples samples, std::uint64_t seed);

  /// Called with "ESTIMATOR of LAYER" before each estimate.
  void on_estimate(std::function<void(const std::string& what)> call) { on_estimate_ = std::move(call); }

  /// Estimates one layer at the next epoch, `layer.values` being [N, M], and appends a row for each value of each
  /// estimator. `number` identifies the layer; `head` has replica and epoch.
  void append(std::int64_t number, const LayerActivations& layer, Record head, const Recorder& recorder,
              std::vector<Record>& rows);

  const LayerSamples& samples() const { return samples_; }

  /// Estimate::state of the last epoch by "LAYER.ESTIMATOR", their numbers.
  const NamedTensors& states() const { return states_; }
  void restore(NamedTensors states) { states_ = std::move(states); }

 private:
  LayerSamples samples_;
  std::vector<std::unique_ptr<Estimator>> estimators_;
  std::vector<std::string> names_;
  std::function<void(const std::string&)> on_estimate_;
  std::vector<std::shared_ptr<const Prepared>> prepared_;
  NamedTensors states_;
};

}  // namespace infoplane
