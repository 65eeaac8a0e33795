#include <infoplane/check.hpp>

#include <algorithm>

#include <infoplane/capture.hpp>

#include "base/with_context.hpp"
#include "results/available_results.hpp"
#include "run/replica_state.hpp"
#include "run/run_folder.hpp"

namespace infoplane {
namespace {

// Checks that the estimators can be made and can measure every observed layer.
std::vector<AvailableEstimator> estimators_of(const Experiment& experiment, const std::vector<LayerShape>& shapes) {
  std::vector<AvailableEstimator> available;
  for (const auto& choice : experiment.estimators) {
    const auto estimator = choice(experiment.seed);
    available.push_back({choice.name(), estimator->values(), estimator->details(), estimator->estimates_i_xt()});
    try {
      for (const LayerShape& shape : shapes) estimator->require_measurable(shape);
    } catch (const Error& error) {
      throw UsageError("estimator " + in_quotes(choice.name()) + ": " + error.what());
    }
  }
  return available;
}

// The observed layers, in the model's order.
std::vector<LayerShape> shapes_of(const Activations& seen, const Experiment& experiment, std::int64_t inputs) {
  const std::vector<std::string>& wanted = experiment.observe.layers;
  std::vector<std::string> known;
  std::vector<LayerShape> shapes;
  for (const LayerActivations& layer : seen.layers) {
    known.push_back(layer.name);
    if (!wanted.empty() && std::find(wanted.begin(), wanted.end(), layer.name) == wanted.end()) continue;
    shapes.push_back({layer.name, inputs, layer.values.size(2)});
  }
  require_known(wanted, known, "observe", "layer");
  return shapes;
}

AvailableResults available_of(const Experiment& experiment, const std::vector<LayerShape>& shapes) {
  const HistogramOptions& histograms = experiment.observe.histograms;
  AvailableResults available;
  available.tables = tables_of(experiment);
  for (const LayerShape& shape : shapes) available.layers.push_back(shape.layer);
  available.estimators = estimators_of(experiment, shapes);
  require_known(histograms.layers, available.layers, "observe.histograms", "layer");
  available.histogram_layers = histograms.layers.empty() ? available.layers : histograms.layers;
  available.histogram_epochs = histograms.epochs;
  available.first_replica = experiment.first_replica;
  available.replicas = experiment.replicas;
  return available;
}

// Loads the weights of the last replica.
void require_initial_weights(const Experiment& experiment, Trainer& trainer) {
  const std::string& file = experiment.initial_weights;
  if (file.empty()) return;
  const ReplicaRange last{experiment.seed, experiment.first_replica + experiment.replicas - 1, 1};
  const NamedTensors weights = read_tensors(file).tensors;
  with_context(file, [&] { trainer.start_from(of_replicas(weights, last)); });
}

template <class Things>
void require_needs_met(const Things& choices, const AvailableResults& available, const std::string& kind) {
  for (const auto& choice : choices) {
    const std::string where = kind + " " + in_quotes(choice.name());
    require_met(with_context(where, [&] { return choice()->needs(); }), available, where);
  }
}

}  // namespace

void check(const Experiment& experiment) {
  observed_epochs(experiment);
  const Dataset dataset = experiment.dataset(stream_seed(experiment.seed, 0, Purpose::dataset));
  validate(dataset);
  const ReplicaRange one{experiment.seed, 0, 1};
  Trainer trainer(experiment.model({dataset.inputs.size(1), dataset.classes, one}), dataset, one, experiment.training);
  const Activations seen = capture(trainer.model(), trainer.inputs(trainer.test_samples().narrow(1, 0, 1)));
  require_initial_weights(experiment, trainer);
  AvailableResults available = available_of(experiment, shapes_of(seen, experiment, dataset.inputs.size(1)));
  available.parameters = parameters_by_replica(*trainer.model().ptr(), 1)[0];
  require_needs_met(experiment.figures, available, "figure");
  require_needs_met(experiment.claims, available, "claim");
}

}  // namespace infoplane
