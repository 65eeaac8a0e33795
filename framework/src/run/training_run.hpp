#pragma once

#include <chrono>
#include <memory>
#include <mutex>
#include <string>

#include "results/checkpoint.hpp"
#include "results/store.hpp"
#include "run/replica_groups.hpp"

namespace infoplane {

/// The training of one experiment, written to one folder, which can stop and resume at any step.
class TrainingRun {
 public:
  /// `digest` identifies the experiment's numbers (experiment_digest).
  TrainingRun(const Experiment& experiment, ReplicaGroups groups, Store store, std::string digest);

  /// Replaces the current state of the training. Throws UsageError "SOURCE: ..." for a checkpoint that does not fit.
  void restore(const Checkpoint& checkpoint, const std::string& source);

  /// Trains and observes to the end, with a checkpoint every `checkpoint_seconds` and one at the end. After a signal,
  /// writes one and throws Interrupted.
  void go_on(double checkpoint_seconds, Progress& progress);

  const Store& store() const { return store_; }
  const Dataset& dataset() const { return groups_.dataset(); }
  std::int64_t epoch() const { return groups_.epoch(); }

  /// Stores the current state for save().
  void take_snapshot();

  /// Writes the latest snapshot as a checkpoint; from any thread, at any time. Returns its epoch.
  std::int64_t save();

 private:
  void require_observations(const Checkpoint& checkpoint, const std::string& source) const;
  void train_until(std::int64_t step, double checkpoint_seconds, Progress& progress);
  void observe(Progress& progress);
  void stop_or_save(double checkpoint_seconds);

  const Experiment& experiment_;
  ReplicaGroups groups_;
  Store store_;
  std::string digest_;
  std::int64_t observations_ = 0;
  std::int64_t steps_at_once_ = 1;
  std::chrono::steady_clock::time_point saved_ = std::chrono::steady_clock::now();
  std::mutex mutex_;  // guards the following, which another thread may save
  Checkpoint snapshot_;
};

}  // namespace infoplane
