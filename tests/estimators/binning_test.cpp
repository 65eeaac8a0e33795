#include <infoplane/estimators/binning.hpp>

#include <algorithm>
#include <cmath>
#include <map>

#include <boost/test/unit_test.hpp>

#include <infoplane/error.hpp>

#include "estimators/samples.hpp"
#include "support/support.hpp"

using namespace infoplane;
using namespace infoplane::estimators;
using namespace infoplane::testing;

namespace {

// What the reference cases are given to: their program and this one round differently in the last of 16 digits.
const auto bits = boost::test_tools::tolerance(1e-9);

Information binned(const LayerSamples& samples, const BinningOptions& options = {}) {
  return make_binning(options, 1)->estimate(samples).values.at(0);
}

BinningOptions with_bins(std::int64_t bins) {
  BinningOptions options;
  options.bins = bins;
  return options;
}

BinningOptions with_rule(BinRule rule) {
  BinningOptions options;
  options.rule = rule;
  return options;
}

double plug_in(const std::map<std::vector<std::int64_t>, double>& counts) {
  double n = 0;
  for (const auto& entry : counts) n += entry.second;
  double entropy = 0;
  for (const auto& entry : counts) entropy -= entry.second / n * std::log2(entry.second / n);
  return entropy;
}

// The referee: symbols by division, counts by ordered map. Its bins agree where no value lies on an edge.
std::pair<double, double> binned_by_definition(const LayerSamples& samples, double low, double high, int bins) {
  std::map<std::vector<std::int64_t>, double> symbols;
  std::map<std::int64_t, std::map<std::vector<std::int64_t>, double>> symbols_of;
  const std::int64_t n = samples.activations.size(0);
  for (std::int64_t i = 0; i < n; ++i) {
    std::vector<std::int64_t> symbol;
    for (std::int64_t j = 0; j < samples.activations.size(1); ++j) {
      const double x = samples.activations[i][j].item<double>();
      symbol.push_back(std::clamp<std::int64_t>(std::floor((x - low) / (high - low) * bins), 0, bins - 1));
    }
    ++symbols[symbol];
    ++symbols_of[samples.labels[i].item<std::int64_t>()][symbol];
  }
  double h_t_given_y = 0;
  for (const auto& [label, counts] : symbols_of) {
    double of_label = 0;
    for (const auto& entry : counts) of_label += entry.second;
    h_t_given_y += of_label / n * plug_in(counts);
  }
  return {plug_in(symbols), plug_in(symbols) - h_t_given_y};
}

void check_equal(const Information& a, const Information& b) {
  BOOST_TEST(a.i_xt_bits == b.i_xt_bits);
  BOOST_TEST(a.i_ty_bits == b.i_ty_bits);
  BOOST_TEST(a.i_xt_cap_bits == b.i_xt_cap_bits);
  BOOST_TEST(a.details == b.details, boost::test_tools::per_element());
}

}  // namespace

BOOST_AUTO_TEST_SUITE(binning)

BOOST_AUTO_TEST_CASE(the_reference_cases_come_out) {
  const std::vector<std::tuple<std::string, int, ActivationKind>> cases = {{"tanh_small", 2, ActivationKind::tanh},
                                                                           {"tanh_wide", 3, ActivationKind::tanh},
                                                                           {"relu", 2, ActivationKind::relu}};
  for (const auto& [name, classes, kind] : cases) {
    const auto wanted = expected()[name];
    const LayerSamples samples = reference_layer(name, classes, kind);
    const std::vector<std::pair<std::string, BinningOptions>> options = {{"binning_30", with_bins(30)},
                                                                         {"binning_50", with_bins(50)},
                                                                         {"scott", with_rule(BinRule::scott)},
                                                                         {"sturges", with_rule(BinRule::sturges)},
                                                                         {"doane", with_rule(BinRule::doane)}};
    for (const auto& [key, option] : options) {
      BOOST_TEST_CONTEXT(name << " " << key) {
        const Information got = binned(samples, option);
        BOOST_TEST(got.i_xt_bits == wanted[key]["i_xt"].get<double>(), bits);
        BOOST_TEST(got.i_ty_bits == wanted[key]["i_ty"].get<double>(), bits);
        if (wanted[key].contains("bins")) BOOST_TEST(got.details[0] == wanted[key]["bins"].get<double>());
      }
    }
  }
}

