#pragma once

#include <memory>
#include <string>
#include <vector>

#include <infoplane/activations.hpp>
#include <infoplane/experiment.hpp>

#include "run/recorder.hpp"

namespace infoplane {

/// The rows of one observed epoch, ordered by replica.
struct Observation {
  std::vector<TrainingRecord> training;
  std::vector<Record> information;
  std::vector<ParameterRecord> parameters;
  std::vector<HistogramRecord> histograms;
};

/// The replicas that one thread trains and observes.
class ReplicaGroup {
 public:
  ReplicaGroup(const Experiment& experiment, const Dataset& dataset, const ReplicaRange& replicas,
               torch::Device device);

  Trainer& trainer() { return trainer_; }
  const Trainer& trainer() const { return trainer_; }

  /// Loss and accuracy on both splits, and what the estimators say of every layer.
  Observation observe();

  /// Trainer::state(), and "estimation.replicas.I.LAYER.ESTIMATOR": what estimators keep for the next epoch.
  NamedTensors state() const;
  void restore(const NamedTensors& state, std::int64_t step);

 private:
  struct Replica {
    LayerSamples samples;  ///< inputs and labels, the same at every epoch
    std::vector<std::unique_ptr<Estimator>> estimators;
    std::vector<std::shared_ptr<const Prepared>> prepared;
    NamedTensors previous;  ///< Estimate::state by "LAYER.ESTIMATOR", their numbers
  };

  /// The logits [R, n, K] of the samples `indices` [R, n], in eval mode.
  torch::Tensor outputs(const torch::Tensor& indices);
  /// What the logits say of the samples of a split.
  void append_evaluation(const torch::Tensor& logits, const torch::Tensor& indices, const std::string& split,
                         std::vector<TrainingRecord>& rows) const;
  void estimate(Replica& replica, std::int64_t r, const Activations& seen, std::vector<Record>& rows);

  void trace(std::vector<ParameterRecord>& rows);
  void count(const Replica& replica, std::int64_t r, const Activations& seen, std::vector<HistogramRecord>& rows) const;

  const ObserveOptions& options_;
  Trainer trainer_;
  torch::Tensor observed_;  ///< [R, n] indices of the samples that estimators see
  std::vector<Replica> replicas_;
  Recorder recorder_;
};

}  // namespace infoplane
