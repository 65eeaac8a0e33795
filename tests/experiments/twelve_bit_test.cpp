#include <infoplane/experiments/twelve_bit.hpp>

#include <cmath>

#include <infoplane/estimators/information_bottleneck.hpp>

#include "support/support.hpp"

using namespace infoplane;
using namespace infoplane::experiments;

BOOST_AUTO_TEST_SUITE(twelve_bit)

BOOST_AUTO_TEST_CASE(holds_every_pattern_once_in_counting_order) {
  const Dataset dataset = make_twelve_bit({}, 1);
  BOOST_CHECK_NO_THROW(validate(dataset));
  const torch::Tensor powers = torch::pow(2, torch::arange(11, -1, -1, torch::kFloat32));
  BOOST_TEST(torch::equal(dataset.inputs.mv(powers), torch::arange(4096, torch::kFloat32)));
}

BOOST_AUTO_TEST_CASE(bits_may_be_minus_and_plus_one) {
  const Dataset zero_one = make_twelve_bit({TwelveBitRule::tishby}, 1);
  const Dataset plus_minus = make_twelve_bit({TwelveBitRule::tishby, BitInputs::plus_minus}, 1);
  BOOST_TEST(torch::equal(plus_minus.inputs, 2 * zero_one.inputs - 1));
  BOOST_TEST(torch::equal(plus_minus.labels, zero_one.labels));
  BOOST_TEST(!zero_one.label_probabilities.defined());
}

BOOST_AUTO_TEST_CASE(the_ones_rule_is_the_thesis_and_splits_the_patterns_in_halves) {
  const Dataset dataset = make_twelve_bit({TwelveBitRule::ones}, 1);
  const torch::Tensor expected = dataset.inputs.narrow(1, 1, 11).sum(1) >= 6;
  BOOST_TEST(torch::equal(dataset.labels, expected.to(torch::kInt64)));
  BOOST_TEST(dataset.labels.sum().item<std::int64_t>() == 2048);
  // The thesis's own examples, (3.6): 011000110010 is 0 and 111000110011 is 1.
  BOOST_TEST(dataset.labels[0b011000110010].item<std::int64_t>() == 0);
  BOOST_TEST(dataset.labels[0b111000110011].item<std::int64_t>() == 1);
}

BOOST_AUTO_TEST_CASE(the_tishby_rule_gives_2118_ones_and_the_published_entropy) {
  const Dataset dataset = make_twelve_bit({TwelveBitRule::tishby}, 1);
  BOOST_TEST(dataset.labels.sum().item<std::int64_t>() == 2118);
  const double p = 2118.0 / 4096;
  BOOST_TEST(std::abs(-p * std::log2(p) - (1 - p) * std::log2(1 - p) - 0.999157) < 5e-7);
}

BOOST_AUTO_TEST_CASE(the_tishby_rule_treats_every_vertex_alike_and_agrees_with_the_ones_rule_as_published) {
  const Dataset tishby = make_twelve_bit({TwelveBitRule::tishby}, 1);
  const torch::Tensor y = tishby.labels.to(torch::kFloat32);
  // Of the 2048 patterns with a given bit set the same number is labeled 1: 0.625 of them.
  const torch::Tensor given_bit = tishby.inputs.t().mv(y);
  BOOST_TEST(torch::equal(given_bit, torch::full({12}, 0.625f * 2048)));
  const torch::Tensor ones = make_twelve_bit({TwelveBitRule::ones}, 1).labels;
  BOOST_TEST(std::abs((tishby.labels == ones).to(torch::kFloat64).mean().item<double>() - 0.8579) < 5e-5);
}

BOOST_AUTO_TEST_CASE(the_stochastic_rule_has_tishbys_information_and_bottleneck_curve) {
  const torch::Tensor p = torch::tensor(tishby_probabilities(), torch::kFloat64);
  const auto curve = estimators::information_bottleneck(torch::stack({1 - p, p}, 1));
  BOOST_TEST(curve.back().i_ty_bits == 0.89948, boost::test_tools::tolerance(1e-5));
  // Points of the original annealing, which reaches up to 0.02 bits less.
  for (const auto& [i_xt, i_ty] : {std::pair(2.29, 0.892), std::pair(1.41, 0.877), std::pair(0.98, 0.823)}) {
    const auto next =
        std::find_if(curve.begin(), curve.end(), [x = i_xt](const auto& point) { return point.i_xt_bits > x; });
    BOOST_TEST(next->i_ty_bits > i_ty);
    BOOST_TEST((next - 1)->i_ty_bits < i_ty + 0.02);
  }
}

BOOST_AUTO_TEST_CASE(stochastic_labels_are_drawn_with_their_probabilities) {
  const torch::Tensor p = torch::tensor(tishby_probabilities(), torch::kFloat64);
  torch::Tensor ones = torch::zeros({4096}, torch::kFloat64);
  for (std::uint64_t seed = 0; seed < 200; ++seed) {
    ones += make_twelve_bit({TwelveBitRule::tishby_stochastic}, seed).labels.to(torch::kFloat64);
  }
  const Dataset dataset = make_twelve_bit({TwelveBitRule::tishby_stochastic}, 1);
  BOOST_CHECK_NO_THROW(validate(dataset));
  BOOST_TEST(torch::equal(dataset.label_probabilities, torch::stack({1 - p, p}, 1)));
  // Five standard deviations of a sum of 200 draws, and what a certain label may not deviate by.
  BOOST_TEST(((ones - 200 * p).abs() <= 5 * (200 * p * (1 - p)).sqrt() + 1).all().item<bool>());
}

BOOST_AUTO_TEST_SUITE_END()
