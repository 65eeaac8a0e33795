#include <infoplane/fields.hpp>

#include <cmath>
#include <cstring>
#include <limits>
#include <random>

#include <boost/test/unit_test.hpp>

#include <infoplane/activation_kind.hpp>

#include "support/support.hpp"

using namespace infoplane;
using namespace infoplane::testing;

namespace {

struct StepOptions {
  double learning_rate = 0.01;
  std::int64_t epochs = 100;
};

Fields fields(StepOptions& o) {
  return {field("learning_rate", o.learning_rate, "step size of the descent", positive()),
          field("epochs", o.epochs, "passes over the data", at_least(1))};
}

struct AllOptions {
  std::string title = "plane";
  bool shuffle = true;
  std::uint64_t seed = 1;
  double share = 0.5;
  double momentum = 0.5;
  ActivationKind activation = ActivationKind::tanh;
  std::vector<std::int64_t> layers = {10, 8};
  std::vector<ActivationKind> kinds;
  StepOptions training;
};

Fields fields(AllOptions& o) {
  return {required(field("title", o.title, "what the figure says")),
          field("shuffle", o.shuffle, "whether batches differ"),
          field("seed", o.seed, "of all random numbers"),
          field("share", o.share, "of the samples", between(0, 1)),
          field("momentum", o.momentum, "of the descent", above_below(0, 1)),
          field("activation", o.activation, "after each layer"),
          field("layers", o.layers, "units of each"),
          field("kinds", o.kinds, "of the layers"),
          group("training", o.training, "how it learns")};
}

AllOptions read(const std::string& text) {
  AllOptions options;
  read_fields(parse_yaml(text, "x.yaml"), "", fields(options));
  return options;
}

/// What the reader says against `title: t` and this second line.
std::string refusal(const std::string& line) {
  return message_of<UsageError>([&] { read("title: t\n" + line + "\n"); });
}

template <class T>
T written_and_read(T value) {
  const Node node = parse_yaml(to_yaml(Node::of_map({{"x", {}, Codec<T>::write(value)}})), "x.yaml");
  return Codec<T>::read(*node.find("x"), "x");
}

}  // namespace

BOOST_AUTO_TEST_SUITE(fields_)

BOOST_AUTO_TEST_CASE(every_kind_of_field_is_read) {
  const AllOptions o = read(
      "title: a b\nshuffle: false\nseed: 18446744073709551615\nshare: 1\nmomentum: 9e-1\nactivation: relu\n"
      "layers: [3, -2]\nkinds: [tanh, linear]\ntraining: {learning_rate: 0.5, epochs: 7}\n");
  BOOST_TEST(o.title == "a b");
  BOOST_TEST(!o.shuffle);
  BOOST_TEST(o.seed == std::numeric_limits<std::uint64_t>::max());
  BOOST_TEST(o.share == 1.0);
  BOOST_TEST(o.momentum == 0.9);
  BOOST_TEST((o.activation == ActivationKind::relu));
  BOOST_TEST((o.layers == std::vector<std::int64_t>{3, -2}));
  BOOST_TEST((o.kinds == std::vector{ActivationKind::tanh, ActivationKind::linear}));
  BOOST_TEST(o.training.learning_rate == 0.5);
  BOOST_TEST(o.training.epochs == 7);
}

BOOST_AUTO_TEST_CASE(a_field_that_is_not_named_keeps_its_default) {
  const AllOptions o = read("title: t\ntraining: {epochs: 7}\n");
  BOOST_TEST(o.seed == 1u);
  BOOST_TEST(o.training.learning_rate == 0.01);
}

BOOST_AUTO_TEST_CASE(an_unknown_key_is_refused_with_the_nearest_one) {
  BOOST_TEST(refusal("training:\n  lerning_rate: 1") ==
             "x.yaml:3:3: unknown key 'training.lerning_rate', did you mean 'learning_rate'?");
  BOOST_TEST(refusal("training:\n  x: 1") == "x.yaml:3:3: unknown key 'training.x'; known: learning_rate, epochs");
}

BOOST_AUTO_TEST_CASE(an_unknown_key_is_shown_on_one_line) {
  BOOST_TEST(refusal("training: {\"x\\ny\": 1}") ==
             "x.yaml:2:12: unknown key 'training.x\\x0ay'; known: learning_rate, epochs");
}

