#include <infoplane/run.hpp>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <exception>
#include <memory>
#include <mutex>
#include <optional>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <infoplane/claim.hpp>
#include <infoplane/figure.hpp>
#include <infoplane/runtime.hpp>

#include "base/arguments.hpp"
#include "base/first_error.hpp"
#include "base/in_parallel.hpp"
#include "base/interruption.hpp"
#include "base/reason_of.hpp"
#include "base/signal_watch.hpp"
#include "base/with_context.hpp"
#include "results/provenance.hpp"
#include "results/run_files.hpp"
#include "results/run_summary.hpp"
#include "results/store.hpp"
#include "results/whole_tables.hpp"
#include "run/expected_results.hpp"
#include "run/probe.hpp"
#include "run/run_folder.hpp"
#include "run/training_run.hpp"
#include "run/work.hpp"

namespace infoplane {
namespace {

namespace fs = std::filesystem;

constexpr std::chrono::milliseconds kGrace{1500};  // the state is then saved within 2 s

// The message of a run ended by a signal.
std::string interrupted(const fs::path& folder, std::int64_t epoch) {
  return folder.string() + ": interrupted after epoch " + std::to_string(epoch) + ", resume with `infoplane resume " +
         folder.string() + "`";
}

// The status in the folder's provenance, updated by two threads if a signal ends the run.
class Status {
 public:
  Status(const Store& store, Provenance provenance) : store_(store), provenance_(std::move(provenance)) {
    write(RunStatus::running);
  }

  void write(RunStatus status, const std::string& error = "") {
    const std::lock_guard<std::mutex> lock(mutex_);
    if (provenance_.status == RunStatus::finished) return;
    provenance_.status = status;
    provenance_.error = error;
    store_.write_file(kProvenance, provenance_.json());
  }

