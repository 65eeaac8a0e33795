#include <algorithm>
#include <regex>

#include <infoplane/experiment.hpp>

#include "base/sha256.hpp"
#include "results/checkpoint.hpp"
#include "run/run_folder.hpp"
#include "support/small_run.hpp"

using namespace infoplane;
using namespace infoplane::testing;

namespace fs = std::filesystem;

namespace {

// Every renamed key and value in its former spelling.
const std::string kFormer =
    "name: renamed\n"
    "replicas: 2\n"
    "dataset: {type: iris, transform: standardise}\n"
    "model: {type: mlp, widths: [4, 3, 3], output: softmax, initialisation: torch_default, keep_probability: [0.9, "
    "0.8]}\n"
    "training: {epochs: 2, batch_size: 10}\n"
    "observe: {schedule: {type: every, every: 2}}\n"
    "estimators: [{type: ksg, neighbours: 4}]\n"
    "figures: []\n";

std::string written(const Experiment& e) { return to_yaml(write_experiment(e, own_catalogue())); }

}  // namespace

BOOST_AUTO_TEST_SUITE(renamed_keys)

BOOST_AUTO_TEST_CASE(former_names_are_read_and_the_present_ones_written) {
  const std::string yaml = written(experiment({}, kFormer));
  BOOST_TEST(yaml.find("  initialization: torch_default\n") != std::string::npos, yaml);
  BOOST_TEST(yaml.find("  transform: standardize\n") != std::string::npos, yaml);
  BOOST_TEST(yaml == written(experiment({}, yaml)));
}

BOOST_AUTO_TEST_CASE(a_checkpoint_of_before_a_renaming_belongs_to_the_same_experiment) {
  const auto digest_of = [](const std::string& estimators) {
    return experiment_digest(experiment({"estimators=" + estimators}, kFormer), own_catalogue());
  };
  // That of the checkpoint which the program wrote for this config before any key was renamed.
  BOOST_TEST(digest_of("[binning]") == "f222af36af998dc0cf9708fe65706484fd1591907574cfc1ab6ca868f2dce570");
  BOOST_TEST(digest_of("[{type: ksg, neighbours: 4}]") == digest_of("[{type: ksg, neighbors: 4}]"));
  BOOST_TEST(digest_of("[{type: ksg, neighbours: 4}]") != digest_of("[{type: ksg, neighbors: 5}]"));
}

BOOST_AUTO_TEST_CASE(a_run_of_before_a_key_was_added_has_its_own_experiment_and_goes_on) {
  const TemporaryFolder out;
  const fs::path folder = run_here(experiment({}, kFormer), out);
  const fs::path yaml = folder / "experiment.yaml";
  const auto is_refused = [&] {
    return message_of<UsageError>([&] { require_own_experiment(folder, own_catalogue()); }) != "";
  };
  // As a version without these keys would have written it.
  std::string text = read_file(yaml);
  for (const char* line : {"initial_weights: \"\"\n", "    permutations: 0\n"}) {
    BOOST_REQUIRE(text.find(line) != std::string::npos);
    text.erase(text.find(line), std::string(line).size());
  }
  write_file(yaml, text);
  Checkpoint checkpoint = read_checkpoint(folder / "checkpoint");
  Node numbers = with_former_names(numbers_of(experiment({}, kFormer), own_catalogue()));
  const auto erase = [](Node& node, const std::string& key) {
    const auto is_key = [&](const Node::Entry& entry) { return entry.key == key; };
    node.entries.erase(std::find_if(node.entries.begin(), node.entries.end(), is_key));
  };
  erase(numbers, "initial_weights");
  for (Node::Entry& entry : numbers.entries) {
    if (entry.key == "estimators") erase(entry.value.items[0], "permutations");
  }
  checkpoint.experiment = sha256({to_yaml(numbers)});
  write_file(folder / "checkpoint", to_bytes(checkpoint));
  BOOST_TEST(!is_refused());
  write_file(folder / "provenance.json", R"({"status": "interrupted"})");
  Progress silent;
  BOOST_TEST(message_of<UsageError>([&] { resume(folder, own_catalogue(), {}, silent); }) == "");
  write_file(yaml, std::regex_replace(text, std::regex("epochs: 2\n"), "epochs: 3\n"));
  BOOST_TEST(is_refused());
}

BOOST_AUTO_TEST_CASE(dropout_is_keep_probability_in_another_form) {
  for (const auto& [dropout, keep] : {std::pair("[0.1, 0]", "[0.9, 1]"), std::pair("[0.9, 0.3]", "[0.1, 0.7]"),
                                      std::pair("[0.99, 0.123456]", "[0.01, 0.876544]"), std::pair("[]", "[]")}) {
    const Experiment zeroing = experiment({std::string("model.dropout=") + dropout});
    const Experiment keeping = experiment({std::string("model.keep_probability=") + keep});
    BOOST_TEST(written(zeroing) == written(keeping));
    BOOST_TEST(written(zeroing).find(std::string("  keep_probability: ") + keep + "\n") != std::string::npos);
    BOOST_TEST(written(zeroing).find("dropout") == std::string::npos);
  }
}

BOOST_AUTO_TEST_CASE(runs_by_dropout_and_by_keep_probability_are_the_same_bytes) {
  const TemporaryFolder out;
  const auto zeroing = run_here(experiment({"model.dropout=[0.2, 0.1]"}), out);
  const auto keeping = run_here(experiment({"model.keep_probability=[0.8, 0.9]"}), out);
  for (const char* file : {"experiment.yaml", "training.csv", "information.csv", "checkpoint"}) {
    BOOST_TEST(read_file(zeroing / file) == read_file(keeping / file), file);
  }
  BOOST_TEST(read_file(zeroing / "information.csv") != read_file(run_here(experiment(), out) / "information.csv"));
}

BOOST_AUTO_TEST_SUITE_END()
