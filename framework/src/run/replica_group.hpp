#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include <infoplane/capture.hpp>
#include <infoplane/experiment.hpp>
#include <infoplane/progress.hpp>

#include "run/estimation.hpp"
#include "run/recorder.hpp"

namespace infoplane {

/// The rows of one observed epoch, ordered by replica.
struct Observation {
  std::vector<TrainingRecord> training;
  std::vector<Record> information;
  std::vector<ParameterRecord> parameters;
  std::vector<HistogramRecord> histograms;
};

/// The number of samples of all replicas together that pass through the model at once.
inline constexpr std::int64_t kSamplesAtOnce = 65536;

/// Whether a layer is among those listed; an empty list is all.
bool is_wanted(const std::string& layer, const std::vector<std::string>& wanted);

/// [R, n]: the indices of the samples that the estimators of each of a trainer's replicas get.
torch::Tensor observed_samples(const Trainer& trainer, ObservedSamples which);

/// The replicas trained and observed by one thread.
class ReplicaGroup {
 public:
  ReplicaGroup(const Experiment& experiment, const Dataset& dataset, const ReplicaRange& replicas,
               torch::Device device);

  Trainer& trainer() { return trainer_; }
  const Trainer& trainer() const { return trainer_; }

  /// Loss and accuracy on both splits, and the estimates for every layer, which it reports to `progress` if not null.
  Observation observe(Progress* progress);

  /// Trainer::state(), and "estimation.replicas.I.LAYER.ESTIMATOR": the estimators' states for the next epoch.
  NamedTensors state() const;
  void restore(const NamedTensors& state, std::int64_t step);

 private:
  /// The logits [R, n, K] of the samples `indices` [R, n], in eval mode.
  torch::Tensor outputs(const torch::Tensor& indices);
  /// Loss and accuracy for the logits of a split's samples.
  void append_evaluation(const torch::Tensor& logits, const torch::Tensor& indices, const std::string& split,
                         std::vector<TrainingRecord>& rows) const;
  void estimate(std::int64_t r, const Activations& seen, Progress* progress, std::vector<Record>& rows);

  void trace(std::vector<ParameterRecord>& rows);
  void count(std::int64_t r, const Activations& seen, std::vector<HistogramRecord>& rows) const;

  const ObserveOptions& options_;
  Loss loss_;
  Trainer trainer_;
  torch::Tensor observed_;               ///< [R, n] indices of the estimators' samples
  std::vector<Estimation> estimations_;  ///< [R]
  Recorder recorder_;
};

}  // namespace infoplane
