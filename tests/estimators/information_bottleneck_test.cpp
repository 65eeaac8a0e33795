#include <infoplane/estimators/information_bottleneck.hpp>

#include <cmath>
#include <limits>

#include <boost/test/unit_test.hpp>

#include "support/support.hpp"

using namespace infoplane;
using namespace infoplane::estimators;
using namespace infoplane::testing;

namespace {

double h(double p) { return p <= 0 || p >= 1 ? 0 : -p * std::log2(p) - (1 - p) * std::log2(1 - p); }

// The p <= 1/2 of this entropy.
double inverse_h(double bits) {
  double low = 0, high = 0.5;
  for (int i = 0; i < 200; ++i) (h((low + high) / 2) < bits ? low : high) = (low + high) / 2;
  return low;
}

torch::Tensor table(const std::vector<std::vector<double>>& rows) {
  std::vector<torch::Tensor> tensors;
  for (const auto& row : rows) tensors.push_back(torch::tensor(row, torch::kFloat64));
  return torch::stack(tensors);
}

}  // namespace

BOOST_AUTO_TEST_SUITE(information_bottleneck_curve)

BOOST_AUTO_TEST_CASE(of_a_binary_symmetric_channel_it_is_mrs_gerbers) {
  // X fair, Y it flipped with probability a; the best T is X flipped with d: 1 - h(d) bits give 1 - h(a (1-d) + d
  // (1-a)).
  const double a = 0.11;
  const auto curve = information_bottleneck(table({{(1 - a) / 2, a / 2}, {a / 2, (1 - a) / 2}}));
  int inside = 0;
  for (const BottleneckPoint& point : curve) {
    const double d = inverse_h(1 - point.i_xt_bits);
    BOOST_TEST(std::abs(point.i_ty_bits - (1 - h(a * (1 - d) + d * (1 - a)))) < 1e-6);  // the iteration's tolerance
    inside += point.i_xt_bits > 0.01 && point.i_xt_bits < 0.99;
  }
  BOOST_TEST(inside > 20);
  BOOST_TEST(curve.back().i_ty_bits == 1 - h(a), boost::test_tools::tolerance(1e-12));
}

BOOST_AUTO_TEST_CASE(of_any_joint_distribution_it_is_ascending_concave_and_below_the_data_processing_bounds) {
  torch::manual_seed(5);
  for (int trial = 0; trial < 3; ++trial) {
    const auto curve = information_bottleneck(torch::rand({12, 3}, torch::kFloat64).pow(3));
    BOOST_TEST(curve.front().i_xt_bits == 0);
    const double i_xy = curve.back().i_ty_bits;
    for (std::size_t i = 1; i < curve.size(); ++i) {
      BOOST_TEST(curve[i].beta > curve[i - 1].beta);
      BOOST_TEST(curve[i].i_xt_bits >= curve[i - 1].i_xt_bits - 1e-6);
      BOOST_TEST(curve[i].i_ty_bits >= curve[i - 1].i_ty_bits - 1e-6);
      BOOST_TEST(curve[i].i_ty_bits <= std::min(curve[i].i_xt_bits, i_xy) + 1e-9);
      // The Lagrangian I(T;Y) - I(X;T) / beta is largest at its own point.
      if (!std::isfinite(curve[i].beta)) continue;
      const double own = curve[i].i_ty_bits - curve[i].i_xt_bits / curve[i].beta;
      for (const BottleneckPoint& other : curve) {
        BOOST_TEST(own >= other.i_ty_bits - other.i_xt_bits / curve[i].beta - 2e-3);
      }
    }
  }
}

BOOST_AUTO_TEST_CASE(a_label_that_the_input_determines_gives_a_corner) {
  // Eight inputs, the label their parity of two bits: H(X) = 3, H(Y) = 1.
  const auto curve = information_bottleneck(table({{1, 0}, {0, 1}, {1, 0}, {0, 1}, {1, 0}, {0, 1}, {1, 0}, {0, 1}}));
  BOOST_REQUIRE(curve.size() == 3);
  BOOST_TEST(curve[0].i_xt_bits == 0);
  BOOST_TEST(curve[1].i_xt_bits == 1);
  BOOST_TEST(curve[1].i_ty_bits == 1);
  BOOST_TEST(curve[2].i_xt_bits == 3);
  BOOST_TEST(curve[2].i_ty_bits == 1);
}

BOOST_AUTO_TEST_CASE(inputs_of_the_same_label_distribution_count_as_one_and_the_total_does_not_matter) {
  const auto two = information_bottleneck(table({{0.4, 0.1}, {0.2, 0.3}}));
  const auto four = information_bottleneck(table({{4, 1}, {1, 1.5}, {4, 1}, {3, 4.5}, {0, 0}}) / table({{2}}));
  const auto scaled = information_bottleneck(table({{4, 1}, {2, 3}}));
  BOOST_REQUIRE(two.size() == scaled.size());
  for (std::size_t i = 0; i < two.size(); ++i) {
    BOOST_TEST(std::abs(two[i].i_ty_bits - scaled[i].i_ty_bits) < 1e-9);
  }
  BOOST_TEST(four.back().i_xt_bits == 1, boost::test_tools::tolerance(1e-12));  // (8, 2) and (4, 6) of 20
  BOOST_TEST(four.back().i_ty_bits == two.back().i_ty_bits, boost::test_tools::tolerance(1e-9));
}

BOOST_AUTO_TEST_CASE(what_is_no_distribution_is_refused) {
  const std::string expected =
      "information_bottleneck: every entry of joint must be finite and not negative, and one must be above 0";
  for (const torch::Tensor& wrong : {table({{1, -1}}), table({{0, 0}}), table({{1, std::nan("")}})}) {
    BOOST_TEST(argument_error([&] { information_bottleneck(wrong); }) == expected);
  }
  BOOST_TEST(argument_error([] { information_bottleneck(torch::ones({3})); }) ==
             "information_bottleneck: joint must be [X, Y], got Float [3]");
  BOOST_TEST(argument_error([] { information_bottleneck({}); }) ==
             "information_bottleneck: joint must be [X, Y], got an undefined tensor");
}

BOOST_AUTO_TEST_CASE(options_out_of_range_are_refused) {
  const auto said = [](const BottleneckOptions& options) {
    return argument_error([&] { information_bottleneck(torch::eye(2), options); });
  };
  BOOST_TEST(said({1, 1000, 1e-9, 10}) == "information_bottleneck: points must be at least 2, got 1");
  BOOST_TEST(said({2, 0.5, 1e-9, 10}) == "information_bottleneck: largest_beta must be at least 1 and finite");
  BOOST_TEST(said({2, 1000, -1, 10}) == "information_bottleneck: tolerance must be at least 0");
  BOOST_TEST(said({2, 1000, 1e-9, -1}) == "information_bottleneck: iterations must be at least 0, got -1");
}

BOOST_AUTO_TEST_SUITE_END()
