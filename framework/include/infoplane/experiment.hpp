#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include <infoplane/claim.hpp>
#include <infoplane/dataset.hpp>
#include <infoplane/estimator.hpp>
#include <infoplane/figure.hpp>
#include <infoplane/optimizer.hpp>
#include <infoplane/registry.hpp>
#include <infoplane/replica.hpp>
#include <infoplane/schedule.hpp>
#include <infoplane/training.hpp>

namespace infoplane {

using DatasetFactory = Dataset(std::uint64_t seed);
using ModelFactory = torch::nn::AnyModule(const ModelContext& context);
using EstimatorFactory = std::unique_ptr<Estimator>(std::uint64_t seed);

/// Every name that an experiment may use.
struct Catalogue {
  Registry<DatasetFactory> datasets{"dataset"};
  Registry<ModelFactory> models{"model"};
  Registry<OptimizerFactory> optimizers{"optimizer"};
  Registry<Schedule> schedules{"schedule"};
  Registry<EstimatorFactory> estimators{"estimator"};
  Registry<FigureFactory> figures{"figure"};
  Registry<ClaimFactory> claims{"claim", "claim"};
};

/// Which samples the estimators see.
enum class ObservedSamples { test, train, all };
EnumNames<ObservedSamples> names(ObservedSamples);

/// What is written of the model itself at every observed epoch.
enum class Trace { none, parameters };
EnumNames<Trace> names(Trace);

/// Counts of activations by layer, unit and label, of the samples that the estimators see. Bins divide [-1, 1] for
/// tanh, [0, 1] for sigmoid and softmax, else the layer's own range at the epoch.
struct HistogramOptions {
  std::vector<std::int64_t> epochs;  ///< observed beside those of the schedule; none: no histograms.csv
  std::vector<std::string> layers;   ///< none: all
  std::int64_t bins = 50;
};
Fields fields(HistogramOptions& options);

struct ObserveOptions {
  Choice<Schedule> schedule;
  ObservedSamples samples = ObservedSamples::test;
  std::vector<std::string> layers;  ///< that are estimated and counted; none: all
  Trace trace = Trace::none;
  HistogramOptions histograms;
};
Fields fields(ObserveOptions& options, const Registry<Schedule>& schedules);

/// Everything that determines a run's numbers. Device, threads and output folder are not among it.
struct Experiment {
  std::string name;
  std::uint64_t seed = 1;
  std::int64_t replicas = 1;
  std::int64_t first_replica = 0;  ///< their numbers begin here: a part of an experiment of more replicas
  Choice<DatasetFactory> dataset;
  Choice<ModelFactory> model;
  std::string initial_weights;  ///< a safetensors file, as export_weights writes; empty: the model initializes itself
  TrainingOptions training;
  ObserveOptions observe;
  std::vector<Choice<EstimatorFactory>> estimators;
  std::vector<Choice<FigureFactory>> figures;
  std::vector<Choice<ClaimFactory>> claims;
};

/// The epochs of the schedule and of the histograms, ascending. Throws UsageError for one that the training does not
/// have.
std::vector<std::int64_t> observed_epochs(const Experiment& experiment);

/// The defaults: sgd, a logarithmic schedule.
Experiment default_experiment(const Catalogue& catalogue);

/// The fields of an experiment; both must outlive them.
Fields fields(Experiment& experiment, const Catalogue& catalogue);

/// Reads an experiment; what the config leaves out keeps its default. Throws UsageError with the place of what is
/// wrong.
Experiment read_experiment(const Node& config, const Catalogue& catalogue);

/// The experiment with every default written out, as read_experiment reads it.
Node write_experiment(const Experiment& experiment, const Catalogue& catalogue);

}  // namespace infoplane
