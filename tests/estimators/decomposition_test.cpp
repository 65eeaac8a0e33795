#include <infoplane/estimators/decomposition.hpp>

#include <algorithm>
#include <cmath>
#include <map>
#include <random>
#include <stdexcept>

#include <boost/test/unit_test.hpp>

#include "estimators/samples.hpp"
#include "support/support.hpp"

using namespace infoplane;
using namespace infoplane::estimators;
using namespace infoplane::testing;

namespace {

// Sums of a few thousand terms, none above a few bits.
const auto near = boost::test_tools::tolerance(1e-9);

Symbols symbols(std::vector<std::int32_t> ids) {
  const std::int32_t count = *std::max_element(ids.begin(), ids.end()) + 1;
  return {std::move(ids), count};
}

double sum(const Decomposition& d) {
  return d.i_xhat_lhat_bits + d.i_x_lhat_given_xhat_bits + d.i_xhat_l_given_lhat_bits + d.i_x_l_given_both_bits;
}

// H of the variables together, by an ordered map.
double joint_entropy(const std::vector<const Symbols*>& variables) {
  std::map<std::vector<std::int32_t>, double> counts;
  const std::size_t n = variables[0]->ids.size();
  for (std::size_t i = 0; i < n; ++i) {
    std::vector<std::int32_t> symbol;
    for (const Symbols* variable : variables) symbol.push_back(variable->ids[i]);
    ++counts[symbol];
  }
  double entropy = 0;
  for (const auto& entry : counts) entropy -= entry.second / n * std::log2(entry.second / n);
  return entropy;
}

struct Variables {
  Symbols x, x_hat, l, l_hat;
};

// L leans on X; the estimates forget the lower digit.
Variables random_variables(std::uint32_t seed) {
  std::mt19937 random(seed);
  Variables v;
  for (int i = 0; i < 3000; ++i) {
    const int x = static_cast<int>(random() % 12);
    const int l = random() % 3 == 0 ? static_cast<int>(random() % 12) : (x * 5) % 12;
    v.x.ids.push_back(x);
    v.x_hat.ids.push_back(x / 3);
    v.l.ids.push_back(l);
    v.l_hat.ids.push_back(l / 4);
  }
  v.x.count = v.l.count = 12;
  v.x_hat.count = 4;
  v.l_hat.count = 3;
  return v;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(decomposition)

BOOST_AUTO_TEST_CASE(two_bits_split_into_what_each_estimate_loses) {
  // X = (a, b) = L; X^ = a, L^ = b, all fair: each estimate tells nothing of the other, and each loses a bit.
  const Symbols x = symbols({0, 1, 2, 3});
  const Decomposition d = decompose(x, symbols({0, 0, 1, 1}), x, symbols({0, 1, 0, 1}));
  BOOST_TEST(d.i_xhat_lhat_bits == 0);
  BOOST_TEST(d.i_x_lhat_given_xhat_bits == 1);
  BOOST_TEST(d.i_xhat_l_given_lhat_bits == 1);
  BOOST_TEST(d.i_x_l_given_both_bits == 0);
  BOOST_TEST(d.i_x_l_bits == 2);
}

BOOST_AUTO_TEST_CASE(what_both_estimates_drop_is_in_the_last_term) {
  // X = (a, b) = L, X^ = L^ = a.
  const Symbols x = symbols({0, 1, 2, 3}), a = symbols({0, 0, 1, 1});
  const Decomposition d = decompose(x, a, x, a);
  BOOST_TEST(d.i_xhat_lhat_bits == 1);
  BOOST_TEST(d.i_x_lhat_given_xhat_bits == 0);
  BOOST_TEST(d.i_xhat_l_given_lhat_bits == 0);
  BOOST_TEST(d.i_x_l_given_both_bits == 1);
  BOOST_TEST(d.i_x_l_bits == 2);
}

BOOST_AUTO_TEST_CASE(the_terms_are_their_definitions_and_sum_to_the_whole) {
  for (std::uint32_t seed = 0; seed < 10; ++seed) {
    const auto [x, x_hat, l, l_hat] = random_variables(seed);
    const Decomposition d = decompose(x, x_hat, l, l_hat);
    const auto h = [](const auto&... variables) { return joint_entropy({&variables...}); };
    BOOST_TEST(d.i_xhat_lhat_bits == h(x_hat) + h(l_hat) - h(x_hat, l_hat), near);
    BOOST_TEST(d.i_x_lhat_given_xhat_bits == h(x) + h(x_hat, l_hat) - h(x, l_hat) - h(x_hat), near);
    BOOST_TEST(d.i_xhat_l_given_lhat_bits == h(x_hat, l_hat) + h(l) - h(x_hat, l) - h(l_hat), near);
    BOOST_TEST(d.i_x_l_given_both_bits == h(x, l_hat) + h(x_hat, l) - h(x, l) - h(x_hat, l_hat), near);
    BOOST_TEST(d.i_x_l_bits == h(x) + h(l) - h(x, l), near);
    BOOST_TEST(sum(d) == d.i_x_l_bits, near);
  }
}

BOOST_AUTO_TEST_CASE(exact_estimates_lose_nothing) {
  const auto [x, x_hat, l, l_hat] = random_variables(5);
  const Decomposition d = decompose(x, x, l, l);
  BOOST_TEST(d.i_xhat_lhat_bits == d.i_x_l_bits, near);
  BOOST_TEST(d.i_x_lhat_given_xhat_bits + d.i_xhat_l_given_lhat_bits + d.i_x_l_given_both_bits < 1e-9);
}

BOOST_AUTO_TEST_CASE(an_estimate_that_is_no_function_is_refused) {
  const Symbols x = symbols({0, 0, 1, 1});
  BOOST_TEST(message_of<std::invalid_argument>([&] { decompose(x, symbols({0, 1, 1, 1}), x, x); }) ==
             "decompose: an estimate must be a function of its variable");
  BOOST_TEST(message_of<std::invalid_argument>([&] { decompose(x, x, x, symbols({0, 1, 1, 1})); }) ==
             "decompose: an estimate must be a function of its variable");
  BOOST_TEST(message_of<std::invalid_argument>([&] { decompose(x, x, symbols({0, 1}), symbols({0, 1})); }) ==
             "decompose: all variables must have the same number of samples");
  BOOST_TEST(message_of<std::invalid_argument>([&] { decompose({{0, 2}, 2}, x, x, x); }) ==
             "decompose: all variables must have the same number of samples");
  BOOST_TEST(message_of<std::invalid_argument>([&] { decompose({{0, 0, 2, 1}, 2}, x, x, x); }) ==
             "decompose: every id must be from 0 to count - 1");
}

BOOST_AUTO_TEST_CASE(the_estimator_reports_a_table_that_sums) {
  LayerSamples samples = random_layer(500, 2, 2, 7);
  samples.inputs = (samples.activations * 20).round().narrow(1, 0, 1) / 20;
  const Information table = make_decomposition({}, 1)->estimate(samples).values.at(0);
  BOOST_TEST(table.i_xt_bits + table.details[1] + table.details[2] + table.details[3] == table.details[0], near);
  BOOST_TEST(table.i_xt_bits > 1);
  BOOST_TEST(table.details[1] + table.details[3] > 0.1);
}

BOOST_AUTO_TEST_CASE(of_the_estimator_the_whole_is_that_of_the_numbers_as_they_are) {
  // Four numbers so close that one bin of 30 holds them, beside a far one.
  const torch::Tensor layer = torch::tensor({1e-9, 2e-9, -0.0, 0.0, 1.0}, torch::kFloat64).unsqueeze(1);
  const LayerSamples samples = layer_of(layer, {0, 0, 0, 0, 1}, 2);
  const Information table = make_decomposition({}, 1)->estimate(samples).values.at(0);
  const double binned = 0.8 * std::log2(1.25) + 0.2 * std::log2(5);
  BOOST_TEST(table.details[0] == 0.6 * std::log2(5) + 0.4 * std::log2(2.5), near);  // 0 and -0 are one number
  BOOST_TEST(table.i_xt_bits == binned, near);
  BOOST_TEST(table.details[2] == table.details[0] - binned, near);
  BOOST_TEST(table.i_ty_bits == binned, near);
}

BOOST_AUTO_TEST_SUITE_END()
