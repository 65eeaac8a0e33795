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

/// All names that an experiment may use.
struct Catalogue {
  Registry<DatasetFactory> datasets{"dataset"};
  Registry<ModelFactory> models{"model"};
  Registry<OptimizerFactory> optimizers{"optimizer"};
  Registry<Schedule> schedules{"schedule"};
  Registry<EstimatorFactory> estimators{"estimator"};
  Registry<FigureFactory> figures{"figure"};
  Registry<ClaimFactory> claims{"claim", "claim"};
};

/// The samples used by the estimators.
enum class ObservedSamples { test, train, all };
EnumNames<ObservedSamples> names(ObservedSamples);

/// What is recorded about the model itself at every observed epoch.
enum class Trace { none, parameters };
EnumNames<Trace> names(Trace);

/// Counts of activations by layer, unit and label, of the estimators' samples. Bins divide [-1, 1] for tanh, [0, 1] for
/// sigmoid and softmax, else the layer's own range at the epoch.
struct HistogramOptions {
  std::vector<std::int64_t> epochs;  ///< observed in addition to the schedule; none: no histograms.csv
  std::vector<std::string> layers;   ///< none: all
  std::int64_t bins = 50;
};
Fields fields(HistogramOptions& options);

struct ObserveOptions {
  Choice<Schedule> schedule;
  ObservedSamples samples = ObservedSamples::test;
  std::vector<std::string> layers;  ///< layers to estimate and count; none: all
  Trace trace = Trace::none;
  HistogramOptions histograms;
};
Fields fields(ObserveOptions& options, const Registry<Schedule>& schedules);

/// Everything that determines a run's numbers. Device, threads and output folder are not part of it.
struct Experiment {
  std::string name;
  std::uint64_t seed = 1;
  std::int64_t replicas = 1;
  std::int64_t first_replica = 0;  ///< number of the first replica; not 0: part of an experiment with more replicas
  Choice<DatasetFactory> dataset;
  Choice<ModelFactory> model;
  std::string initial_weights;  ///< a safetensors file, as from export_weights; empty: the model initializes itself
  TrainingOptions training;
  ObserveOptions observe;
  std::vector<Choice<EstimatorFactory>> estimators;
  std::vector<Choice<FigureFactory>> figures;
  std::vector<Choice<ClaimFactory>> claims;
};

/// The epochs of the schedule and of the histograms, ascending. Throws UsageError for an epoch beyond the training,
/// std::invalid_argument for an experiment without a schedule or with negative epochs.
std::vector<std::int64_t> observed_epochs(const Experiment& experiment);

/// The defaults: sgd, a logarithmic schedule. Throws UsageError if the catalogue lacks one of them.
Experiment default_experiment(const Catalogue& catalogue);

/// The fields of an experiment; both arguments must outlive them.
Fields fields(Experiment& experiment, const Catalogue& catalogue);

/// Reads an experiment; keys missing from the config keep their defaults. Throws UsageError with the place of the
/// mistake.
Experiment read_experiment(const Node& config, const Catalogue& catalogue);

/// The experiment with every default written out, as read_experiment reads it.
Node write_experiment(const Experiment& experiment, const Catalogue& catalogue);

}  // namespace infoplane
