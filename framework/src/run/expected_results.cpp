#include "run/expected_results.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "run/doubts.hpp"
#include "run/run_folder.hpp"

namespace infoplane {
namespace {

// Checks that the estimators can be made and can measure every observed layer.
std::vector<AvailableEstimator> estimators_of(const Experiment& experiment, const std::vector<LayerShape>& shapes) {
  std::vector<AvailableEstimator> available;
  ErrorList errors;
  for (const auto& choice : experiment.estimators) {
    errors.collect([&] {
      const auto estimator = choice(experiment.seed);
      available.push_back({choice.name(), estimator->values(), estimator->details(), estimator->estimates_i_xt()});
      try {
        for (const LayerShape& shape : shapes) estimator->require_measurable(shape);
      } catch (const Error& error) {
        throw UsageError("estimator " + in_quotes(choice.name()) + ": " + error.what());
      }
    });
  }
  errors.raise();
  return available;
}

// The observed layers, in the model's order.
std::vector<LayerShape> observed_shapes(const Experiment& experiment, const Probe& probe) {
  const std::vector<std::string>& wanted = experiment.observe.layers;
  std::vector<std::string> known;
  std::vector<LayerShape> shapes;
  for (const LayerShape& shape : probe.layers) {
    known.push_back(shape.layer);
    if (!wanted.empty() && std::find(wanted.begin(), wanted.end(), shape.layer) == wanted.end()) continue;
    shapes.push_back(shape);
  }
  for (const std::string& layer : wanted) {
    if (std::find(probe.unseen.begin(), probe.unseen.end(), layer) == probe.unseen.end()) continue;
    throw UsageError(
        fmt::format("observe.layers lists {}, a hook point that does not fire in evaluation", in_quotes(layer)));
  }
  require_known(wanted, known, "observe", "layer");
  return shapes;
}

}  // namespace

AvailableResults expected_results(const Experiment& experiment, const Probe& probe) {
  const HistogramOptions& histograms = experiment.observe.histograms;
  const std::vector<LayerShape> shapes = observed_shapes(experiment, probe);
  AvailableResults available;
  available.estimators = estimators_of(experiment, shapes);
  available.tables = tables_of(experiment);
  for (const LayerShape& shape : shapes) available.layers.push_back(shape.layer);
  require_known(histograms.layers, available.layers, "observe.histograms", "layer");
  available.histogram_layers = histograms.layers.empty() ? available.layers : histograms.layers;
  available.histogram_epochs = histograms.epochs;
  available.first_replica = experiment.first_replica;
  available.replicas = experiment.replicas;
  available.parameters = probe.parameters;
  for (const auto& claim : experiment.claims) available.claims.push_back(claim.name());
  return available;
}

std::vector<std::string> check_probed(const Experiment& experiment, const Probe& probe) {
  const AvailableResults available = expected_results(experiment, probe);
  ErrorList errors;
  for (const auto& figure : experiment.figures) {
    errors.collect([&] { require_needs_met(figure, available, "figure"); });
  }
  for (const auto& claim : experiment.claims) {
    errors.collect([&] {
      require_needs_met(claim, available, "claim");
      const std::vector<std::string> shown_by = claim()->needs().claims;
      if (std::find(shown_by.begin(), shown_by.end(), claim.name()) == shown_by.end()) return;
      throw UsageError(fmt::format("claim {}: its evidence must be another claim", in_quotes(claim.name())));
    });
  }
  errors.raise();
  std::vector<std::string> warnings = probe.warnings;
  for (std::string& doubt : doubts(experiment, probe.samples)) warnings.push_back(std::move(doubt));
  return warnings;
}

}  // namespace infoplane
