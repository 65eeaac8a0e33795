#include "run/fit.hpp"

#include <filesystem>
#include <fstream>

#include <infoplane/check.hpp>

#include "runs/read_configs.hpp"
#include "support/small_run.hpp"

using namespace infoplane;
using namespace infoplane::testing;

namespace {

namespace fs = std::filesystem;

/// An experiment that was changed.
struct Fit {
  Experiment experiment;
  std::string left_out, error;
};

const std::string kConfig = R"(name: fit
dataset: twelve_bit
model: {type: mlp, widths: [6, 3, 2, 1]}
training: {epochs: 1000, batch_size: 500}
observe:
  schedule: {type: list, epochs: [10, 500, 900, 1000]}
  histograms: {epochs: [100, 600, 1000], layers: [L2, L3]}
estimators: [binning, {type: kernel_density, name: kde}]
figures:
  - {type: information_plane, layers: [L1, L3]}
  - {type: information_curves, layers: [L3]}
  - {type: histograms, layer: L2, epochs: [100, 1000]}
  - {type: histograms, name: late, layer: L2, epochs: [600]}
  - {type: information_bounds, name: bounds, estimator: kde}
claims:
  - {claim: final_accuracy, at_least: 0.5}
  - {claim: phase_start, layer: L2, from_epoch: 100, to_epoch: 800}
  - {claim: compression, layer: L3, at_least_bits: 0.1}
)";

Fit fitted(const std::vector<std::string>& settings, bool judge_claims = false, const std::string& config = kConfig) {
  Node node = parse_yaml(config, "x.yaml");
  Changes changes;
  changes.judge_claims = judge_claims;
  for (const std::string& setting : settings) changes.set.push_back(set_value(node, setting));
  Fit fit{read_experiment(node, own_catalogue()), "", ""};
  fit.error = message_of<UsageError>([&] { fit.left_out = infoplane::fit(fit.experiment, changes).left_out; });
  return fit;
}

template <class Choices>
std::string names(const Choices& choices) {
  std::string text;
  for (const auto& choice : choices) text += (text.empty() ? "" : " ") + choice.name();
  return text;
}

/// Every config in configs/.
std::vector<fs::path> shipped() {
  std::vector<fs::path> files;
  for (const auto& entry : fs::recursive_directory_iterator(fs::path(INFOPLANE_TESTS).parent_path() / "configs")) {
    if (entry.path().extension() == ".yaml") files.push_back(entry.path());
  }
  return files;
}