BOOST_AUTO_TEST_CASE(a_missing_required_key_is_refused_at_the_place_of_its_map) {
  BOOST_TEST(message_of<UsageError>([] { read("seed: 1\n"); }) == "x.yaml:1:1: missing key 'title'");
  StepOptions step;
  const Node root = parse_yaml("a: 1\ntraining:\n  learning_rate: 1\n", "x.yaml");
  const Fields needed = {field("learning_rate", step.learning_rate, ""), required(field("epochs", step.epochs, ""))};
  BOOST_TEST(message_of<UsageError>([&] { read_fields(*root.find("training"), "training", needed); }) ==
             "x.yaml:3:3: missing key 'training.epochs'");
}

BOOST_AUTO_TEST_CASE(a_former_key_is_read_and_the_present_one_written) {
  std::int64_t count = 3;
  const Fields list = {required(alias(field("neighbors", count, "of a sample", at_least(1)), "neighbours"))};
  read_fields(parse_yaml("neighbours: 5\n", "x.yaml"), "ksg", list);
  BOOST_TEST(count == 5);
  read_fields(parse_yaml("neighbors: 7\n", "x.yaml"), "ksg", list);
  BOOST_TEST(count == 7);
  BOOST_TEST(to_yaml(write_fields(list)) == "neighbors: 7\n");
}

BOOST_AUTO_TEST_CASE(a_former_key_is_refused_under_the_name_that_the_config_gives) {
  std::int64_t count = 3;
  const Fields list = {alias(alias(field("neighbors", count, "", at_least(1)), "neighbours"), "k")};
  const auto refused = [&](const std::string& text) {
    return message_of<UsageError>([&] { read_fields(parse_yaml(text, "x.yaml"), "ksg", list); });
  };
  BOOST_TEST(refused("neighbours: 0\n") == "x.yaml:1:13: ksg.neighbours must be at least 1, got 0");
  BOOST_TEST(count == 3);
  BOOST_TEST(refused("neighbours: 5\nneighbors: 5\n") ==
             "x.yaml:2:1: 'ksg.neighbours' and 'ksg.neighbors' are the same key; give only one");
  BOOST_TEST(refused("neighbors: 5\nneighbours: 5\n") ==
             "x.yaml:2:1: 'ksg.neighbours' and 'ksg.neighbors' are the same key; give only one");
  BOOST_TEST(refused("neighbor: 5\n") == "x.yaml:1:1: unknown key 'ksg.neighbor', did you mean 'neighbors'?");
}

// The digest of a config stays when a key is renamed.
BOOST_AUTO_TEST_CASE(former_keys_are_written_on_request) {
  std::int64_t count = 3;
  StepOptions step;
  const Fields list = {alias(alias(field("neighbors", count, ""), "neighbours"), "k"), field("other", count, ""),
                       group("training", step, "", [](StepOptions& o) -> Fields {
                         return {alias(field("epochs", o.epochs, ""), "passes")};
                       })};
  BOOST_TEST(to_yaml(with_former_names(write_fields(list))) == "neighbours: 3\nother: 3\ntraining:\n  passes: 100\n");
  BOOST_TEST(to_yaml(write_fields(list)) == "neighbors: 3\nother: 3\ntraining:\n  epochs: 100\n");
}

