#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include <infoplane/progress.hpp>

#include "run/replica_group.hpp"

namespace infoplane {

/// The replicas of an experiment, divided into one group per thread, and their data set. Between calls all groups have
/// taken the same number of steps.
class ReplicaGroups {
 public:
  ReplicaGroups(const Experiment& experiment, std::int64_t threads, torch::Device device);

  const Dataset& dataset() const { return dataset_; }
  std::int64_t step() const { return groups_[0]->trainer().step(); }
  std::int64_t epoch() const { return groups_[0]->trainer().epoch(); }
  std::int64_t steps_per_epoch() const { return groups_[0]->trainer().steps_per_epoch(); }

  /// Trains all replicas until each has taken `step` steps. If losses are no longer finite, throws the one with the
  /// smallest epoch and replica, so that the error does not depend on the threads.
  void train_until(std::int64_t step, Progress& progress);

  /// Rows ordered by replica. Reports the estimates of the first group.
  Observation observe(Progress& progress);

  /// Sets initial weights, see Trainer::start_from: each replica takes those with its number.
  void start_from(const NamedTensors& weights);

  /// Of all replicas together, independent of the groups, counted from 0; see replica_state.hpp.
  NamedTensors state() const;
  void restore(const NamedTensors& state, std::int64_t step);

 private:
  ReplicaRange counted_from_0(const ReplicaRange& replicas) const;

  Dataset dataset_;
  std::int64_t first_replica_;
  std::vector<std::unique_ptr<ReplicaGroup>> groups_;
};

}  // namespace infoplane