BOOST_AUTO_TEST_CASE(random_layers_agree_with_the_definition) {
  for (const std::int64_t units : {1, 2, 5, 12, 40}) {
    const LayerSamples samples = random_layer(700, units, 3, 10 + units);
    for (const int bins : {2, 7, 50}) {
      const auto [i_xt, i_ty] = binned_by_definition(samples, -1, 1, bins);
      const Information got = binned(samples, with_bins(bins));
      BOOST_TEST(std::abs(got.i_xt_bits - i_xt) < 1e-11);
      BOOST_TEST(std::abs(got.i_ty_bits - i_ty) < 1e-11);
    }
  }
}

BOOST_AUTO_TEST_CASE(a_constant_layer_holds_nothing) {
  LayerSamples samples = layer_of(torch::full({6, 3}, 0.25), {0, 1, 0, 1, 1, 1}, 2);
  for (const auto rule : {BinRule::uniform, BinRule::scott, BinRule::sturges, BinRule::doane, BinRule::quantile}) {
    for (const auto kind : {ActivationKind::tanh, ActivationKind::relu, ActivationKind::unknown}) {
      samples.kind = kind;
      const Information got = binned(samples, with_rule(rule));
      BOOST_TEST(got.i_xt_bits == 0.0);
      BOOST_TEST(got.i_ty_bits == 0.0);
      BOOST_TEST(got.details[1] == 1.0);
    }
  }
}

BOOST_AUTO_TEST_CASE(a_layer_that_is_the_label_holds_its_entropy) {
  const Information got = binned(layer_of(torch::tensor({{0.}, {1.}, {2.}, {2.}}), {0, 1, 2, 2}, 4));
  BOOST_TEST(got.i_xt_bits == 1.5);
  BOOST_TEST(got.i_ty_bits == 1.5);
  BOOST_TEST(got.i_ty_cap_bits == 1.5);
}

BOOST_AUTO_TEST_CASE(one_sample_holds_nothing) {
  const Information got = binned(layer_of(torch::tensor({{0.3, 0.4}}), {1}, 2));
  BOOST_TEST(got.i_xt_bits == 0.0);
  BOOST_TEST(got.i_ty_bits == 0.0);
  BOOST_TEST(got.i_xt_cap_bits == 0.0);
}

BOOST_AUTO_TEST_CASE(all_four_patterns_of_two_bits_give_two_bits_and_the_parity_only_jointly) {
  const torch::Tensor patterns = torch::tensor({{0., 0.}, {0., 1.}, {1., 0.}, {1., 1.}});
  const LayerSamples parity = layer_of(patterns, {0, 1, 1, 0}, 2);
  BOOST_TEST(binned(parity).i_xt_bits == 2.0);
  BOOST_TEST(binned(parity).i_ty_bits == 1.0);
  // Any one unit: H(T) = 1, H(T|X) = (0 + 1 + 1 + 0) / 4, and no label leans to either symbol.
  BinningOptions scalar;
  scalar.symbol = Symbol::scalar;
  BOOST_TEST(binned(parity, scalar).i_xt_bits == 0.5);
  BOOST_TEST(binned(parity, scalar).i_ty_bits == 0.0);
}

