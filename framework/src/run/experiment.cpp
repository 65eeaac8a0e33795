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
      field("layers", o.layers, "of which layers; none: of all"),
      field("bins", o.bins, "over [-1, 1], [0, 1] or the layer's range", whole_between(1, 1 << 20)),
  };
}

Fields fields(ObserveOptions& o, const Registry<Schedule>& schedules) {
  return {
      choice("schedule", o.schedule, schedules, "the epochs after which layers are observed; 0 is always one"),
      field("samples", o.samples, "which samples the estimators see"),
      field("layers", o.layers, "which layers are estimated and counted; none: all"),
      field("trace", o.trace, "what is written of the model itself: parameters.csv"),
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
          fmt::format("observe.histograms.epochs lists epoch {}, but the training has epochs 0 to {}", epoch, last));
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
      required(field("name", e.name, "names the folder of the runs", file_name())),
      field("seed", e.seed, "every random number of the experiment follows from it"),
      field("replicas", e.replicas, "independent repeats, trained together", whole_between(1, 1000000)),
      field("first_replica", e.first_replica, "number of the first of them; not 0: a part to be merged with others",
            whole_between(0, 1000000)),
      required(choice("dataset", e.dataset, catalogue.datasets, "inputs and labels")),
      required(choice("model", e.model, catalogue.models, "the network")),
      field("initial_weights", e.initial_weights,
            "safetensors file to start from, as `infoplane export` writes; none: the model's own initialization"),
      group("training", e.training, "how it learns",
            [&catalogue](TrainingOptions& o) { return fields(o, catalogue.optimizers); }),
      group("observe", e.observe, "when and on which samples layers are observed",
            [&catalogue](ObserveOptions& o) { return fields(o, catalogue.schedules); }),
      choices("estimators", e.estimators, catalogue.estimators, "how mutual information is estimated"),
      choices("figures", e.figures, catalogue.figures, "what is drawn of the results"),
      choices("claims", e.claims, catalogue.claims, "what is asked of the results"),
  };
}

Experiment read_experiment(const Node& config, const Catalogue& catalogue) {
  if (is_sweep(config)) {
    throw UsageError(config.find("sweep")->place.text() + ": a sweep is many experiments, `infoplane sweep` runs them");
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