BOOST_AUTO_TEST_CASE(a_former_key_is_not_described) {
  std::int64_t count = 3;
  const Fields list = {alias(field("neighbors", count, "of a sample"), "neighbours")};
  BOOST_TEST(describe_fields(list) == "neighbors  (whole number, default 3)  of a sample\n");
  BOOST_TEST(to_inline_yaml(schema_fields(list)).find("neighbours") == std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_group_that_is_no_map_is_refused) {
  BOOST_TEST(refusal("training: 3") == "x.yaml:2:11: training must be a map, got 3");
  BOOST_TEST(refusal("training: [3]") == "x.yaml:2:11: training must be a map, got [3]");
  BOOST_TEST(refusal("training:") == "x.yaml:2:1: training must be a map, got nothing");
}

BOOST_AUTO_TEST_CASE(a_check_that_does_not_hold_is_refused) {
  BOOST_TEST(refusal("training:\n  learning_rate: -1") ==
             "x.yaml:3:18: training.learning_rate must be positive, got -1");
  BOOST_TEST(refusal("training: {learning_rate: 0}") == "x.yaml:2:27: training.learning_rate must be positive, got 0");
  BOOST_TEST(refusal("training: {epochs: 0}") == "x.yaml:2:20: training.epochs must be at least 1, got 0");
  BOOST_TEST(refusal("share: 1.5") == "x.yaml:2:8: share must be from 0 to 1, got 1.5");
  BOOST_TEST(refusal("momentum: 1") == "x.yaml:2:11: momentum must be above 0 and below 1, got 1");
  BOOST_TEST(refusal("momentum: 0") == "x.yaml:2:11: momentum must be above 0 and below 1, got 0");
}

BOOST_AUTO_TEST_CASE(the_ends_of_a_range_belong_to_it) {
  BOOST_TEST(refusal("share: 0") == "");
  BOOST_TEST(refusal("share: 1") == "");
  BOOST_TEST(refusal("training: {epochs: 1}") == "");
}

BOOST_AUTO_TEST_CASE(a_value_of_the_command_line_is_refused_there) {
  Node root = parse_yaml("title: t\n", "x.yaml");
  set_value(root, "training.learning_rate=-1");
  AllOptions options;
  BOOST_TEST(message_of<UsageError>([&] { read_fields(root, "", fields(options)); }) ==
             "command line: training.learning_rate must be positive, got -1");
}

BOOST_AUTO_TEST_CASE(a_whole_number_is_decimal_digits_only) {
  for (const std::string text : {"abc", "0x1F", "1e3", "5.0", "+5", "1_000", "-", ".inf", "5 6", "0b1"}) {
    BOOST_TEST(refusal("training: {epochs: " + text + "}") ==
               "x.yaml:2:20: training.epochs must be a whole number, got " + shown(Node::of_scalar(text)));
  }
}

BOOST_AUTO_TEST_CASE(a_whole_number_that_leads_with_zero_is_not_octal) {
  BOOST_TEST(read("title: t\nseed: 010").seed == 10u);
}

BOOST_AUTO_TEST_CASE(a_whole_number_beyond_64_bits_is_refused) {
  BOOST_TEST(refusal("training: {epochs: 9223372036854775808}") ==
             "x.yaml:2:20: training.epochs must be a whole number from -9223372036854775808 to 9223372036854775807, "
             "got 9223372036854775808");
  BOOST_TEST(refusal("seed: 18446744073709551616") ==
             "x.yaml:2:7: seed must be a whole number from 0 to 18446744073709551615, got 18446744073709551616");
  BOOST_TEST(refusal("seed: -1") == "x.yaml:2:7: seed must be a whole number from 0, got -1");
}

BOOST_AUTO_TEST_CASE(a_number_is_finite_and_decimal) {
  for (const std::string text : {"abc", "0x1F", ".nan", ".inf", "-.inf", "nan", "inf", "infinity", "+1", "1e400", "1,5",
                                 "1_000", ".", "1e", "--1", "1 2"}) {
    BOOST_TEST(refusal("share: " + text) == "x.yaml:2:8: share must be a finite number, got '" + text + "'");
  }
}

BOOST_AUTO_TEST_CASE(a_number_has_every_decimal_form) {
  BOOST_TEST(read("title: t\nshare: .5\n").share == 0.5);
  BOOST_TEST(read("title: t\nshare: 1.\n").share == 1.0);
  BOOST_TEST(read("title: t\nshare: 5E-1\n").share == 0.5);
  BOOST_TEST(read("title: t\nshare: 0.05e+1\n").share == 0.5);
  BOOST_TEST(read("title: t\nshare: -0\n").share == 0.0);
}

BOOST_AUTO_TEST_CASE(a_bool_is_true_or_false_and_no_other_word) {
  for (const std::string text : {"yes", "no", "on", "off", "True", "FALSE", "y"}) {
    BOOST_TEST(refusal("shuffle: " + text) == "x.yaml:2:10: shuffle must be true or false, got '" + text + "'");
  }
  BOOST_TEST(refusal("shuffle: 1") == "x.yaml:2:10: shuffle must be true or false, got 1");
}

BOOST_AUTO_TEST_CASE(what_is_in_quotes_is_neither_number_nor_bool) {
  BOOST_TEST(refusal("share: \"1\"") ==
             "x.yaml:2:8: share must be a finite number, got '1', in quotes, which makes it text: remove the quotes");
  BOOST_TEST(
      refusal("seed: '1'") ==
      "x.yaml:2:7: seed must be a whole number from 0, got '1', in quotes, which makes it text: remove the quotes");
  BOOST_TEST(
      refusal("shuffle: \"true\"") ==
      "x.yaml:2:10: shuffle must be true or false, got 'true', in quotes, which makes it text: remove the quotes");
}

BOOST_AUTO_TEST_CASE(a_text_is_any_scalar_that_is_not_null) {
  BOOST_TEST(read("title: 010").title == "010");
  BOOST_TEST(read("title: yes").title == "yes");
  BOOST_TEST(read("title: \"\"").title == "");
  BOOST_TEST(read("title: \"null\"").title == "null");
  BOOST_TEST(message_of<UsageError>([] { read("title:"); }) == "x.yaml:1:1: title must be text, got nothing");
  BOOST_TEST(message_of<UsageError>([] { read("title: {}"); }) == "x.yaml:1:8: title must be text, got a map");
}

BOOST_AUTO_TEST_CASE(an_enum_is_one_of_its_names) {
  const std::string names = "tanh, relu, leaky_relu, sigmoid, softmax, linear, unknown";
  BOOST_TEST(refusal("activation: tahn") ==
             "x.yaml:2:13: activation must be one of " + names + ", got 'tahn', did you mean 'tanh'?");
  BOOST_TEST(refusal("activation: gaussian") == "x.yaml:2:13: activation must be one of " + names + ", got 'gaussian'");
  BOOST_TEST(refusal("activation: [relu]") == "x.yaml:2:13: activation must be one of " + names + ", got [relu]");
  BOOST_TEST(refusal("activation:") == "x.yaml:2:1: activation must be one of " + names + ", got nothing");
}

BOOST_AUTO_TEST_CASE(a_list_names_the_item_that_does_not_fit) {
  BOOST_TEST(refusal("layers: [10, x]") == "x.yaml:2:14: layers[1] must be a whole number, got 'x'");
  BOOST_TEST(refusal("layers: 10") == "x.yaml:2:9: layers must be a list, got 10");
  BOOST_TEST(refusal("kinds: [rellu]").find("x.yaml:2:9: kinds[0] must be one of tanh, relu") == 0);
  BOOST_TEST(read("title: t\nlayers: []\n").layers.empty());
}

BOOST_AUTO_TEST_CASE(a_value_that_is_refused_leaves_the_member_alone) {
  AllOptions options;
  const Node root = parse_yaml("title: t\nlayers: [1, x]\n", "x.yaml");
  BOOST_TEST(message_of<UsageError>([&] { read_fields(root, "", fields(options)); }) != "");
  BOOST_TEST((options.layers == std::vector<std::int64_t>{10, 8}));
}

BOOST_AUTO_TEST_CASE(a_long_value_is_cut_in_the_error) {
  BOOST_TEST(refusal("seed: " + std::string(100, 'x')) ==
             "x.yaml:2:7: seed must be a whole number from 0, got '" + std::string(60, 'x') + "'...");
}

BOOST_AUTO_TEST_CASE(written_fields_hold_all_values_in_order) {
  AllOptions options = read("title: yes\n");
  BOOST_TEST(to_yaml(write_fields(fields(options))) ==
             "title: \"yes\"\nshuffle: true\nseed: 1\nshare: 0.5\nmomentum: 0.5\nactivation: tanh\nlayers: [10, 8]\n"
             "kinds: []\ntraining:\n  learning_rate: 0.01\n  epochs: 100\n");
}

BOOST_AUTO_TEST_CASE(written_fields_read_back_to_themselves) {
  AllOptions options = read("title: \"12\"\nseed: 99\nkinds: [relu]\nshare: 0.1\ntraining: {epochs: 3}\n");
  const std::string written = to_yaml(write_fields(fields(options)));
  AllOptions again = read(written);
  BOOST_TEST(to_yaml(write_fields(fields(again))) == written);
  BOOST_TEST(again.seed == 99u);
  BOOST_TEST(again.training.epochs == 3);
}

BOOST_AUTO_TEST_CASE(doubles_are_written_with_the_fewest_digits) {
  BOOST_TEST(Codec<double>::write(0.1).scalar == "0.1");
  BOOST_TEST(Codec<double>::write(1e-5).scalar == "1e-05");
  BOOST_TEST(Codec<double>::write(100).scalar == "100");
  BOOST_TEST(Codec<double>::write(1.0 / 3).scalar == "0.3333333333333333");
}

BOOST_AUTO_TEST_CASE(every_finite_double_reads_back_to_its_bits) {
  std::mt19937_64 random(1);
  for (int i = 0; i < 20000; ++i) {
    const std::uint64_t bits = random();
    double value = 0;
    std::memcpy(&value, &bits, sizeof value);
    if (!std::isfinite(value)) continue;
    const double again = written_and_read(value);
    BOOST_REQUIRE(std::memcmp(&again, &value, sizeof value) == 0);
  }
}

BOOST_AUTO_TEST_CASE(whole_numbers_read_back_to_themselves) {
  for (const std::int64_t x : {std::numeric_limits<std::int64_t>::min(), std::int64_t{-1}, std::int64_t{0},
                               std::numeric_limits<std::int64_t>::max()}) {
    BOOST_TEST(written_and_read(x) == x);
  }
  BOOST_TEST(written_and_read(std::numeric_limits<std::uint64_t>::max()) == std::numeric_limits<std::uint64_t>::max());
}

BOOST_AUTO_TEST_CASE(texts_that_any_yaml_reader_could_mistake_are_written_in_quotes) {
  for (const std::string text :
       {"",   "~",  "null", "NULL", "true", "False", "yes",   "NO",         "on",    "off", "y",
        "12", "-1", "+1",   ".5",   ".nan", "0x1F",  "1_000", "2026-01-01", "12:30", "=",   "<<"}) {
    BOOST_TEST(Codec<std::string>::write(text).quoted, text);
    BOOST_TEST(written_and_read(text) == text);
  }
  for (const std::string text : {"tanh", "iris.yaml", "one two", "I(X;T)", "_"}) {
    BOOST_TEST(!Codec<std::string>::write(text).quoted, text);
    BOOST_TEST(written_and_read(text) == text);
  }
}

BOOST_AUTO_TEST_CASE(every_enum_value_reads_back_to_itself) {
  for (const auto& [kind, name] : names(ActivationKind{})) {
    BOOST_TEST(Codec<ActivationKind>::write(kind).scalar == name);
    BOOST_TEST((written_and_read(kind) == kind));
  }
  BOOST_TEST(names(ActivationKind{}).size() == static_cast<std::size_t>(ActivationKind::unknown) + 1);
}

BOOST_AUTO_TEST_CASE(described_fields_stand_in_columns) {
  AllOptions options;
  options.title = "unused";
  const Fields all = fields(options);
  const Fields some = {all[0], all[2], all[3], all[6], all[8]};
  BOOST_TEST(describe_fields(some) ==
             "title     (text, required)                           what the figure says\n"
             "seed      (whole number from 0, default 1)           of all random numbers\n"
             "share     (number, from 0 to 1, default 0.5)         of the samples\n"
             "layers    (list of (whole number), default [10, 8])  units of each\n"
             "training  (map)                                      how it learns\n"
             "  learning_rate  (number, positive, default 0.01)         step size of the descent\n"
             "  epochs         (whole number, at least 1, default 100)  passes over the data\n");
}

BOOST_AUTO_TEST_CASE(no_fields_have_no_description) { BOOST_TEST(describe_fields({}) == ""); }

BOOST_AUTO_TEST_CASE(a_path_has_dots_between_its_keys) {
  BOOST_TEST(join_path("", "seed") == "seed");
  BOOST_TEST(join_path("training", "epochs") == "training.epochs");
}

BOOST_AUTO_TEST_SUITE_END()
