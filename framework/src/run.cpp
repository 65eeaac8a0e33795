#include <infoplane/run.hpp>

#include <algorithm>
#include <exception>
#include <functional>
#include <memory>
#include <thread>

#include "provenance.hpp"
#include "replica_group.hpp"

namespace infoplane {
namespace {

namespace fs = std::filesystem;

// Calls work(0) .. work(count - 1), each on a thread of its own, and rethrows what the first of them threw; a replica whose
// loss diverged counts as earlier the smaller its epoch and number, so that the error does not depend on the threads.
void in_parallel(std::size_t count, const std::function<void(std::size_t)>& work) {
  std::vector<std::exception_ptr> errors(count);
  const auto guarded = [&](std::size_t i) {
    try {
      work(i);
    } catch (...) {
      errors[i] = std::current_exception();
    }
  };
  std::vector<std::thread> threads;
  for (std::size_t i = 1; i < count; ++i) threads.emplace_back(guarded, i);
  guarded(0);
  for (std::thread& thread : threads) thread.join();
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
    } catch (...) {
      throw;
    }
  }
  if (earliest) std::rethrow_exception(earliest);
}

// The replicas of an experiment in as many groups as there are threads, and what they are trained on.
class Groups {
 public:
  Groups(const Experiment& experiment, std::int64_t threads, torch::Device device)
      : dataset_(experiment.dataset(stream_seed(experiment.seed, 0, Purpose::dataset))) {
    validate(dataset_);
    const std::int64_t count = std::min(threads, experiment.replicas);
    groups_.resize(count);
    in_parallel(count, [&](std::size_t g) {
      const auto i = static_cast<std::int64_t>(g);
      const std::int64_t first = experiment.replicas * i / count;
      const std::int64_t end = experiment.replicas * (i + 1) / count;
      groups_[g] = std::make_unique<ReplicaGroup>(experiment, dataset_,
                                                  ReplicaRange{experiment.seed, first, end - first}, device);
    });
  }

  void train_until(std::int64_t epoch, Progress& progress) {
    in_parallel(groups_.size(), [&](std::size_t g) {
      Trainer& trainer = groups_[g]->trainer();
      while (trainer.epoch() < epoch) {
        trainer.train_epoch();
        if (g == 0) progress.trained(trainer.epoch());
      }
    });
  }

  Observation observe() {
    std::vector<Observation> parts(groups_.size());
    in_parallel(groups_.size(), [&](std::size_t g) { parts[g] = groups_[g]->observe(); });
    Observation all = std::move(parts[0]);
    for (std::size_t g = 1; g < parts.size(); ++g) {
      std::move(parts[g].training.begin(), parts[g].training.end(), std::back_inserter(all.training));
      std::move(parts[g].information.begin(), parts[g].information.end(), std::back_inserter(all.information));
    }
    return all;
  }

 private:
  Dataset dataset_;
  std::vector<std::unique_ptr<ReplicaGroup>> groups_;
};

void report(const Observation& observation, Progress& progress) {
  double loss = 0, accuracy = 0;
  std::int64_t rows = 0;
  for (const TrainingRecord& row : observation.training) {
    if (row.split != "test") continue;
    loss += row.loss_nats;
    accuracy += row.accuracy;
    ++rows;
  }
  progress.observed(observation.training.front().epoch, loss / static_cast<double>(rows),
                    accuracy / static_cast<double>(rows));
}

void require_known(const std::vector<std::string>& wanted, const std::vector<std::string>& known,
                   const std::string& figure, const std::string& kind) {
  for (const std::string& name : wanted) {
    const bool found = std::any_of(known.begin(), known.end(), [&](const std::string& k) {
      return name == k || (kind == "estimator" && name.rfind(k + ".", 0) == 0);
    });
    if (!found) throw UsageError("figure '" + figure + "': unknown " + kind + " '" + name + "'" + suggestion(name, known));
  }
}

std::int64_t thread_count(const RunOptions& options) {
  if (options.threads > 0) return options.threads;
  return std::max(1u, std::thread::hardware_concurrency());
}

void train_and_observe(const Experiment& experiment, Groups& groups, Store& store, Progress& progress) {
  for (const std::int64_t epoch : experiment.observe.schedule(experiment.training.epochs)) {
    groups.train_until(epoch, progress);
    const Observation observation = groups.observe();
    store.append(observation.training);
    store.append(observation.information);
    report(observation, progress);
  }
  groups.train_until(experiment.training.epochs, progress);
}

}  // namespace

void check(const Experiment& experiment) {
  experiment.observe.schedule(experiment.training.epochs);
  const Dataset dataset = experiment.dataset(stream_seed(experiment.seed, 0, Purpose::dataset));
  validate(dataset);
  const ReplicaRange one{experiment.seed, 0, 1};
  Trainer trainer(experiment.model({dataset.inputs.size(1), dataset.classes, one}), dataset, one, experiment.training);
  std::vector<std::string> layers, estimators;
  const Activations seen = capture(trainer.model(), trainer.inputs(trainer.test_samples().narrow(1, 0, 1)));
  for (const LayerActivations& layer : seen.layers) layers.push_back(layer.name);
  for (const auto& estimator : experiment.estimators) {
    estimators.push_back(estimator.name());
    estimator(experiment.seed);
  }
  for (const auto& choice : experiment.figures) {
    const std::unique_ptr<Figure> figure = choice();
    require_known(figure->layers(), layers, choice.name(), "layer");
    require_known(figure->estimators(), estimators, choice.name(), "estimator");
  }
}

fs::path run(const Experiment& experiment, const Catalogue& catalogue, const RunOptions& options,
             Progress& progress) {
  check(experiment);
  const torch::Device device = parse_device(options.device);
  const std::int64_t threads = device.is_cpu() ? thread_count(options) : 1;
  Groups groups(experiment, threads, device);
  Store store(options.out, experiment.name, Recorder(experiment.estimators).details());
  Provenance provenance;
  provenance.seed = experiment.seed;
  provenance.threads = threads;
  provenance.device = device.str();
  store.write_file("experiment.yaml", to_yaml(write_experiment(experiment, catalogue)));
  store.write_file("provenance.json", provenance.json());
  progress.begin(experiment.name, experiment.training.epochs, experiment.replicas);
  try {
    train_and_observe(experiment, groups, store, progress);
    draw_figures(experiment.figures, store.folder());
  } catch (const std::exception& error) {
    progress.end();
    provenance.status = "failed";
    provenance.error = error.what();
    store.write_file("provenance.json", provenance.json());
    throw Error(store.folder().string() + ": " + error.what());
  }
  provenance.status = "finished";
  store.write_file("provenance.json", provenance.json());
  progress.end();
  return store.folder();
}

void draw_figures(const std::vector<Choice<FigureFactory>>& figures, const fs::path& folder) {
  const RunResults results = read_run(folder);
  for (const auto& figure : figures) figure()->draw(results, folder / "figures", figure.name());
}

}  // namespace infoplane