BOOST_AUTO_TEST_CASE(samples_of_one_input_bin_are_one_input) {
  // Inputs 0, 0, 1, 1; T differs within the first pair: H(T) = 1.5, H(T|X) = 0.5.
  LayerSamples samples = layer_of(torch::tensor({{0.}, {1.}, {2.}, {2.}}), {0, 0, 1, 1}, 2);
  samples.inputs = torch::tensor({{0.}, {0.}, {1.}, {1.}});
  BinningOptions options;
  options.input.kind = InputSymbol::Kind::binned;
  BOOST_TEST(binned(samples, options).i_xt_bits == 1.0);
  BOOST_TEST(binned(samples, options).i_xt_cap_bits == 1.0);
  const auto estimator = make_binning(options, 1);
  samples.prepared = estimator->prepare(samples);
  BOOST_TEST(estimator->estimate(samples).values[0].i_xt_bits == 1.0);
}

BOOST_AUTO_TEST_CASE(inputs_may_be_binned_by_given_edges) {
  // The example of (2.36): rows of bins [0, 1], [0, 1], [0, 0]. T tells all three inputs apart: H(T) = log2 3,
  // H(T|X) = 2/3, and I(X;T) = H(X).
  LayerSamples samples = layer_of(torch::tensor({{0.}, {1.}, {2.}}), {0, 0, 1}, 2);
  samples.inputs = torch::tensor({{0.8, 1.6}, {0.7, 1.9}, {0.6, 0.8}});
  BinningOptions options;
  options.input = {InputSymbol::Kind::given, {0, 1, 2}};
  const double expected = std::log2(3.0) - 2.0 / 3;
  BOOST_TEST(binned(samples, options).i_xt_bits == expected, bits);
  BOOST_TEST(binned(samples, options).i_xt_cap_bits == expected, bits);
  // An edge belongs to the bin above it, the last one to its bin; what is out of range goes to the first or last bin.
  samples.inputs = torch::tensor({{-5.0, 0.0}, {1.0, 2.0}, {1.5, 7.0}});
  BOOST_TEST(binned(samples, options).i_xt_bits == expected, bits);
  options.input.edges = {0, 1, 1.25, 2};
  BOOST_TEST(binned(samples, options).i_xt_bits == std::log2(3.0), bits);
}

BOOST_AUTO_TEST_CASE(ranges_follow_the_activation) {
  const torch::Tensor values = torch::tensor({{-0.5, 0.25}, {0.75, 3.0}});
  const auto low_high = [&](ActivationKind kind) {
    const Range range = activation_range(kind, values);
    return std::vector<double>{range.low, range.high};
  };
  using List = std::vector<double>;
  BOOST_TEST(low_high(ActivationKind::tanh) == (List{-1, 1}), boost::test_tools::per_element());
  BOOST_TEST(low_high(ActivationKind::sigmoid) == (List{0, 1}), boost::test_tools::per_element());
  BOOST_TEST(low_high(ActivationKind::softmax) == (List{0, 1}), boost::test_tools::per_element());
  BOOST_TEST(low_high(ActivationKind::relu) == (List{0, 3}), boost::test_tools::per_element());
  for (const auto kind : {ActivationKind::leaky_relu, ActivationKind::linear, ActivationKind::unknown}) {
    BOOST_TEST(low_high(kind) == (List{-0.5, 3}), boost::test_tools::per_element());
  }
}

BOOST_AUTO_TEST_CASE(a_given_range_counts_what_lies_outside) {
  BinningOptions options = with_bins(2);
  options.range = {BinRange::Kind::given, {0, 1}};
  const Information got = binned(layer_of(torch::tensor({{-3.}, {0.2}, {1.}, {7.}}), {0, 0, 1, 1}, 2), options);
  BOOST_TEST(got.details == (std::vector<double>{2, 2, 2}), boost::test_tools::per_element());
  BOOST_TEST(got.i_xt_bits == 1.0);
  BOOST_TEST(got.i_ty_bits == 1.0);
}

BOOST_AUTO_TEST_CASE(caps_are_the_samples_the_words_and_the_labels) {
  const LayerSamples one_unit = random_layer(1000, 1, 3, 4);
  BOOST_TEST(binned(one_unit, with_bins(8)).i_xt_cap_bits == 3.0);
  BOOST_TEST(binned(random_layer(1000, 9, 3, 4), with_bins(8)).i_xt_cap_bits == std::log2(1000.0), bits);
  const Information got = binned(one_unit);
  BOOST_TEST(got.i_ty_bits < got.i_ty_cap_bits);
  BOOST_TEST(got.i_ty_cap_bits <= std::log2(3.0));
}

