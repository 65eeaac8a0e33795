#include <infoplane/experiment.hpp>

namespace infoplane {

EnumNames<ObservedSamples> names(ObservedSamples) {
  return {{ObservedSamples::test, "test"}, {ObservedSamples::train, "train"}, {ObservedSamples::all, "all"}};
}

Fields fields(ObserveOptions& o, const Registry<Schedule>& schedules) {
  return {
      choice("schedule", o.schedule, schedules, "the epochs after which layers are observed; 0 is always one"),
      field("samples", o.samples, "which samples the estimators see"),
  };
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
      field("replicas", e.replicas, "independent repeats, trained together", at_least(1)),
      required(choice("dataset", e.dataset, catalogue.datasets, "inputs and labels")),
      required(choice("model", e.model, catalogue.models, "the network")),
      field("initial_weights", e.initial_weights,
            "safetensors file to start from, as `infoplane export` writes; none: the model's own initialisation"),
      group("training", e.training, "how it learns",
            [&catalogue](TrainingOptions& o) { return fields(o, catalogue.optimizers); }),
      group("observe", e.observe, "when and on which samples layers are observed",
            [&catalogue](ObserveOptions& o) { return fields(o, catalogue.schedules); }),
      choices("estimators", e.estimators, catalogue.estimators, "how mutual information is estimated"),
      choices("figures", e.figures, catalogue.figures, "what is drawn of the results"),
  };
}

Experiment read_experiment(const Node& config, const Catalogue& catalogue) {
  Experiment experiment = default_experiment(catalogue);
  read_fields(config, "", fields(experiment, catalogue));
  return experiment;
}

Node write_experiment(const Experiment& experiment, const Catalogue& catalogue) {
  Experiment copy = experiment;
  return write_fields(fields(copy, catalogue));
}

}  // namespace infoplane
