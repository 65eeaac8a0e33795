#include <algorithm>
#include <array>
#include <cmath>
#include <random>
#include <sstream>

#include <boost/test/unit_test.hpp>
#include <fmt/format.h>

#include <infoplane/error.hpp>
#include <infoplane/figure.hpp>

#include "support/figure_results.hpp"
#include "support/picture.hpp"
#include "support/support.hpp"

using namespace infoplane;
using namespace infoplane::testing;
namespace fs = std::filesystem;

namespace {

const std::vector<std::string> kInformationFigures = {"information_plane", "information_curves"};

void check_drawn(const std::string& type, const RunResults& results) {
  const TemporaryFolder out;
  figure(type)->draw(results, out.path(), "picture");
  BOOST_TEST(png_size(out.path() / "picture.png").first == 1039u, type);
  BOOST_TEST(text_of_svg(out.path() / "picture.svg").find("epoch") != std::string::npos, type);
}

}  // namespace

BOOST_AUTO_TEST_SUITE(figures)

BOOST_AUTO_TEST_CASE(a_figure_has_the_width_of_a_column_and_is_the_same_when_drawn_again) {
  for (const std::string& type : kFigures) {
    const TemporaryFolder out;
    const RunResults run = results({});
    for (const char* folder : {"a", "b"}) figure(type)->draw(run, out.path() / folder, "picture");
    BOOST_TEST(png_size(out.path() / "a" / "picture.png").first == 1039u);
    for (const char* file : {"picture.svg", "picture.png", "picture.gp", "picture.dat"}) {
      BOOST_TEST((read_file(out.path() / "a" / file) == read_file(out.path() / "b" / file)), file);
    }
  }
}

BOOST_AUTO_TEST_CASE(axes_are_labeled_with_their_units) {
  const TemporaryFolder out;
  for (const std::string& type : kFigures) figure(type)->draw(results({}), out.path(), type);
  const auto has = [&](const std::string& type, const std::string& label) {
    BOOST_TEST(text_of_svg(out.path() / (type + ".svg")).find(label) != std::string::npos, type + ": " + label);
  };
  for (const std::string& type : kInformationFigures) {
    for (const char* label : {"I(X;T) in bits", "I(T;Y) in bits", "epoch", "iris_tanh", "L1", "L2"}) has(type, label);
  }
  has("information_plane", "binning, mean of 2 replicas");
  has("information_curves", "binning, mean and 16-84 % band of 2 replicas");
  for (const char* label : {"loss in nats", "accuracy", "epoch", "train", "test", "iris_tanh"}) {
    has("learning_curves", label);
  }
}

// Ten replicas; I(T;Y) is at its cap of 1 in nine of them.
RunResults ten_replicas() {
  RunResults run;
  for (std::int64_t r = 0; r < 10; ++r) {
    run.information.push_back({r, 0, "L1", "binning", static_cast<double>(r), r == 0 ? 0.0 : 1.0, 10, 1, {}});
  }
  return run;
}

BOOST_AUTO_TEST_CASE(bands_are_over_the_replicas) {
  const auto drawn = [](const std::string& type, const std::string& options) {
    const TemporaryFolder out;
    figure(type, options)->draw(ten_replicas(), out.path(), "picture");
    return data_lines(out.path() / "picture.dat")[0];
  };
  // The quantiles of 0 .. 9 at 9 * 0.16 and 9 * 0.84; standard deviations sqrt(82.5 / 9) and sqrt(0.9 / 9).
  BOOST_TEST(drawn("information_curves", "band: quantiles") == "0 4.5 1.44 7.56 0.9 1 1");
  BOOST_TEST(drawn("information_curves", "band: range") == "0 4.5 0 9 0.9 0 1");
  BOOST_TEST(drawn("information_curves", "band: standard_deviation") ==
             fmt::format("0 4.5 {} {} 0.9 {} {}", 4.5 - std::sqrt(82.5 / 9), 4.5 + std::sqrt(82.5 / 9),
                         0.9 - std::sqrt(0.9 / 9), 0.9 + std::sqrt(0.9 / 9)));
  BOOST_TEST(drawn("information_plane", "layers: []").rfind("0 4.5 ", 0) == 0u);
}

BOOST_AUTO_TEST_CASE(captions_name_the_band) {
  for (const auto& [band, caption] :
       {std::pair("quantiles", "binning, mean and 16-84 % band of 10 replicas"),
        std::pair("range", "binning, mean and range of 10 replicas"),
        std::pair("standard_deviation", "binning, mean and standard deviation of 10 replicas")}) {
    const TemporaryFolder out;
    figure("information_curves", std::string("band: ") + band)->draw(ten_replicas(), out.path(), "picture");
    BOOST_TEST(text_of_svg(out.path() / "picture.svg").find(caption) != std::string::npos, caption);
  }
}