BOOST_AUTO_TEST_CASE(corrected_estimates_stay_between_zero_and_their_caps) {
  for (const auto correction : {Correction::miller_madow, Correction::chao_shen}) {
    for (const std::int64_t units : {1, 2, 6}) {
      for (const auto symbol : {Symbol::row, Symbol::scalar}) {
        BinningOptions options;
        options.correction = correction;
        options.symbol = symbol;
        LayerSamples samples = random_layer(60, units, 2, units);
        samples.labels = samples.labels.flip(0);
        const Information got = binned(samples, options);
        BOOST_TEST(got.i_xt_bits >= 0);
        BOOST_TEST(got.i_xt_bits <= got.i_xt_cap_bits);
        BOOST_TEST(got.i_ty_bits >= 0);
        BOOST_TEST(got.i_ty_bits <= got.i_ty_cap_bits);
      }
    }
  }
}

BOOST_AUTO_TEST_CASE(a_correction_raises_the_entropy_of_few_samples) {
  const LayerSamples samples = random_layer(200, 2, 2, 8);
  BinningOptions options = with_bins(20);
  const double plain = binned(samples, options).i_xt_bits;
  options.correction = Correction::miller_madow;
  const Information corrected = binned(samples, options);
  BOOST_TEST(corrected.i_xt_bits == plain + (corrected.details[1] - 1) / (2 * 200 * std::log(2.0)), bits);
}

BOOST_AUTO_TEST_CASE(orders_of_samples_and_units_do_not_matter) {
  const LayerSamples samples = random_layer(500, 4, 3, 6);
  LayerSamples turned = samples;
  turned.activations = samples.activations.flip({0, 1});
  turned.labels = samples.labels.flip(0);
  for (const auto rule : {BinRule::uniform, BinRule::scott, BinRule::doane, BinRule::quantile}) {
    check_equal(binned(samples, with_rule(rule)), binned(turned, with_rule(rule)));
  }
}

BOOST_AUTO_TEST_CASE(numbers_that_float32_holds_give_what_float64_gives) {
  LayerSamples samples = random_layer(400, 3, 2, 7);
  samples.activations = samples.activations.to(torch::kFloat32);
  LayerSamples wide = samples;
  wide.activations = samples.activations.to(torch::kFloat64);
  for (const auto rule : {BinRule::uniform, BinRule::scott, BinRule::sturges, BinRule::doane, BinRule::quantile}) {
    check_equal(binned(samples, with_rule(rule)), binned(wide, with_rule(rule)));
  }
}

BOOST_AUTO_TEST_CASE(views_give_what_copies_give_and_stay_as_they_are) {
  LayerSamples samples = random_layer(300, 5, 2, 9);
  const Information of_copy = binned(samples);
  samples.activations = samples.activations.t().contiguous().t();
  const torch::Tensor before = samples.activations.clone();
  check_equal(binned(samples), of_copy);
  BOOST_TEST(!samples.activations.is_contiguous());
  BOOST_TEST(samples.activations.equal(before));
}

BOOST_AUTO_TEST_CASE(errors_name_the_layer) {
  LayerSamples samples = random_layer(10, 2, 2, 1);
  samples.activations[3][1] = std::nan("");
  BOOST_TEST(message_of<Error>([&] { binned(samples); }) ==
             "layer L: the activation of sample 3, unit 1 is nan, activations must be finite");
  samples = random_layer(10, 2, 2, 1);
  samples.activations[0][0] = 1e15;
  samples.inputs[2][0] = std::nan("");
  BinningOptions options;
  options.input.kind = InputSymbol::Kind::binned;
  BOOST_TEST(message_of<Error>([&] { binned(samples, options); }) ==
             "input 0 of sample 2 is nan, inputs must be finite");
}