 private:
  const Store& store_;
  std::mutex mutex_;
  Provenance provenance_;
};

Provenance provenance_of(const Experiment& experiment, std::int64_t threads, const torch::Device& device) {
  Provenance provenance;
  provenance.seed = experiment.seed;
  provenance.threads = threads;
  provenance.device = device.str();
  return provenance;
}

// What is to be run, and the folder of a run that stopped.
struct Plan {
  const Experiment& experiment;
  const Catalogue& catalogue;
  const RunOptions& options;
  std::optional<fs::path> before;
  Work work;
};

void take_initial_weights(const Experiment& experiment, ReplicaGroups& groups) {
  if (experiment.initial_weights.empty()) return;
  const NamedTensors weights = read_tensors(experiment.initial_weights).tensors;
  with_context(experiment.initial_weights, [&] { groups.start_from(weights); });
}

std::unique_ptr<TrainingRun> begin(const Plan& plan, ReplicaGroups groups) {
  const std::string digest = experiment_digest(plan.experiment, plan.catalogue);
  if (!plan.before) {
    take_initial_weights(plan.experiment, groups);
    return std::make_unique<TrainingRun>(plan.experiment, std::move(groups),
                                         make_store(plan.experiment, plan.catalogue, plan.options.out), digest);
  }
  const fs::path file = *plan.before / kCheckpoint;
  std::optional<Checkpoint> checkpoint;
  Store store(*plan.before, tables_of(plan.experiment), [&] {
    if (fs::exists(file)) checkpoint = read_checkpoint(file);
    if (checkpoint && checkpoint->experiment != digest && !is_of_checkpoint(*plan.before, plan.catalogue)) {
      throw UsageError(file.string() + ": of another experiment");
    }
    return checkpoint ? checkpoint->tables : Store::Contents{};
  });
  if (!checkpoint) take_initial_weights(plan.experiment, groups);
  auto run = std::make_unique<TrainingRun>(plan.experiment, std::move(groups), std::move(store), digest);
  if (checkpoint) run->restore(*checkpoint, file.string());
  return run;
}

// What the data set knows, unless the run was stopped after it had been written.
void write_truth(const Dataset& dataset, const Store& store) {
  if (dataset.truth && !fs::exists(store.folder() / "truth.csv")) store.write(dataset.truth());
  if (dataset.bottleneck && !fs::exists(store.folder() / "bottleneck.csv")) store.write(dataset.bottleneck());
}

std::int64_t threads_of(const RunOptions& options) {
  if (!parse_device(options.device).is_cpu()) return 1;
  return options.threads > 0 ? options.threads : cores();
}

// On the threads of the run.
double seconds_of(const Work& work, const RunOptions& options) {
  return work.seconds / static_cast<double>(std::min(threads_of(options), work.replicas));
}

// Trains to the end, draws and evaluates the claims. `run` is seen by the thread that watches for signals as soon as it
// is whole.
void finish(const Plan& plan, TrainingRun& run, Status& status, Progress& progress) {
  const std::string folder = run.store().folder().string();
  std::vector<ClaimRecord> claims;
  const double rest = 1 - static_cast<double>(run.epoch()) / static_cast<double>(plan.experiment.training.epochs);
  progress.expected(plan.experiment.name, rest * seconds_of(plan.work, plan.options), plan.work.bytes);
  progress.begin(plan.experiment.name, run.epoch(), plan.experiment.training.epochs, plan.experiment.replicas);
  try {
    run.go_on(plan.options.checkpoint_seconds, progress);
    FirstError error;
    progress.working("drawing figures");
    error.call([&] { draw_figures(plan.experiment.figures, folder); });
    progress.working("judging claims");
    error.call([&] { claims = evaluate_claims(plan.experiment.claims, folder); });
    progress.working("");
    error.rethrow();
    run.store().write_digests();
  } catch (const Interrupted& stop) {
    progress.end();
    status.write(RunStatus::interrupted);
    throw Interrupted(interrupted(folder, run.epoch()), stop.signal);
  } catch (const std::exception& error) {
    progress.end();
    status.write(RunStatus::failed, reason_of(error));
    throw Error(folder + ": " + reason_of(error));
  }
  status.write(RunStatus::finished);
  progress.end();
  for (const ClaimRecord& claim : claims) progress.evaluated(claim);
}

// Saves a run that a signal ends during a step or an estimate.
void leave(TrainingRun& run, Status& status, Progress& progress) {
  const fs::path& folder = run.store().folder();
  try {
    const std::int64_t epoch = run.save();
    status.write(RunStatus::interrupted);
    progress.interrupted(interrupted(folder, epoch));
  } catch (const std::exception& error) {
    progress.interrupted(folder.string() +
                         ": interrupted, without a checkpoint of the current state: " + reason_of(error));
  }
}

// Updates the provenance of a resumed run.
void take_over(Provenance& provenance, const fs::path& folder, Progress& progress) {
  const fs::path file = folder / kProvenance;
  if (read_status(file) == RunStatus::waiting) return;
  const std::vector<std::string> changes = provenance.resume(file);
  if (changes.empty()) return;
  progress.warned(fmt::format("{}: {}; the results may differ from those of an uninterrupted run", folder.string(),
                              fmt::join(changes, ", ")));
}

// What a signal ends: nothing that is worth saving until the run has begun.
struct Live {
  std::unique_ptr<TrainingRun> run;
  std::unique_ptr<Status> status;
  std::atomic<bool> begun{false};
};

SignalWatch watch_for_signals(Live& live, Progress& progress) {
  return SignalWatch(kGrace, [&live, &progress](int) {
    if (!live.begun) return progress.interrupted("interrupted before training started");
    leave(*live.run, *live.status, progress);
  });
}

fs::path execute(const Plan& plan, Live& live, Progress& progress) {
  if (plan.before && is_finished(*plan.before)) {
    require_own_experiment(*plan.before, plan.catalogue);
    require_whole_tables(*plan.before);
    progress.finished_before(plan.before->string());
    return *plan.before;
  }
  if (!plan.experiment.figures.empty()) require_gnuplot();
  const torch::Device device = parse_device(plan.options.device);
  const std::int64_t threads = threads_of(plan.options);
  auto& [run, status, begun] = live;
  progress.working(
      fmt::format("preparing {} replica{}", plan.experiment.replicas, plan.experiment.replicas == 1 ? "" : "s"));
  run = begin(plan, ReplicaGroups(plan.experiment, threads, device));
  write_truth(run->dataset(), run->store());
  Provenance provenance = provenance_of(plan.experiment, threads, device);
  if (plan.before) take_over(provenance, run->store().folder(), progress);
  status = std::make_unique<Status>(run->store(), std::move(provenance));
  run->take_snapshot();
  progress.working("");
  begun = true;
  finish(plan, *run, *status, progress);
  return run->store().folder();
}

// Checks the experiment before anything is written, and returns what the run is expected to take. `anyway`: it may take
// more than a day.
Work require_runnable(const Experiment& experiment, const RunOptions& options, bool anyway, Progress& progress) {
  progress.working("checking " + experiment.name);
  observed_epochs(experiment);
  const Probe probed = probe(experiment);
  for (const std::string& warning : check_probed(experiment, probed)) {
    progress.warned(experiment.name + ": " + warning);
  }
  const Work work = expected_work(experiment, probed);
  if (!anyway) with_context(experiment.name, [&] { require_time(seconds_of(work, options), work.slowest); });
  progress.working("");
  return work;
}

void require_options(const char* function, const RunOptions& options) {
  require_at_least(function, "options.threads", options.threads, 0);
  if (!(options.checkpoint_seconds >= 0)) {
    refuse_argument(function,
                    fmt::format("options.checkpoint_seconds must be at least 0, got {}", options.checkpoint_seconds));
  }
}

}  // namespace

fs::path run(const Experiment& experiment, const Catalogue& catalogue, const RunOptions& options, Progress& progress) {
  require_options("run", options);
  Live live;
  const SignalWatch watch = watch_for_signals(live, progress);
  const Work work = require_runnable(experiment, options, options.anyway, progress);
  const auto before = options.resume ? latest_run(options.out, experiment.name) : std::nullopt;
  if (before) require_same_numbers(*before, experiment, catalogue);
  return execute({experiment, catalogue, options, before, work}, live, progress);
}

fs::path resume(const fs::path& folder, const Catalogue& catalogue, const RunOptions& options, Progress& progress) {
  require_options("resume", options);
  if (read_status(folder / kProvenance) == RunStatus::estimate) {
    throw UsageError(folder.string() + ": an estimate; only runs of `infoplane run` can be resumed");
  }
  if (is_run(folder) && !fs::exists(fs::symlink_status(folder / kExperimentFile))) {
    throw UsageError(folder.string() + ": it stopped before it wrote experiment.yaml: run its config again");
  }
  const Experiment experiment = read_experiment(load_yaml(folder / kExperimentFile), catalogue);
  Experiment started = experiment;  // its weights are in the checkpoint, their file may be gone
  started.initial_weights.clear();
  Live live;
  const SignalWatch watch = watch_for_signals(live, progress);
  const Work work = require_runnable(started, options, /*anyway=*/true, progress);
  return execute({experiment, catalogue, options, folder, work}, live, progress);
}

}  // namespace infoplane
