#include "config/sweep.hpp"

#include <fmt/format.h>

#include "support/support.hpp"

using namespace infoplane;
using namespace infoplane::testing;

namespace {

const std::string kBase =
    "name: x\n"
    "training: {epochs: 5}\n"
    "estimators: [{type: binning}]\n";

Sweep sweep_of(const std::string& lines, const std::vector<std::string>& settings = {}) {
  Node node = parse_yaml(kBase + lines, "x.yaml");
  for (const std::string& setting : settings) set_value(node, setting);
  return read_sweep(node);
}

std::string refusal(const std::string& lines, const std::vector<std::string>& settings = {}) {
  return message_of<UsageError>([&] { sweep_of(lines, settings); });
}

std::vector<std::string> names_of(const std::string& lines) {
  std::vector<std::string> names;
  for (const Combination& combination : sweep_of(lines).combinations) names.push_back(combination.name);
  return names;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(sweep)

BOOST_AUTO_TEST_CASE(a_grid_is_every_combination_the_last_path_fastest) {
  const Sweep sweep = sweep_of("sweep:\n  grid: {training.rate: [0.1, 1e-3], seed: [7, 8, 9]}\n");
  BOOST_TEST((sweep.paths == std::vector<std::string>{"training.rate", "seed"}));
  std::string text;
  for (const Combination& c : sweep.combinations) {
    text += fmt::format("{} {} {} {}\n", c.name, c.values.at(0), c.values.at(1), to_inline_yaml(c.config));
  }
  std::string expected;
  for (const char* rate : {"0.1", "1e-3"}) {
    for (const char* seed : {"7", "8", "9"}) {
      expected += fmt::format(
          "rate_{0}-seed_{1} {0} {1} {{name: x, training: {{epochs: 5, rate: {0}}}, estimators: [{{type: "
          "binning}}], seed: {1}}}\n",
          rate, seed);
    }
  }
  BOOST_TEST(text == expected);
}

BOOST_AUTO_TEST_CASE(a_zip_takes_the_values_together) {
  const Sweep sweep = sweep_of("sweep: {zip: {seed: [7, 8], training.epochs: [1, 2]}}\n");
  BOOST_REQUIRE(sweep.combinations.size() == 2u);
  BOOST_TEST(sweep.combinations[0].name == "seed_7-epochs_1");
  BOOST_TEST(sweep.combinations[1].name == "seed_8-epochs_2");
  BOOST_TEST(sweep.combinations[1].config.find("training")->find("epochs")->scalar == "2");
}

BOOST_AUTO_TEST_CASE(values_keep_their_places_so_that_errors_name_them) {
  const Sweep sweep = sweep_of("sweep:\n  grid:\n    training.epochs: [1, 2]\n    training.rate: [3]\n");
  const Node& training = *sweep.combinations[1].config.find("training");
  BOOST_TEST(training.find("epochs")->place.text() == "x.yaml:6:26");
  BOOST_TEST(training.entries[1].place.text() == "x.yaml:7:5");
}

BOOST_AUTO_TEST_CASE(names_are_file_names_that_tell_what_varies) {
  const auto first = [](const std::string& grid) { return names_of("sweep: {grid: {" + grid + "}}\n").at(0); };
  BOOST_TEST(first("model.widths: [[10, 8], [4]]") == "widths_10_8");
  BOOST_TEST(first("estimators.0.bins: [30]") == "bins_30");
  BOOST_TEST(first("estimators.0: [{type: ksg, k: 3}]") == "estimators.0_ksg");
  BOOST_TEST(first("a.type: [p], b.type: [q]") == "a.type_p-b.type_q");
  BOOST_TEST(first("a: [{b: 1}]") == "a_1");
  BOOST_TEST(first("a: [~]") == "a_none");
  BOOST_TEST(first("a: [-1.5]") == "a_-1.5");
  BOOST_TEST(first("data: ['../a b/$(x)`é']") == "data_.._a_b___x____");
  BOOST_TEST(first("'-rf': [1]") == "x-rf_1");
}

BOOST_AUTO_TEST_CASE(names_that_are_equal_or_too_long_are_numbered) {
  BOOST_TEST((names_of("sweep: {grid: {a: ['p q', 'p/q']}}\n") == std::vector<std::string>{"a_p_q-1", "a_p_q-2"}));
  const std::string long_value(63, 'v');
  BOOST_TEST((names_of("sweep: {grid: {a: [w, " + long_value + "]}}\n") ==
              std::vector<std::string>{"a_w-1", "a_" + std::string(56, 'v') + "-2"}));
  BOOST_TEST((names_of("sweep: {grid: {a: [" + long_value.substr(1) + "]}}\n") ==
              std::vector<std::string>{"a_" + std::string(62, 'v')}));
}

BOOST_AUTO_TEST_CASE(what_is_no_sweep_is_refused_with_its_place) {
  BOOST_TEST(refusal("sweep: {}\n") == "x.yaml:4:8: sweep must have one of grid and zip");
  BOOST_TEST(refusal("sweep: [1]\n") == "x.yaml:4:8: sweep must be a map, got [1]");
  BOOST_TEST(refusal("sweep: {gird: {}}\n") == "x.yaml:4:9: unknown key 'sweep.gird', did you mean 'grid'?");
  BOOST_TEST(refusal("sweep: {grid: {a: [1]}, zip: {b: [1]}}\n") == "x.yaml:4:8: sweep must have one of grid and zip");
  BOOST_TEST(refusal("sweep: {grid: {}}\n") == "x.yaml:4:15: sweep.grid has no paths");
  BOOST_TEST(refusal("sweep: {grid: [1]}\n") ==
             "x.yaml:4:15: sweep.grid must be a map of dotted paths to lists of values, got [1]");
  BOOST_TEST(refusal("sweep: {grid: {seed: 7}}\n") == "x.yaml:4:22: sweep.grid: seed must be a list of values, got 7");
  BOOST_TEST(refusal("sweep: {grid: {seed: []}}\n") == "x.yaml:4:16: sweep.grid: seed has no values");
  BOOST_TEST(refusal("sweep: {zip: {seed: [1, 2], a: [1]}}\n") == "x.yaml:4:29: sweep.zip: a has 1 values, seed has 2");
  BOOST_TEST(refusal("sweep: {grid: {name: [a, b]}}\n") ==
             "x.yaml:4:16: sweep.grid: name cannot vary, what varies names the runs");
  BOOST_TEST(refusal("sweep: {grid: {training..rate: [1]}}\n") == "x.yaml:4:16: an empty step in 'training..rate'");
  BOOST_TEST(refusal("sweep: {grid: {estimators.3.bins: [1]}}\n") ==
             "x.yaml:4:16: '3' is not an index into a list of 1 in 'estimators.3.bins'");
  BOOST_TEST(refusal("sweep: {grid: {training.epochs.x: [1]}}\n") ==
             "x.yaml:4:16: no 'x' inside the value '5' in 'training.epochs.x'");
}

BOOST_AUTO_TEST_CASE(too_many_combinations_are_refused_before_they_are_made) {
  std::string values = "0";
  for (int i = 1; i < 101; ++i) values += fmt::format(",{}", i);
  std::string grid;
  for (char path = 'a'; path <= 'z'; ++path) grid += fmt::format("{}{}: [{}]", grid.empty() ? "" : ", ", path, values);
  BOOST_TEST(refusal("sweep: {grid: {" + grid + "}}\n") == "x.yaml:4:8: sweep has more than 10000 combinations");
}

BOOST_AUTO_TEST_CASE(the_command_line_cannot_set_what_varies) {
  const std::string grid = "sweep: {grid: {training.epochs: [1], estimators.0.bins: [3]}}\n";
  BOOST_TEST(refusal(grid, {"training.epochs=9"}) ==
             "x.yaml:4:16: training.epochs varies, so that --set cannot set it");
  BOOST_TEST(refusal(grid, {"estimators.0.bins=9"}) ==
             "x.yaml:4:38: estimators.0.bins varies, so that --set cannot set it");
  BOOST_TEST(refusal(grid, {"training.rate=9"}) == "");
  const std::string maps = "sweep: {grid: {training: [{epochs: 1}], estimators: [[binning]]}}\n";
  BOOST_TEST(refusal(maps, {"training.rate=9"}) ==
             "x.yaml:4:16: training varies, so that --set cannot set training.rate");
  BOOST_TEST(refusal(maps, {"estimators.0.bins=9"}) ==
             "x.yaml:4:41: estimators varies, so that --set cannot set estimators.0.bins");
}

BOOST_AUTO_TEST_CASE(what_varies_is_not_within_what_varies) {
  BOOST_TEST(refusal("sweep: {grid: {training.epochs: [1], training: [{epochs: 5}]}}\n") ==
             "x.yaml:4:16: sweep: training.epochs varies with training already");
  BOOST_TEST(refusal("sweep: {zip: {estimators: [[binning]], estimators.0.bins: [3]}}\n") ==
             "x.yaml:4:40: sweep: estimators.0.bins varies with estimators already");
  BOOST_TEST(refusal("sweep: {grid: {estimators.0.bins: [3], estimators.00.bins: [4]}}\n") ==
             "x.yaml:4:16: sweep: estimators.0.bins varies with estimators.00.bins already");
  BOOST_TEST(refusal("sweep: {grid: {training.rate: [3], training.rates: [4]}}\n") == "");
}

BOOST_AUTO_TEST_SUITE_END()