// A mean less or plus a standard deviation may be a value that cannot be: accuracy 1.06, a loss below 0.
BOOST_AUTO_TEST_CASE(a_band_of_quantiles_stays_in_the_range_of_the_values) {
  std::mt19937 generator(1);
  std::uniform_real_distribution<double> uniform;
  for (int trial = 0; trial < 5; ++trial) {
    RunResults run;
    for (std::int64_t r = 0; r < 7; ++r) {
      for (std::int64_t epoch = 0; epoch < 20; ++epoch) {
        run.training.push_back(
            {r, epoch, "test", std::pow(uniform(generator), 9), 1 - std::pow(uniform(generator), 9)});
      }
    }
    const TemporaryFolder out;
    figure("learning_curves")->draw(run, out.path(), "picture");
    for (const std::string& line : data_lines(out.path() / "picture.dat")) {
      std::istringstream row(line);
      double epoch, loss, loss_low, loss_high, accuracy, accuracy_low, accuracy_high;
      row >> epoch >> loss >> loss_low >> loss_high >> accuracy >> accuracy_low >> accuracy_high;
      BOOST_TEST((0 <= loss_low && loss_low <= loss_high && accuracy_low <= accuracy_high && accuracy_high <= 1), line);
    }
  }
}

BOOST_AUTO_TEST_CASE(learning_curves_show_train_then_test) {
  RunResults run;
  for (const std::int64_t r : {0, 1}) {
    run.training.push_back({r, 0, "test", 3, 0.5});
    run.training.push_back({r, 0, "train", static_cast<double>(2 * r), 0.25});
  }
  const TemporaryFolder out;
  figure("learning_curves", "band: standard_deviation")->draw(run, out.path(), "picture");
  const auto lines = data_lines(out.path() / "picture.dat");
  BOOST_TEST(lines[0] == "0 1 -0.41421356237309515 2.414213562373095 0.25 0.25 0.25");
  BOOST_TEST(lines[1] == "0 3 3 3 0.5 0.5 0.5");
}

BOOST_AUTO_TEST_CASE(layers_and_estimator_are_those_of_the_options) {
  for (const std::string& type : kInformationFigures) {
    RunResults run;
    double value = 1;
    for (const char* layer : {"L1", "L2", "L3"}) {
      for (const char* estimator : {"binning", "kde.upper", "kde.lower"}) {
        run.information.push_back({0, 1, layer, estimator, value++, 0, 10, 1, {}});
      }
    }
    const auto shown = [&](const std::string& options) {
      const TemporaryFolder out;
      figure(type, options)->draw(run, out.path(), "picture");
      const auto lines = data_lines(out.path() / "picture.dat");
      return lines[0] + ", " + lines[1];
    };
    BOOST_TEST(shown("layers: [L3, L1]") == "1 7 7 7 0 0 0, 1 1 1 1 0 0 0");
    BOOST_TEST(shown("{layers: [L1, L2], estimator: kde.lower}") == "1 3 3 3 0 0 0, 1 6 6 6 0 0 0");
    BOOST_TEST(shown("{layers: [L1, L2], estimator: kde}") == "1 2 2 2 0 0 0, 1 5 5 5 0 0 0");
    BOOST_TEST(shown("layers: []") == "1 1 1 1 0 0 0, 1 4 4 4 0 0 0");
  }
}

BOOST_AUTO_TEST_CASE(a_figure_names_what_its_options_name) {
  for (const std::string& type : kInformationFigures) {
    const auto chosen = figure(type, "{layers: [L3, L1], estimator: kde}");
    BOOST_TEST(chosen->needs().layers == (std::vector<std::string>{"L3", "L1"}), boost::test_tools::per_element());
    BOOST_TEST(chosen->needs().estimators == std::vector<std::string>{"kde"}, boost::test_tools::per_element());
    BOOST_TEST(figure(type)->needs().layers.empty());
    BOOST_TEST(figure(type)->needs().estimators.empty());
  }
}

