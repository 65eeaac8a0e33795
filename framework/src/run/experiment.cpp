#include <infoplane/experiment.hpp>

#include <algorithm>

#include <fmt/format.h>

#include "config/sweep.hpp"

namespace infoplane {

EnumNames<ObservedSamples> names(ObservedSamples) {
  return {{ObservedSamples::test, "test"}, {ObservedSamples::train, "train"}, {ObservedSamples::all, "all"}};
}

EnumNames<Trace> names(Trace) { return {{Trace::none, "none"}, {Trace::parameters, "parameters"}}; }

Fields fields(HistogramOptions& o) {
  return {
      field("epochs", o.epochs,
            "epochs at which activations are counted, observed in addition to those of the schedule; none: "
            "histograms.csv is not written"),
      field("layers", o.layers, "layers to count; none: all observed layers"),
      field("bins", o.bins, "number of bins over [-1, 1], [0, 1] or the layer's range", whole_between(1, 1 << 20)),
  };
}

Fields fields(ObserveOptions& o, const Registry<Schedule>& schedules) {
  return {
      choice("schedule", o.schedule, schedules, "epochs after which layers are observed; 0 is always included"),
      field("samples", o.samples, "samples used by the estimators"),
      field("layers", o.layers, "layers to estimate and count; none: all"),
      field("trace", o.trace, "model data recorded at observed epochs; parameters: parameters.csv"),
      group("histograms", o.histograms, "counts of activations by unit and label",
            [](HistogramOptions& h) { return fields(h); }),
  };
}

std::vector<std::int64_t> observed_epochs(const Experiment& experiment) {
  const std::int64_t last = experiment.training.epochs;
  std::vector<std::int64_t> epochs = experiment.observe.schedule(last);
  for (const std::int64_t epoch : experiment.observe.histograms.epochs) {
    if (epoch < 0 || epoch > last) {
      throw UsageError(
          fmt::format("observe.histograms.epochs lists epoch {}, but the training has epochs 0 to {}: remove it or "
                      "raise training.epochs",
                      epoch, last));
    }
    epochs.push_back(epoch);
  }
  std::sort(epochs.begin(), epochs.end());
  epochs.erase(std::unique(epochs.begin(), epochs.end()), epochs.end());
  return epochs;
}

Experiment default_experiment(const Catalogue& catalogue) {
  Experiment experiment;
  experiment.training.optimizer = catalogue.optimizers.choose("sgd");
  experiment.observe.schedule = catalogue.schedules.choose("logarithmic");
  return experiment;
}

Fields fields(Experiment& e, const Catalogue& catalogue) {
  return {
      required(field("name", e.name, "name of the experiment and of its runs' folder", file_name())),
      field("seed", e.seed, "seed of all random numbers of the experiment"),
      field("replicas", e.replicas, "number of independent repeats, trained together", whole_between(1, 1000000)),
      field("first_replica", e.first_replica, "number of the first replica; not 0: a part, to be merged with others",
            whole_between(0, 1000000)),
      required(choice("dataset", e.dataset, catalogue.datasets, "inputs and labels")),
      required(choice("model", e.model, catalogue.models, "network")),
      field("initial_weights", e.initial_weights,
            "safetensors file of initial weights, as from `infoplane export`; none: the model's own initialization"),
      group("training", e.training, "training options",
            [&catalogue](TrainingOptions& o) { return fields(o, catalogue.optimizers); }),
      group("observe", e.observe, "observation of layers: epochs and samples",
            [&catalogue](ObserveOptions& o) { return fields(o, catalogue.schedules); }),
      choices("estimators", e.estimators, catalogue.estimators, "estimators of mutual information"),
      choices("figures", e.figures, catalogue.figures, "figures of the results"),
      choices("claims", e.claims, catalogue.claims, "claims about the results"),
  };
}

Experiment read_experiment(const Node& config, const Catalogue& catalogue) {
  if (is_sweep(config)) {
    throw UsageError(config.find("sweep")->place.text() +
                     ": a sweep is many experiments, run it with `infoplane sweep`");
  }
  Experiment experiment = default_experiment(catalogue);
  read_fields(config, "", fields(experiment, catalogue));
  return experiment;
}

Node write_experiment(const Experiment& experiment, const Catalogue& catalogue) {
  Experiment copy = experiment;
  return write_fields(fields(copy, catalogue));
}

}  // namespace infoplane