/// What remains of a config after these assignments; it must be an experiment that check() accepts as written.
experiments::ReadExperiment read_again(const fs::path& file, const experiments::Assignments& assignments) {
  auto read = experiments::read_configs({file.string()}, assignments, own_catalogue()).at(0);
  check(read_experiment(parse_yaml(to_yaml(write_experiment(read.experiment, own_catalogue())), "again.yaml"),
                        own_catalogue()));
  return read;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(fit_)

BOOST_AUTO_TEST_CASE(an_unchanged_experiment_loses_nothing) {
  const Fit fit = fitted({});
  BOOST_TEST(fit.error == "");
  BOOST_TEST(fit.left_out == "");
  BOOST_TEST(names(fit.experiment.claims) == "final_accuracy phase_start compression");
}

BOOST_AUTO_TEST_CASE(a_shorter_training_leaves_out_later_epochs_and_the_claims) {
  const Fit fit = fitted({"training.epochs=500"});
  BOOST_TEST(fit.error == "");
  BOOST_TEST(fit.left_out ==
             "observations at epochs 900, 1000; histograms at epochs 600, 1000; 3 claims, made for another "
             "training.epochs (--claims keeps them); figure late");
  BOOST_TEST((observed_epochs(fit.experiment) == std::vector<std::int64_t>{0, 10, 100, 500}));
  BOOST_TEST(names(fit.experiment.figures) == "information_plane information_curves histograms bounds");
  BOOST_TEST(to_inline_yaml(fit.experiment.figures[2].fields()[1].binding->write()) == "[100]");
  BOOST_TEST(names(fit.experiment.claims) == "");
}

BOOST_AUTO_TEST_CASE(claims_are_kept_on_request_but_not_those_about_later_epochs) {
  const Fit fit = fitted({"training.epochs=500"}, true);
  BOOST_TEST(fit.left_out ==
             "observations at epochs 900, 1000; histograms at epochs 600, 1000; figure late; claim phase_start");
  BOOST_TEST(names(fit.experiment.claims) == "final_accuracy compression");
}

BOOST_AUTO_TEST_CASE(all_histograms_may_be_later) {
  const Fit fit = fitted({"training.epochs=50"});
  BOOST_TEST(fit.error == "");
  BOOST_TEST(fit.experiment.observe.histograms.epochs.empty());
  BOOST_TEST(names(fit.experiment.figures) == "information_plane information_curves bounds");
}

BOOST_AUTO_TEST_CASE(a_smaller_model_leaves_out_its_missing_layers) {
  const Fit fit = fitted({"model.widths=[4, 1]"}, true);
  BOOST_TEST(fit.error == "");
  BOOST_TEST(fit.left_out ==
             "histograms of layer L3; layer L3 in figures; figure information_curves; claim compression");
  BOOST_TEST(names(fit.experiment.figures) == "information_plane histograms late bounds");
  BOOST_TEST(to_inline_yaml(fit.experiment.figures[0].fields()[0].binding->write()) == "[L1]");
}

BOOST_AUTO_TEST_CASE(observed_layers_are_left_out_too_unless_none_remains) {
  BOOST_TEST(fitted({"model.widths=[4, 1]"}, true, kConfig + "\n").error == "");
  std::string layers = kConfig;
  layers.replace(layers.find("observe:\n"), 9, "observe:\n  layers: [L2, L3]\n");
  BOOST_TEST(fitted({"model.widths=[4, 1]"}, true, layers).left_out.rfind("observed layer L3; ", 0) == 0u);
  layers.replace(layers.find("[L2, L3]"), 8, "[L3]");
  BOOST_TEST(fitted({"model.widths=[4, 1]"}, true, layers).error ==
             "observe.layers lists L3, but the changed model has only L1, L2: set observe.layers, too");
}

BOOST_AUTO_TEST_CASE(figures_and_claims_of_a_replaced_estimator_are_left_out) {
  const Fit fit = fitted({"estimators=[binning]"}, true);
  BOOST_TEST(fit.left_out == "figure bounds");
}

BOOST_AUTO_TEST_CASE(what_the_command_line_asks_for_itself_must_exist) {
  BOOST_TEST(fitted({"training.epochs=500", "observe.histograms.epochs=[600]"}).error ==
             "observe.histograms.epochs lists epoch 600, but the training has epochs 0 to 500: remove it or raise "
             "training.epochs");
  BOOST_TEST(fitted({"model.widths=[4, 1]", "figures.1.layers=[L3]"}).error ==
             "figure 'information_curves': unknown layer 'L3', did you mean 'L1'?");
  BOOST_TEST(fitted({"model.widths=[4, 1]", "figures+={type: detail_curves, layers: [L4]}"}).error ==
             "figure 'detail_curves': unknown layer 'L4', did you mean 'L1'?");
}

BOOST_AUTO_TEST_CASE(a_mistake_that_no_change_made_remains_one) {
  std::string wrong = kConfig;
  wrong.replace(wrong.find("layers: [L3]}"), 13, "layers: [L7]}");
  BOOST_TEST(fitted({"training.epochs=500"}, false, wrong).error ==
             "figure 'information_curves': unknown layer 'L7', did you mean 'L1'?");
  BOOST_TEST(fitted({}, false, wrong).error == "figure 'information_curves': unknown layer 'L7', did you mean 'L1'?");
}

BOOST_AUTO_TEST_CASE(seed_and_replicas_and_what_is_only_recorded_keep_the_claims) {
  for (const std::string setting : {"seed=3", "replicas=2", "name=other", "observe.trace=parameters",
                                    "observe.histograms.bins=7", "figures=[information_plane]"}) {
    BOOST_TEST(fitted({setting}).left_out == "", setting);
  }
  BOOST_TEST(fitted({"training.learning_rate=0.5"}).left_out ==
             "3 claims, made for another training.learning_rate (--claims keeps them)");
  BOOST_TEST(fitted({"training.learning_rate=0.5", "claims.0.at_least=0.1"}).left_out == "");
}

BOOST_AUTO_TEST_CASE(a_sweep_judges_its_claims) {
  Node node = parse_yaml(kConfig, "x.yaml");
  set_value(node, "training.epochs=500");
  Experiment experiment = read_experiment(node, own_catalogue());
  Changes changes;
  changes.varied = {"training.epochs"};
  BOOST_TEST(infoplane::fit(experiment, changes).left_out ==
             "observations at epochs 900, 1000; histograms at epochs 600, 1000; figure late; claim phase_start");
}

BOOST_AUTO_TEST_CASE(every_shipped_config_takes_fewer_epochs) {
  BOOST_TEST(shipped().size() >= 15u);
  for (const fs::path& file : shipped()) {
    for (const bool judge_claims : {false, true}) {
      BOOST_TEST_CONTEXT(file) {
        const auto read = read_again(file, {{"training.epochs=500"}, judge_claims});
        BOOST_TEST(observed_epochs(read.experiment).back() <= 500);
        BOOST_TEST((judge_claims || read.experiment.claims.empty()));
      }
    }
  }
}

// One-layer configs have an estimator of single units, iris has three classes, and published ones a softmax output.
BOOST_AUTO_TEST_CASE(every_shipped_config_of_two_classes_takes_another_model) {
  for (const fs::path& file : shipped()) {
    const std::string study = file.parent_path().filename().string();
    if (study == "one_layer") continue;
    std::vector<std::string> set = {study == "iris" ? "model.widths=[8,4,3]" : "model.widths=[8,4,1]"};
    if (study == "published") set = {"model.widths=[8,4,2]"};
    if (file.stem() == "tanh_dropout") set.push_back("model.keep_probability=[0.8,0.8]");
    BOOST_TEST_CONTEXT(file) { BOOST_TEST(!read_again(file, {set, true}).experiment.figures.empty()); }
  }
}

BOOST_AUTO_TEST_CASE(an_assignment_that_changes_nothing_is_no_change) {
  const fs::path file = fs::path(INFOPLANE_TESTS).parent_path() / "configs/twelve_bit/tanh.yaml";
  const auto read =
      experiments::read_configs({file.string()}, {{"training.epochs=12000"}, false}, own_catalogue()).at(0);
  BOOST_TEST(read.fitted.left_out == "");
  BOOST_TEST(!read.experiment.claims.empty());
}

BOOST_AUTO_TEST_SUITE_END()