BOOST_AUTO_TEST_CASE(bounds_reach_from_the_lower_to_the_upper_value) {
  const TemporaryFolder out;
  RunResults run = results({{"L1"}, {"kde.mean", "kde.upper", "kde.lower"}, {0, 1}, 2});
  for (Record& row : run.information)
    row.i_xt_bits += row.estimator == "kde.upper" ? 1 : row.estimator == "kde.lower" ? -1 : 0;
  figure("information_bounds", "estimator: kde")->draw(run, out.path(), "picture");
  // Of replicas 0 and 1 the means are 3.5 - 1/8 and 1/8; the bounds of I(T;Y) are equal.
  BOOST_TEST(data_lines(out.path() / "picture.dat").front() == "0 3.375 2.375 4.375 0.125 0.125 0.125");
  BOOST_TEST(text_of_svg(out.path() / "picture.svg").find("kde, lower to upper bound, mean of 2 replicas") !=
             std::string::npos);
  BOOST_TEST(message_of<UsageError>([&] {
               figure("information_bounds")->draw(results({{"L1"}, {"binning"}, {0, 1}, 1}), out.path(), "other");
             }) == "the results have no estimator 'binning.lower', only binning");
}

BOOST_AUTO_TEST_CASE(a_bound_is_drawn_of_an_estimator_without_caps) {
  const TemporaryFolder out;
  RunResults run = results({{"L1"}, {"binning"}, {0, 1}, 1});
  figure("information_plane", "bound: true")->draw(run, out.path(), "caps");
  BOOST_TEST(read_file(out.path() / "caps.dat").find("0 0\n1.58 1.58\n4.9 1.58\n") != std::string::npos);
  for (const double cap : {HUGE_VAL, std::nan(""), 0.0}) {
    for (Record& row : run.information) row.i_xt_cap_bits = row.i_ty_cap_bits = cap;
    figure("information_plane", "bound: true")->draw(run, out.path(), "picture");
    BOOST_TEST(read_file(out.path() / "picture.dat").find("inf") == std::string::npos);
    BOOST_TEST(text_of_svg(out.path() / "picture.svg").find("bound") != std::string::npos);
  }
}

BOOST_AUTO_TEST_CASE(details_are_drawn_of_the_estimator_that_has_them) {
  const TemporaryFolder out;
  RunResults run = results({{"L1", "L2"}, {"binning", "kmeans"}, {0, 1}, 2});
  run.details = {"bins", "clusters"};
  for (Record& row : run.information) {
    const double value = 10 + static_cast<double>(row.epoch + row.replica);
    row.details = {row.estimator == "binning" ? value : NAN, row.estimator == "kmeans" ? 2 * value : NAN};
  }
  figure("detail_curves", "{detail: clusters, estimator: kmeans, band: range}")->draw(run, out.path(), "picture");
  BOOST_TEST(data_lines(out.path() / "picture.dat").front() == "0 21 20 22");
  BOOST_TEST(text_of_svg(out.path() / "picture.svg").find("clusters") != std::string::npos);
  const auto refusal = [&](const std::string& options) {
    return message_of<UsageError>([&] { figure("detail_curves", options)->draw(run, out.path(), "other"); });
  };
  BOOST_TEST(refusal("detail: cluster") == "the results have no detail 'cluster', only bins, clusters");
  BOOST_TEST(refusal("{detail: bins, estimator: kmeans}") == "the results of kmeans have no 'bins'");
}

BOOST_AUTO_TEST_CASE(parameters_are_drawn_by_name_and_index) {
  const TemporaryFolder out;
  RunResults run = results({});
  for (std::int64_t epoch = 0; epoch < 3; ++epoch) {
    for (std::int64_t i = 0; i < 2; ++i) {
      run.parameters.push_back({0, epoch, "linear1.weight", i, static_cast<double>(i - epoch)});
    }
    run.parameters.push_back({0, epoch, "linear1.bias", 0, 0.5});
  }
  figure("parameter_curves", "parameters: []")->draw(run, out.path(), "picture");
  const std::string text = text_of_svg(out.path() / "picture.svg");
  for (const char* name : {"linear1.weight 0", "linear1.weight 1", "linear1.bias"}) {
    BOOST_TEST(text.find(name) != std::string::npos, name);
  }
  BOOST_TEST(data_lines(out.path() / "picture.dat")[5] == "2 -1 -1 -1");
  const auto refusal = [&](const std::string& options) {
    return message_of<UsageError>([&] { figure("parameter_curves", options)->draw(run, out.path(), "other"); });
  };
  BOOST_TEST(refusal("parameters: [weight]") ==
             "the results have no parameter 'weight', only linear1.weight, linear1.bias");
  for (std::int64_t i = 2; i < 12; ++i) run.parameters.push_back({0, 0, "linear1.weight", i, 0});
  BOOST_TEST(refusal("parameters: []") ==
             "a figure can show at most 12 elements of parameters, got 13: select some with the option parameters");
  run.parameters.clear();
  BOOST_TEST(refusal("parameters: []") == "the results have no rows in parameters.csv");
}

