#include <infoplane/run.hpp>

#include <algorithm>

#include <infoplane/activations.hpp>

#include "replica_state.hpp"
#include "result_needs.hpp"
#include "run_folder.hpp"
#include "told_with.hpp"

namespace infoplane {
namespace {

// The estimators can be made, and measure every layer that was seen and is observed.
std::vector<EstimatorOffer> estimators_of(const Experiment& experiment, const std::vector<LayerShape>& shapes) {
  std::vector<EstimatorOffer> offers;
  for (const auto& choice : experiment.estimators) {
    const auto estimator = choice(experiment.seed);
    offers.push_back({choice.name(), estimator->values(), estimator->details()});
    try {
      for (const LayerShape& shape : shapes) estimator->require_measurable(shape);
    } catch (const Error& error) {
      throw UsageError("estimator " + in_quotes(choice.name()) + ": " + error.what());
    }
  }
  return offers;
}

// Of the observed layers, in the model's order.
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

Offer offer_of(const Experiment& experiment, const std::vector<LayerShape>& shapes) {
  const HistogramOptions& histograms = experiment.observe.histograms;
  Offer offer;
  offer.tables = tables_of(experiment);
  for (const LayerShape& shape : shapes) offer.layers.push_back(shape.layer);
  offer.estimators = estimators_of(experiment, shapes);
  require_known(histograms.layers, offer.layers, "observe.histograms", "layer");
  offer.histogram_layers = histograms.layers.empty() ? offer.layers : histograms.layers;
  offer.histogram_epochs = histograms.epochs;
  offer.first_replica = experiment.first_replica;
  offer.replicas = experiment.replicas;
  return offer;
}

// The last of the replicas starts from its weights.
void require_initial_weights(const Experiment& experiment, Trainer& trainer) {
  const std::string& file = experiment.initial_weights;
  if (file.empty()) return;
  const ReplicaRange last{experiment.seed, experiment.first_replica + experiment.replicas - 1, 1};
  const NamedTensors weights = read_tensors(file).tensors;
  told_with(file, [&] { trainer.start_from(of_replicas(weights, last)); });
}

template <class Things>
void require_needs_met(const Things& choices, const Offer& offer, const std::string& kind) {
  for (const auto& choice : choices) {
    const std::string where = kind + " " + in_quotes(choice.name());
    require_met(told_with(where, [&] { return choice()->needs(); }), offer, where);
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
  Offer offer = offer_of(experiment, shapes_of(seen, experiment, dataset.inputs.size(1)));
  offer.parameters = parameters_by_replica(*trainer.model().ptr(), 1)[0];
  require_needs_met(experiment.figures, offer, "figure");
  require_needs_met(experiment.claims, offer, "claim");
}

}  // namespace infoplane
