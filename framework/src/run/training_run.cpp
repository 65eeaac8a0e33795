#include "run/training_run.hpp"

#include <algorithm>
#include <utility>

#include "base/file.hpp"
#include "base/interruption.hpp"
#include "results/run_files.hpp"

namespace infoplane {
namespace {

using Clock = std::chrono::steady_clock;

// How long the run trains before it looks for signals; threads wait for each other as often.
constexpr double kTrainSeconds = 0.25;

double seconds_since(Clock::time_point start) { return std::chrono::duration<double>(Clock::now() - start).count(); }

void report(const Observation& observation, Progress& progress) {
  double loss = 0, accuracy = 0;
  std::int64_t rows = 0;
  for (const TrainingRecord& row : observation.training) {
    if (row.split != "test") continue;
    loss += row.loss;
    accuracy += row.accuracy;
    ++rows;
  }
  progress.observed(observation.training.front().epoch, loss / static_cast<double>(rows),
                    accuracy / static_cast<double>(rows));
}

}  // namespace

TrainingRun::TrainingRun(const Experiment& experiment, ReplicaGroups groups, Store store, std::string digest)
    : experiment_(experiment), groups_(std::move(groups)), store_(std::move(store)), digest_(std::move(digest)) {}

void TrainingRun::restore(const Checkpoint& checkpoint, const std::string& source) {
  const std::int64_t last = experiment_.training.epochs * groups_.steps_per_epoch();
  if (checkpoint.step > last) {
    throw UsageError(source + ": it was taken after step " + std::to_string(checkpoint.step) +
                     ", the training ends with step " + std::to_string(last));
  }
  require_observations(checkpoint, source);
  try {
    groups_.restore(checkpoint.tensors, checkpoint.step);
  } catch (const UsageError& error) {
    throw UsageError(source + ": " + error.what());
  }
  observations_ = checkpoint.observations;
}

void TrainingRun::require_observations(const Checkpoint& checkpoint, const std::string& source) const {
  std::int64_t before = 0, until = 0;  // the observed epochs before the step, and those up to it
  for (const std::int64_t epoch : observed_epochs(experiment_)) {
    before += epoch * groups_.steps_per_epoch() < checkpoint.step ? 1 : 0;
    until += epoch * groups_.steps_per_epoch() <= checkpoint.step ? 1 : 0;
  }
  if (before <= checkpoint.observations && checkpoint.observations <= until) return;
  const std::string right = std::to_string(before) + (until > before ? " or " + std::to_string(until) : "");
  throw UsageError(source + ": it was taken after step " + std::to_string(checkpoint.step) + " with " +
                   std::to_string(checkpoint.observations) + " observed epochs, there must be " + right);
}

void TrainingRun::go_on(double checkpoint_seconds, Progress& progress) {
  const std::vector<std::int64_t> epochs = observed_epochs(experiment_);
  while (observations_ < static_cast<std::int64_t>(epochs.size())) {
    train_until(epochs[observations_] * groups_.steps_per_epoch(), checkpoint_seconds, progress);
    observe(progress);
    stop_or_save(checkpoint_seconds);
  }
  train_until(experiment_.training.epochs * groups_.steps_per_epoch(), checkpoint_seconds, progress);
  save();
}

void TrainingRun::train_until(std::int64_t step, double checkpoint_seconds, Progress& progress) {
  while (groups_.step() < step) {
    const Clock::time_point start = Clock::now();
    const std::int64_t before = groups_.step();
    groups_.train_until(std::min(step, before + steps_at_once_), progress);
    const double per_second = static_cast<double>(groups_.step() - before) / std::max(1e-6, seconds_since(start));
    steps_at_once_ =
        std::clamp(static_cast<std::int64_t>(per_second * kTrainSeconds), std::int64_t{1}, 4 * steps_at_once_);
    stop_or_save(checkpoint_seconds);
  }
}

void TrainingRun::observe(Progress& progress) {
  const Observation observation = groups_.observe(progress);
  store_.append(observation.training);
  store_.append(observation.information);
  store_.append(observation.parameters);
  store_.append(observation.histograms);
  ++observations_;
  report(observation, progress);
}

void TrainingRun::take_snapshot() {
  Checkpoint snapshot{digest_, groups_.step(), observations_, store_.contents(), groups_.state()};
  const std::lock_guard<std::mutex> lock(mutex_);
  snapshot_ = std::move(snapshot);
}

void TrainingRun::stop_or_save(double checkpoint_seconds) {
  take_snapshot();
  if (const int signal = pending_signal(); signal != 0) {
    save();
    throw Interrupted(store_.folder().string(), signal);
  }
  if (seconds_since(saved_) >= checkpoint_seconds) save();
}

std::int64_t TrainingRun::save() {
  const std::lock_guard<std::mutex> lock(mutex_);
  store_.flush();
  write_whole_file(store_.folder() / kCheckpoint, to_bytes(snapshot_));
  saved_ = Clock::now();
  return snapshot_.step / groups_.steps_per_epoch();
}

}  // namespace infoplane
