#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include <infoplane/progress.hpp>

#include "run/replica_group.hpp"

namespace infoplane {

/// The replicas of an experiment in as many groups as there are threads, and what they are trained on. Between calls
/// all groups have taken the same number of steps.
class ReplicaGroups {
 public:
  ReplicaGroups(const Experiment& experiment, std::int64_t threads, torch::Device device);

  const Dataset& dataset() const { return dataset_; }
  std::int64_t step() const { return groups_[0]->trainer().step(); }
  std::int64_t epoch() const { return groups_[0]->trainer().epoch(); }
  std::int64_t steps_per_epoch() const { return groups_[0]->trainer().steps_per_epoch(); }

  /// Trains all replicas until each has taken `step` steps. Of losses that are no longer finite it throws the one of
  /// the smallest epoch and replica, so that the error does not depend on the threads.
  void train_until(std::int64_t step, Progress& progress);

  /// Rows ordered by replica.
  Observation observe();

  /// Takes initial weights, see Trainer::start_from: of an experiment's replicas those with the same numbers.
  void start_from(const NamedTensors& weights);

  /// Of all replicas together, however they are grouped, counted from 0; see replica_state.hpp.
  NamedTensors state() const;
  void restore(const NamedTensors& state, std::int64_t step);

 private:
  ReplicaRange counted_from_0(const ReplicaRange& replicas) const;

  Dataset dataset_;
  std::int64_t first_replica_;
  std::vector<std::unique_ptr<ReplicaGroup>> groups_;
};

}  // namespace infoplane
