#include "run/replica_groups.hpp"

#include <algorithm>
#include <exception>
#include <functional>
#include <iterator>

#include "base/in_parallel.hpp"
#include "run/replica_state.hpp"

namespace infoplane {
namespace {

// Rethrows the first error, or of losses that diverged the earliest.
void rethrow(const std::vector<std::exception_ptr>& errors) {
  std::exception_ptr earliest;
  std::int64_t epoch = 0;
  for (const std::exception_ptr& error : errors) {
    if (!error) continue;
    try {
      std::rethrow_exception(error);
    } catch (const NonFiniteLoss& loss) {
      if (!earliest || loss.epoch < epoch) {
        earliest = error;
        epoch = loss.epoch;
      }
    }
  }
  if (earliest) std::rethrow_exception(earliest);
}

// Calls work(0) .. work(count - 1), each on its own thread if the system can start it. All are called, though
// one of them throws.
void for_each_group(std::size_t count, const std::function<void(std::size_t)>& work) {
  std::vector<std::exception_ptr> errors(count);
  const auto threads = static_cast<std::int64_t>(count);
  in_parallel(threads, threads, [&](std::int64_t i) {
    try {
      work(static_cast<std::size_t>(i));
    } catch (...) {
      errors[i] = std::current_exception();
    }
  });
  rethrow(errors);
}

template <class Row>
void append(std::vector<Row>& rows, std::vector<Row>& all) {
  std::move(rows.begin(), rows.end(), std::back_inserter(all));
}

}  // namespace

ReplicaGroups::ReplicaGroups(const Experiment& experiment, std::int64_t threads, torch::Device device)
    : dataset_(experiment.dataset(stream_seed(experiment.seed, 0, Purpose::dataset))),
      first_replica_(experiment.first_replica) {
  validate(dataset_);
  const std::int64_t count = std::min(threads, experiment.replicas);
  groups_.resize(count);
  for_each_group(count, [&](std::size_t g) {
    const auto i = static_cast<std::int64_t>(g);
    const std::int64_t first = experiment.replicas * i / count;
    const std::int64_t end = experiment.replicas * (i + 1) / count;
    const ReplicaRange replicas{experiment.seed, first_replica_ + first, end - first};
    groups_[g] = std::make_unique<ReplicaGroup>(experiment, dataset_, replicas, device);
  });
}

void ReplicaGroups::train_until(std::int64_t step, Progress& progress) {
  for_each_group(groups_.size(), [&](std::size_t g) {
    Trainer& trainer = groups_[g]->trainer();
    while (trainer.step() < step) {
      const std::int64_t epoch = trainer.epoch();
      trainer.train_until(std::min(step, (epoch + 1) * trainer.steps_per_epoch()));
      if (g == 0 && trainer.epoch() > epoch) progress.trained(trainer.epoch());
    }
  });
}

Observation ReplicaGroups::observe(Progress& progress) {
  std::vector<Observation> parts(groups_.size());
  for_each_group(groups_.size(), [&](std::size_t g) { parts[g] = groups_[g]->observe(g == 0 ? &progress : nullptr); });
  progress.working("");
  Observation all = std::move(parts[0]);
  for (std::size_t g = 1; g < parts.size(); ++g) {
    append(parts[g].training, all.training);
    append(parts[g].information, all.information);
    append(parts[g].parameters, all.parameters);
    append(parts[g].histograms, all.histograms);
  }
  return all;
}

void ReplicaGroups::start_from(const NamedTensors& weights) {
  for (const auto& group : groups_) group->trainer().start_from(of_replicas(weights, group->trainer().replicas()));
}

NamedTensors ReplicaGroups::state() const {
  std::vector<GroupState> states;
  for (const auto& group : groups_) states.push_back({counted_from_0(group->trainer().replicas()), group->state()});
  return join_replicas(states);
}

void ReplicaGroups::restore(const NamedTensors& state, std::int64_t step) {
  for (const auto& group : groups_)
    group->restore(of_replicas(state, counted_from_0(group->trainer().replicas())), step);
}

ReplicaRange ReplicaGroups::counted_from_0(const ReplicaRange& replicas) const {
  return {replicas.seed, replicas.first - first_replica_, replicas.count};
}

}  // namespace infoplane