BOOST_AUTO_TEST_CASE(histograms_show_the_counts_of_every_bin) {
  const TemporaryFolder out;
  RunResults run = results({});
  run.histograms = {{0, 10, "L4", 0, 0, -1, -0.5, 7},
                    {0, 10, "L4", 0, 1, 0.5, 1, 5},
                    {0, 10, "L4", 1, 0, -1, -0.5, 2},
                    {1, 10, "L4", 0, 0, -1, -0.5, 99},
                    {0, 20, "L4", 0, 0, -1, -0.5, 3}};
  figure("histograms", "{epochs: [10]}")->draw(run, out.path(), "pooled");
  const std::vector<std::string> pooled = {"-0.75 9", "-0.25 0", "0.25 0", "0.75 5"};
  BOOST_TEST(data_lines(out.path() / "pooled.dat") == pooled, boost::test_tools::per_element());
  figure("histograms", "{epochs: [10], by_unit: true}")->draw(run, out.path(), "units");
  const std::vector<std::string> units = {"-0.75 7", "-0.25 0", "0.25 0",  "0.75 0",  "-0.75 2", "-0.25 0",
                                          "0.25 0",  "0.75 0",  "-0.75 0", "-0.25 0", "0.25 0",  "0.75 5",
                                          "-0.75 0", "-0.25 0", "0.25 0",  "0.75 0"};
  BOOST_TEST(data_lines(out.path() / "units.dat") == units, boost::test_tools::per_element());
  const std::string text = text_of_svg(out.path() / "units.svg");
  for (const char* part : {"epoch 10, label 0", "epoch 10, label 1", "unit 2", "iris_tanh, L4, replica 0"}) {
    BOOST_TEST(text.find(part) != std::string::npos, part);
  }
  const auto refusal = [&](const std::string& options) {
    return message_of<UsageError>([&] { figure("histograms", options)->draw(run, out.path(), "other"); });
  };
  BOOST_TEST(refusal("epochs: [11]") == "the results have no histogram of layer 'L4', replica 0, at epoch 11");
  BOOST_TEST(refusal("replica: 2") == "the results have no histogram of layer 'L4', replica 2");
  run.histograms.clear();
  BOOST_TEST(refusal("epochs: []") == "the results have no rows in histograms.csv");
}

