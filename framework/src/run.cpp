#include <infoplane/run.hpp>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <exception>
#include <memory>
#include <optional>
#include <thread>

#include <infoplane/interruption.hpp>

#include "claims_table.hpp"
#include "provenance.hpp"
#include "replica_state.hpp"
#include "result_needs.hpp"
#include "run_folder.hpp"
#include "sha256.hpp"
#include "signal_watch.hpp"
#include "training_run.hpp"

namespace infoplane {
namespace {

namespace fs = std::filesystem;

constexpr std::chrono::seconds kGrace{2};
const std::string kModel = "model.";

// What the call returns; what it refuses is told with where it happened.
template <class Call>
auto told_with(const std::string& where, Call call) {
  try {
    return call();
  } catch (const UsageError& error) {
    throw UsageError(where + ": " + error.what());
  }
}

template <class Things>
void require_needs_met(const Things& choices, const Offer& offer, const std::string& kind) {
  for (const auto& choice : choices) {
    const std::string where = kind + " " + in_quotes(choice.name());
    require_met(told_with(where, [&] { return choice()->needs(); }), offer, where);
  }
}

std::int64_t thread_count(const RunOptions& options) {
  if (options.threads > 0) return options.threads;
  return std::max(1u, std::thread::hardware_concurrency());
}

// What a run that a signal ended leaves behind.
std::string interrupted(const fs::path& folder, std::int64_t epoch) {
  return folder.string() + ": interrupted after epoch " + std::to_string(epoch) + ", `infoplane resume " +
         folder.string() + "` goes on";
}

// The status in the folder's provenance, kept up to date.
class Status {
 public:
  Status(const Store& store, Provenance provenance) : store_(store), provenance_(std::move(provenance)) {
    write("running");
  }

  void write(const std::string& status, const std::string& error = "") {
    provenance_.status = status;
    provenance_.error = error;
    store_.write_file("provenance.json", provenance_.json());
  }

