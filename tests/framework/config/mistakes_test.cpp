#include <boost/test/unit_test.hpp>

#include <infoplane/fields.hpp>

#include "support/support.hpp"

using namespace infoplane;
using namespace infoplane::testing;

/// Several mistakes in one config.
namespace {

struct StepOptions {
  double learning_rate = 0.01;
  std::int64_t epochs = 100;
};

Fields fields(StepOptions& o) {
  return {field("learning_rate", o.learning_rate, "", positive()), field("epochs", o.epochs, "", at_least(1))};
}

struct Options {
  std::string title;
  std::uint64_t seed = 1;
  double share = 0.5;
  std::vector<std::int64_t> layers;
  StepOptions training;
};

Fields fields(Options& o) {
  return {required(field("title", o.title, "")), field("seed", o.seed, ""), field("share", o.share, "", between(0, 1)),
          field("layers", o.layers, ""), group("training", o.training, "")};
}

void read(const std::string& text) {
  Options options;
  read_fields(parse_yaml(text, "x.yaml"), "", fields(options));
}

/// The error of `title: t` and this second line.
std::string refusal(const std::string& line) {
  return message_of<UsageError>([&] { read("title: t\n" + line + "\n"); });
}

}  // namespace

BOOST_AUTO_TEST_SUITE(mistakes)

BOOST_AUTO_TEST_CASE(all_mistakes_are_reported_in_the_order_of_the_file) {
  BOOST_TEST(message_of<UsageErrors>([] {
               read("layers: [1, x, 2, y]\nseeed: 3\ntraining: {epochs: 0, rate: 2, learning_rate: 0}\nshare: 2\n");
             }) ==
             "x.yaml:1:1: missing key 'title'; "
             "x.yaml:1:13: layers[1] must be a whole number, got 'x'; "
             "x.yaml:1:19: layers[3] must be a whole number, got 'y'; "
             "x.yaml:2:1: unknown key 'seeed', did you mean 'seed'?; "
             "x.yaml:3:20: training.epochs must be at least 1, got 0; "
             "x.yaml:3:23: unknown key 'training.rate'; known: learning_rate, epochs; "
             "x.yaml:3:47: training.learning_rate must be positive, got 0; "
             "x.yaml:4:8: share must be from 0 to 1, got 2");
}

BOOST_AUTO_TEST_CASE(a_mistake_leaves_the_other_fields_read) {
  Options options;
  BOOST_TEST(message_of<UsageError>([&] {
               read_fields(parse_yaml("seed: x\ntitle: new\n", "x.yaml"), "", fields(options));
             }) == "x.yaml:1:7: seed must be a whole number from 0, got 'x'");
  BOOST_TEST(options.title == "new");
}

BOOST_AUTO_TEST_CASE(a_key_that_belongs_deeper_is_found) {
  BOOST_TEST(refusal("epochs: 3") == "x.yaml:2:1: unknown key 'epochs', did you mean 'training.epochs'?");
  BOOST_TEST(refusal("epoch: 3") == "x.yaml:2:1: unknown key 'epoch'; known: title, seed, share, layers, training");
}

BOOST_AUTO_TEST_SUITE_END()