BOOST_AUTO_TEST_CASE(yaml_gives_the_range_by_word_or_by_number) {
  BinningOptions options;
  const auto read = [&](const std::string& text) {
    read_fields(parse_yaml(text, "x.yaml"), "", fields(options));
    return to_inline_yaml(*write_fields(fields(options)).find("range"));
  };
  BOOST_TEST(read("range: data") == "data");
  BOOST_TEST(read("range: [-1, 2.5]") == "[-1, 2.5]");
  BOOST_TEST(read("range: activation") == "activation");
  const std::string wanted = "x.yaml:1:8: range must be activation, data or [low, high] with low < high, got ";
  BOOST_TEST(message_of<UsageError>([&] { read("range: all"); }) == wanted + "'all'");
  BOOST_TEST(message_of<UsageError>([&] { read("range: [1, 1]"); }) == wanted + "[1, 1]");
  BOOST_TEST(message_of<UsageError>([&] { read("range: [1]"); }) == wanted + "[1]");
  BOOST_TEST(message_of<UsageError>([&] { read("bins: 0"); }) == "x.yaml:1:7: bins must be from 1 to 1048576, got 0");
}

BOOST_AUTO_TEST_CASE(idnns_bins_are_the_same_for_every_layer_and_count_the_top_one) {
  LayerSamples samples = layer_of(torch::tensor({{0.25f}, {0.26f}, {0.9f}, {1.0f}}), {0, 0, 1, 1}, 2);
  BinningOptions options = with_rule(BinRule::idnns);
  options.bins = 30;
  for (const auto kind : {ActivationKind::tanh, ActivationKind::softmax, ActivationKind::relu}) {
    samples.kind = kind;
    const Information information = binned(samples, options);
    BOOST_TEST(information.details == (std::vector<double>{30, 3, 0}), boost::test_tools::per_element());
    BOOST_TEST(information.i_xt_bits == 1.5, bits);
    BOOST_TEST(information.i_ty_bits == 1.0, bits);
  }
  samples.activations = samples.activations * 2;  // two above 1
  BOOST_TEST(binned(samples, options).details[2] == 2);
  BOOST_TEST(binned(layer_of(torch::rand({200, 1}), std::vector<std::int64_t>(200), 2), options).i_xt_cap_bits ==
                 std::log2(30.0),
             bits);
  options.bins = 1;
  BOOST_TEST(message_of<UsageError>([&] { make_binning(options, 1); }) ==
             "binning with rule idnns needs at least 2 bins, of which the last is for values from 1 on, got 1");
}

BOOST_AUTO_TEST_CASE(yaml_gives_the_input_by_word_or_by_edges) {
  BinningOptions options;
  const auto read = [&](const std::string& text) {
    read_fields(parse_yaml(text, "x.yaml"), "", fields(options));
    return to_inline_yaml(*write_fields(fields(options)).find("input"));
  };
  for (const std::string value : {"binned", "[0, 1, 2]", "[-0.5, 3]", "identity"})
    BOOST_TEST(read("input: " + value) == value);
  const std::string wanted =
      "x.yaml:1:8: input must be identity, binned or at least two edges in ascending order, got ";
  BOOST_TEST(message_of<UsageError>([&] { read("input: bined"); }) == wanted + "'bined'");
  BOOST_TEST(message_of<UsageError>([&] { read("input: [1]"); }) == wanted + "[1]");
  BOOST_TEST(message_of<UsageError>([&] { read("input: [0, 2, 2]"); }) == wanted + "[0, 2, 2]");
  BOOST_TEST(message_of<UsageError>([&] { read("input: [0, 2, 1]"); }) == wanted + "[0, 2, 1]");
  BOOST_TEST(message_of<UsageError>([&] { read("input: [0, x]"); }) ==
             "x.yaml:1:12: input[1] must be a finite number, got 'x'");
}

BOOST_AUTO_TEST_SUITE_END()