 private:
  const Store& store_;
  Provenance provenance_;
};

Provenance provenance_of(const Experiment& experiment, std::int64_t threads, const torch::Device& device) {
  Provenance provenance;
  provenance.seed = experiment.seed;
  provenance.threads = threads;
  provenance.device = device.str();
  return provenance;
}

// Hands the tensors of a file on; what is wrong with them is the file's fault.
template <class Take>
void with_weights(const std::string& file, Take take) {
  const NamedTensors weights = read_tensors(file).tensors;
  told_with(file, [&] { take(weights); });
}

// What is to be run, and the folder of a run that stopped.
struct Plan {
  const Experiment& experiment;
  const Catalogue& catalogue;
  const RunOptions& options;
  std::optional<fs::path> before;
};

void take_initial_weights(const Experiment& experiment, ReplicaGroups& groups) {
  if (experiment.initial_weights.empty()) return;
  with_weights(experiment.initial_weights, [&](const NamedTensors& weights) { groups.start_from(weights); });
}

std::unique_ptr<TrainingRun> begin(const Plan& plan, ReplicaGroups groups) {
  const std::string digest = sha256({to_yaml(numbers_of(plan.experiment, plan.catalogue))});
  if (!plan.before) {
    take_initial_weights(plan.experiment, groups);
    return std::make_unique<TrainingRun>(plan.experiment, std::move(groups),
                                         make_store(plan.experiment, plan.catalogue, plan.options.out), digest);
  }
  const fs::path file = *plan.before / "checkpoint";
  std::optional<Checkpoint> checkpoint;
  Store store(*plan.before, tables_of(plan.experiment), [&] {
    if (fs::exists(file)) checkpoint = read_checkpoint(file);
    if (checkpoint && checkpoint->experiment != digest) {
      throw UsageError(file.string() + ": it belongs to another experiment");
    }
    return checkpoint ? checkpoint->tables : Store::Lengths{};
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

// Trains to the end, draws and evaluates the claims. `run` is seen by the thread that watches for signals as soon as it is
// whole.
void finish(const Plan& plan, TrainingRun& run, Status& status, Progress& progress) {
  const std::string folder = run.store().folder().string();
  std::vector<ClaimRecord> claims;
  progress.begin(plan.experiment.name, run.epoch(), plan.experiment.training.epochs, plan.experiment.replicas);
  try {
    run.go_on(plan.options.checkpoint_seconds, progress);
    draw_figures(plan.experiment.figures, folder);
    claims = evaluate_claims(plan.experiment.claims, folder);
  } catch (const Interrupted& stop) {
    progress.end();
    status.write("interrupted");
    throw Interrupted(interrupted(folder, run.epoch()), stop.signal);
  } catch (const std::exception& error) {
    progress.end();
    status.write("failed", reason_of(error));
    throw Error(folder + ": " + reason_of(error));
  }
  status.write("finished");
  progress.end();
  for (const ClaimRecord& claim : claims) progress.evaluated(claim);
}

fs::path execute(const Plan& plan, Progress& progress) {
  if (plan.before && is_finished(*plan.before)) {
    progress.finished_before(plan.before->string());
    return *plan.before;
  }
  const torch::Device device = parse_device(plan.options.device);
  const std::int64_t threads = device.is_cpu() ? thread_count(plan.options) : 1;
  std::unique_ptr<TrainingRun> run;
  std::unique_ptr<Status> status;
  std::atomic<bool> begun{false};
  const SignalWatch watch(kGrace, [&](int) {
    if (!begun) return progress.interrupted("interrupted before the training began");
    const std::int64_t epoch = run->save();
    status->write("interrupted");
    progress.interrupted(interrupted(run->store().folder(), epoch));
  });
  run = begin(plan, ReplicaGroups(plan.experiment, threads, device));
  write_truth(run->dataset(), run->store());
  Provenance provenance = provenance_of(plan.experiment, threads, device);
  const fs::path file = run->store().folder() / "provenance.json";
  if (plan.before && status_in(file) != "waiting") provenance.resume(file);
  status = std::make_unique<Status>(run->store(), std::move(provenance));
  run->take_snapshot();
  begun = true;
  finish(plan, *run, *status, progress);
  return run->store().folder();
}

}  // namespace

void check(const Experiment& experiment) {
  observed_epochs(experiment);
  const Dataset dataset = experiment.dataset(stream_seed(experiment.seed, 0, Purpose::dataset));
  validate(dataset);
  const ReplicaRange one{experiment.seed, 0, 1};
  Trainer trainer(experiment.model({dataset.inputs.size(1), dataset.classes, one}), dataset, one, experiment.training);
  Offer offer;
  offer.tables = tables_of(experiment);
  const Activations seen = capture(trainer.model(), trainer.inputs(trainer.test_samples().narrow(1, 0, 1)));
  for (const LayerActivations& layer : seen.layers) offer.layers.push_back(layer.name);
  for (const auto& estimator : experiment.estimators) {
    offer.estimators.push_back(estimator.name());
    estimator(experiment.seed);
  }
  if (!experiment.initial_weights.empty()) {
    const ReplicaRange last{experiment.seed, experiment.first_replica + experiment.replicas - 1, 1};
    with_weights(experiment.initial_weights,
                 [&](const NamedTensors& weights) { trainer.start_from(of_replicas(weights, last)); });
  }
  offer.parameters = parameters_by_replica(*trainer.model().ptr(), 1)[0];
  require_known(experiment.observe.layers, offer.layers, "observe", "layer");
  if (!experiment.observe.layers.empty()) offer.layers = experiment.observe.layers;
  require_known(experiment.observe.histograms.layers, offer.layers, "observe.histograms", "layer");
  require_needs_met(experiment.figures, offer, "figure");
  require_needs_met(experiment.claims, offer, "claim");
}

fs::path run(const Experiment& experiment, const Catalogue& catalogue, const RunOptions& options, Progress& progress) {
  check(experiment);
  const auto before = options.resume ? latest_run(options.out, experiment.name) : std::nullopt;
  if (before) require_same_numbers(*before, experiment, catalogue);
  return execute({experiment, catalogue, options, before}, progress);
}

fs::path resume(const fs::path& folder, const Catalogue& catalogue, const RunOptions& options, Progress& progress) {
  const Experiment experiment = read_experiment(load_yaml(folder / "experiment.yaml"), catalogue);
  Experiment started = experiment;   // its weights are in the checkpoint, their file need not be there any more
  started.initial_weights.clear();
  check(started);
  return execute({experiment, catalogue, options, folder}, progress);
}

void export_weights(const fs::path& folder, const fs::path& file) {
  TensorFile weights;
  for (const auto& [name, tensor] : read_checkpoint(folder / "checkpoint").tensors) {
    if (name.rfind(kModel, 0) == 0) weights.tensors[name.substr(kModel.size())] = tensor;
  }
  write_tensors(file, weights);
}

bool is_finished(const fs::path& folder) { return status_in(folder / "provenance.json") == "finished"; }

std::vector<ClaimRecord> evaluate_claims(const std::vector<Choice<ClaimFactory>>& claims, const fs::path& folder) {
  std::vector<ClaimRecord> records;
  if (claims.empty()) return records;
  const RunResults results = read_run(folder);
  for (const auto& claim : claims) {
    const ClaimResult result =
        told_with("claim " + in_quotes(claim.name()), [&] { return claim()->check(results); });
    records.push_back(record_of(claim.name(), claim.type(), result));
  }
  write_claims(folder / kClaims, records);
  return records;
}

void draw_figures(const std::vector<Choice<FigureFactory>>& figures, const fs::path& folder) {
  const RunResults results = read_run(folder);
  const fs::path pictures = folder / "figures";
  if (fs::is_symlink(pictures))
    throw UsageError(pictures.string() + ": it is a link, figures must stay in the run's folder");
  for (const auto& figure : figures) figure()->draw(results, pictures, figure.name());
}

}  // namespace infoplane
