#include <infoplane/experiment.hpp>

#include "support/support.hpp"

using namespace infoplane;
using namespace infoplane::testing;

namespace {

struct CoinOptions {
  double bias = 0.5;
};
Fields fields(CoinOptions& o) { return {field("bias", o.bias, "probability of a one", between(0, 1))}; }

Dataset make_coin(const CoinOptions& options, std::uint64_t) {
  return {torch::full({1, 1}, options.bias), torch::zeros({1}, torch::kInt64), 2};
}

// A catalogue with one data set and one model and nothing to estimate or draw.
Catalogue small_catalogue() {
  Catalogue c;
  c.datasets.add<CoinOptions>("coin", make_coin, "a coin");
  c.models.add<NoOptions>("none", [](const NoOptions&, const ModelContext&) { return torch::nn::AnyModule(); }, "none");
  c.optimizers = optimizers();
  c.schedules = schedules();
  return c;
}

Experiment read(const std::string& yaml) {
  static const Catalogue catalogue = small_catalogue();
  return read_experiment(parse_yaml(yaml, "x.yaml"), catalogue);
}

const std::string kShort = "name: x\ndataset: coin\nmodel: none\n";

std::string refusal(const std::string& yaml) {
  return message_of<UsageError>([&] { read(yaml); });
}

}  // namespace

BOOST_AUTO_TEST_SUITE(experiment)

BOOST_AUTO_TEST_CASE(what_the_config_leaves_out_has_the_documented_default) {
  const Experiment e = read(kShort);
  BOOST_TEST(e.name == "x");
  BOOST_TEST(e.seed == 1u);
  BOOST_TEST(e.replicas == 1);
  BOOST_TEST(e.training.optimizer.type() == "sgd");
  BOOST_TEST(e.training.batch_size == 128);
  BOOST_TEST(e.observe.schedule.type() == "logarithmic");
  BOOST_TEST((e.observe.samples == ObservedSamples::test));
}

BOOST_AUTO_TEST_CASE(every_key_reaches_its_member) {
  const Experiment e = read(
      "name: x\nseed: 7\nreplicas: 3\ndataset: {type: coin, bias: 0.25}\nmodel: none\n"
      "training: {epochs: 9, learning_rate: 0.5, batch_size: 0, train_fraction: 0.6, optimizer: adam}\n"
      "observe: {schedule: {type: every, every: 3}, samples: all}\nestimators: []\nfigures: []\n");
  BOOST_TEST(e.seed == 7u);
  BOOST_TEST(e.replicas == 3);
  BOOST_TEST(e.dataset(1).inputs.item<float>() == 0.25f);
  BOOST_TEST(e.training.epochs == 9);
  BOOST_TEST(e.training.learning_rate == 0.5);
  BOOST_TEST(e.training.batch_size == 0);
  BOOST_TEST(e.training.train_fraction == 0.6);
  BOOST_TEST(e.training.optimizer.type() == "adam");
  const std::vector<std::int64_t> epochs = {0, 3, 6, 9};
  BOOST_TEST(e.observe.schedule(9) == epochs, boost::test_tools::per_element());
  BOOST_TEST((e.observe.samples == ObservedSamples::all));
}

BOOST_AUTO_TEST_CASE(the_resolved_experiment_reads_back_as_itself) {
  static const Catalogue catalogue = small_catalogue();
  const std::string first = to_yaml(write_experiment(read(kShort), catalogue));
  BOOST_TEST(to_yaml(write_experiment(read(first), catalogue)) == first);
  BOOST_TEST(first.find("learning_rate: 0.001") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(errors_name_the_place_the_value_and_what_would_be_right) {
  BOOST_TEST(refusal("dataset: coin\nmodel: none\n") == "x.yaml:1:1: missing key 'name'");
  BOOST_TEST(refusal("name: ../x\ndataset: coin\nmodel: none\n") ==
             "x.yaml:1:7: name must be 1 to 64 letters, digits, '_', '-' and '.', starting with a letter or digit, got "
             "'../x'");
  BOOST_TEST(refusal(kShort + "trainning: {}\n") == "x.yaml:4:1: unknown key 'trainning', did you mean 'training'?");
  BOOST_TEST(refusal(kShort + "training: {lerning_rate: 1}\n") ==
             "x.yaml:4:12: unknown key 'training.lerning_rate', did you mean 'learning_rate'?");
  BOOST_TEST(refusal(kShort + "training: {learning_rate: -1}\n") ==
             "x.yaml:4:27: training.learning_rate must be positive, got -1");
  BOOST_TEST(refusal(kShort + "training: {optimizer: sgdd}\n") ==
             "x.yaml:4:23: training.optimizer: unknown optimizer 'sgdd', did you mean 'sgd'?");
  BOOST_TEST(refusal(kShort + "replicas: 0\n") == "x.yaml:4:11: replicas must be from 1 to 1000000, got 0");
  BOOST_TEST(refusal("name: x\ndataset: {type: coin, bias: 2}\nmodel: none\n") ==
             "x.yaml:2:29: dataset.bias must be from 0 to 1, got 2");
}

BOOST_AUTO_TEST_SUITE_END()