BOOST_AUTO_TEST_CASE(a_plane_shows_the_bound_and_what_the_data_allow) {
  const TemporaryFolder out;
  RunResults run = results({{"L1"}, {"binning"}, {0, 1, 1000}, 1});
  figure("information_plane", "bound: true")->draw(run, out.path(), "corner");
  std::vector<std::string> lines = data_lines(out.path() / "corner.dat");
  const std::vector<std::string> corner = {"0 0", "1.58 1.58", "4.9 1.58"};
  BOOST_TEST(std::vector<std::string>(lines.end() - 3, lines.end()) == corner, boost::test_tools::per_element());
  run.bottleneck = {{1, 0, 0}, {2, 1, 0.5}, {9, 3, 0.75}};
  run.truth = Truth{0.75, 0, 0.3, 0};
  figure("information_plane", "bound: true")->draw(run, out.path(), "curve");
  lines = data_lines(out.path() / "curve.dat");
  const std::vector<std::string> curve = {"0 0", "1 0.5", "3 0.75", "4.9 0.75"};
  BOOST_TEST(std::vector<std::string>(lines.end() - 4, lines.end()) == curve, boost::test_tools::per_element());
  BOOST_TEST(text_of_svg(out.path() / "curve.svg").find("best 0.750") != std::string::npos);
  figure("learning_curves")->draw(run, out.path(), "learning");
  BOOST_TEST(text_of_svg(out.path() / "learning.svg").find("best 0.300") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(pictures_that_need_no_results_are_drawn) {
  const TemporaryFolder out;
  for (const char* type : {"activation_functions", "elbow", "joint_histogram"}) {
    experiments::catalogue().figures.choose(type)()->draw({}, out.path(), type);
    BOOST_TEST(png_size(out.path() / (std::string(type) + ".png")).first == 1039u, type);
  }
  BOOST_TEST(text_of_svg(out.path() / "activation_functions.svg").find("leaky ReLU, slope 0.2") != std::string::npos);
  BOOST_TEST(text_of_svg(out.path() / "elbow.svg").find("elbow (kneedle) at K = 3") != std::string::npos);
  // 40 points in all cells.
  const std::vector<std::string> lines = data_lines(out.path() / "joint_histogram.dat");
  BOOST_REQUIRE(lines.size() == 40u + 9);
  int count = 0;
  for (std::size_t i = 40; i < lines.size(); ++i) count += std::stoi(lines[i].substr(lines[i].rfind(' ')));
  BOOST_TEST(count == 40);
}

BOOST_AUTO_TEST_CASE(an_unknown_layer_or_estimator_is_refused_with_those_that_there_are) {
  for (const std::string& type : kInformationFigures) {
    const TemporaryFolder out;
    const auto refusal = [&](const std::string& options) {
      return message_of<UsageError>([&] { figure(type, options)->draw(results({}), out.path(), "picture"); });
    };
    BOOST_TEST(refusal("layers: [L1, L7]") == "the results have no layer 'L7', only L1, L2");
    BOOST_TEST(refusal("estimator: bin") == "the results have no estimator 'bin', only binning, kde.upper");
    BOOST_TEST(fs::is_empty(out.path()));
  }
}

BOOST_AUTO_TEST_CASE(results_without_rows_are_refused) {
  const TemporaryFolder out;
  const auto refusal = [&](const std::string& type, const RunResults& run) {
    return message_of<UsageError>([&] { figure(type)->draw(run, out.path(), "picture"); });
  };
  BOOST_TEST(refusal("information_plane", {}) == "the results have no rows in information.csv");
  BOOST_TEST(refusal("information_curves", {}) == "the results have no rows in information.csv");
  BOOST_TEST(refusal("learning_curves", {}) == "the results have no rows in training.csv");
}

BOOST_AUTO_TEST_CASE(each_layer_is_drawn_at_its_own_epochs) {
  for (const std::string& type : kInformationFigures) {
    RunResults run = results({{"L1", "L2"}, {"binning"}, {0, 1, 10}, 1});
    BOOST_REQUIRE(run.information.back().layer == "L2" && run.information.back().epoch == 10);
    run.information.pop_back();
    const TemporaryFolder out;
    figure(type)->draw(run, out.path(), "picture");
    std::vector<std::vector<std::string>> blocks(1);
    for (std::ifstream file(out.path() / "picture.dat"); file;) {
      std::string line;
      std::getline(file, line);
      if (line.empty() && !blocks.back().empty()) blocks.emplace_back();
      if (!line.empty()) blocks.back().push_back(line.substr(0, line.find(' ')));
    }
    BOOST_TEST(blocks[0] == (std::vector<std::string>{"0", "1", "10"}), boost::test_tools::per_element());
    BOOST_TEST(blocks[1] == (std::vector<std::string>{"0", "1"}), boost::test_tools::per_element());
  }
}

BOOST_AUTO_TEST_CASE(small_and_odd_results_are_drawn) {
  for (const std::string& type : kFigures) {
    check_drawn(type, results({{"L1"}, {"binning"}, {0, 1, 10}, 1}));
    check_drawn(type, results({{"L1", "L2"}, {"binning"}, {0}, 3}));
    check_drawn(type, results({{"L1", "L2"}, {"binning"}, {7}, 1}));
    check_drawn(type, results({{"L1"}, {"binning"}, {0, 11, 12}, 1}));
    check_drawn(type, results({{"L1"}, {"binning"}, {0, 1, 10000000}, 2}));
    check_drawn(type, results({std::vector<std::string>(1, std::string(200, 'x')), {"binning"}, {0, 1}, 1}));
    RunResults zero = results({});
    for (Record& record : zero.information) record.i_xt_bits = record.i_ty_bits = 0;
    for (TrainingRecord& record : zero.training) record.loss = record.accuracy = 0;
    check_drawn(type, zero);
    RunResults infinite = results({});
    for (std::size_t i = 0; i < infinite.information.size(); i += 3) infinite.information[i].i_xt_bits = HUGE_VAL;
    for (std::size_t i = 0; i < infinite.training.size(); i += 3) infinite.training[i].loss = HUGE_VAL;
    check_drawn(type, infinite);
  }
}

BOOST_AUTO_TEST_CASE(more_layers_than_a_figure_can_show_are_refused) {
  RunResults run;
  for (int layer = 0; layer < 101; ++layer) {
    run.information.push_back({0, 0, "L" + std::to_string(layer), "binning", 1, 1, 2, 1, {}});
  }
  const TemporaryFolder out;
  BOOST_TEST(message_of<UsageError>([&] { figure("information_curves")->draw(run, out.path(), "picture"); }) ==
             "a figure can show at most 100 series, the results have 101: select some with the option layers");
}

BOOST_AUTO_TEST_SUITE_END()
