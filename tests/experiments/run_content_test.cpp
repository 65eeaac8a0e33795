#include "run/run_content.hpp"

#include <infoplane/experiments/catalogue.hpp>
#include <infoplane/export_weights.hpp>
#include <infoplane/run.hpp>

#include "base/sha256.hpp"
#include "results/provenance.hpp"
#include "run/run_folder.hpp"
#include "support/support.hpp"

using namespace infoplane;
using namespace infoplane::testing;

namespace {

namespace fs = std::filesystem;

const Catalogue& the_catalogue() {
  static const Catalogue catalogue = experiments::catalogue();
  return catalogue;
}

Experiment experiment(const std::vector<std::string>& settings = {}) {
  Node node = parse_yaml(
      "name: small\n"
      "replicas: 2\n"
      "dataset: {type: twelve_bit, rule: tishby_stochastic}\n"
      "model: {type: mlp, widths: [4, 2, 1]}\n"
      "training: {epochs: 2, learning_rate: 0.1, batch_size: 500}\n"
      "estimators: [binning]\n",
      "small.yaml");
  for (const std::string& setting : settings) set_value(node, setting);
  return read_experiment(node, the_catalogue());
}

std::string content(const std::vector<std::string>& settings = {}) {
  return content_of(experiment(settings), the_catalogue());
}

RunOptions options(const fs::path& out) {
  RunOptions options;
  options.out = out;
  options.device = "cpu";
  options.threads = 1;
  return options;
}

fs::path run_in(const fs::path& out, const Experiment& e) {
  Progress silent;
  return run(e, the_catalogue(), options(out), silent);
}

fs::path prepare_in(const fs::path& out, const Experiment& e) { return prepare(e, the_catalogue(), out); }

fs::path found(const fs::path& out, const Experiment& e) {
  const auto runs = runs_by_content(out, the_catalogue());
  const auto run = runs.find(content_of(e, the_catalogue()));
  return run == runs.end() ? fs::path() : run->second;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(run_content)

// A checkpoint names its experiment by a digest, which must stay when a key is renamed.
BOOST_AUTO_TEST_CASE(a_digest_is_of_former_keys) {
  const Experiment e = experiment({"estimators=[{type: ksg, neighbors: 5}]"});
  BOOST_TEST(to_yaml(numbers_of(e, the_catalogue())).find("neighbors: 5") != std::string::npos);
  const std::string former = to_yaml(with_former_names(numbers_of(e, the_catalogue())));
  BOOST_TEST(former.find("neighbours: 5") != std::string::npos);
  BOOST_TEST(experiment_digest(e, the_catalogue()) == sha256({former}));
  BOOST_TEST(content({"estimators=[{type: ksg, neighbors: 5}]"}) ==
             content({"estimators=[{type: ksg, neighbours: 5}]"}));
}

BOOST_AUTO_TEST_CASE(is_what_determines_the_numbers) {
  BOOST_TEST(content().size() == 64u);
  BOOST_TEST(content({"name=other", "figures=[information_plane]", "claims=[{claim: final_accuracy, at_least: 1}]"}) ==
             content());
  BOOST_TEST(content({"training.learning_rate=0.10"}) == content());
  for (const char* setting : {"seed=2", "replicas=3", "training.learning_rate=0.2", "estimators=[]",
                              "dataset.rule=ones", "first_replica=1"}) {
    BOOST_TEST(content({setting}) != content(), setting);
  }
}

BOOST_AUTO_TEST_CASE(finds_a_finished_run_before_a_younger_one_that_is_not) {
  const TemporaryFolder out;
  const Experiment e = experiment();
  BOOST_TEST(found(out.path() / "none", e) == fs::path());
  const fs::path first = prepare_in(out.path(), e);
  BOOST_TEST(found(out.path(), e) == first);
  const fs::path second = run_in(out.path(), experiment({"name=other"}));
  const fs::path third = prepare_in(out.path(), e);
  BOOST_TEST(found(out.path(), e) == second);
  fs::remove_all(second);
  BOOST_TEST(found(out.path(), e) == third);
}

BOOST_AUTO_TEST_CASE(what_is_no_run_of_this_catalogue_is_left_out) {
  const TemporaryFolder out;
  const fs::path run = prepare_in(out.path(), experiment());
  write_file(out.path() / "a file", "x");
  write_file(run / "experiment.yaml", "name: small\ndataset: gone\n");
  BOOST_TEST(runs_by_content(out.path(), the_catalogue()).empty());
}

BOOST_AUTO_TEST_CASE(a_run_that_was_prepared_begins_when_it_is_resumed) {
  const TemporaryFolder out;
  const Experiment e = experiment();
  const fs::path run = prepare_in(out.path() / "prepared", e);
  BOOST_TEST(!is_finished(run));
  Progress silent;
  resume(run, the_catalogue(), options(""), silent);
  BOOST_TEST(is_finished(run));
  BOOST_TEST(read_file(run / "provenance.json").find("resumed") == std::string::npos);
  const fs::path whole = run_in(out.path() / "whole", e);
  for (const char* table :
       {"training.csv", "information.csv", "truth.csv", "bottleneck.csv", "experiment.yaml", "checkpoint"}) {
    BOOST_TEST(read_file(run / table) == read_file(whole / table), table);
    BOOST_TEST(!read_file(run / table).empty(), table);
  }
}

BOOST_AUTO_TEST_CASE(a_run_that_stopped_before_its_first_checkpoint_begins_with_the_initial_weights) {
  const TemporaryFolder out;
  const fs::path weights = out.path() / "weights.safetensors";
  export_weights(run_in(out.path() / "before", experiment({"seed=7"})), weights);
  const Experiment e = experiment({"initial_weights=" + weights.string()});
  const fs::path run = prepare_in(out.path() / "stopped", e);
  Progress silent;
  resume(run, the_catalogue(), options(""), silent);
  const fs::path whole = run_in(out.path() / "whole", e);
  BOOST_TEST(read_file(run / "training.csv") == read_file(whole / "training.csv"));
  fs::remove(weights);
  const fs::path late = prepare_in(out.path() / "late", e);
  BOOST_TEST(message_of<UsageError>([&] { resume(late, the_catalogue(), options(""), silent); }) ==
             weights.string() + ": no such file");
}

BOOST_AUTO_TEST_SUITE_END()
