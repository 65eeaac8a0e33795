#include <infoplane/optimizer.hpp>

#include <cmath>

#include "support/support.hpp"

using namespace infoplane;
using namespace infoplane::testing;

namespace {

// Where 1 arrives after two steps of rate 0.1 with gradients 2 and 1.
double after_two_steps(const Choice<OptimizerFactory>& choice) {
  torch::Tensor x = torch::ones({1}, torch::TensorOptions(torch::kFloat64).requires_grad(true));
  const auto optimizer = choice({x}, 0.1);
  for (const double gradient : {2.0, 1.0}) {
    x.mutable_grad() = torch::full({1}, gradient, torch::kFloat64);
    optimizer->step();
  }
  return x.item<double>();
}

constexpr double kRounding = 1e-12;

}  // namespace

BOOST_AUTO_TEST_SUITE(optimizer)

BOOST_AUTO_TEST_CASE(knows_sgd_momentum_and_adam) {
  const std::vector<std::string> expected = {"sgd", "momentum", "adam"};
  BOOST_TEST(optimizers().names() == expected, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(sgd_subtracts_rate_times_gradient) {
  BOOST_TEST(std::abs(after_two_steps(optimizers().choose("sgd")) - (1 - 0.2 - 0.1)) < kRounding);
}

BOOST_AUTO_TEST_CASE(momentum_keeps_a_share_of_the_last_step) {
  BOOST_TEST(std::abs(after_two_steps(optimizers().choose("momentum")) - (1 - 0.2 - 0.1 * (0.9 * 2 + 1))) < kRounding);
}

BOOST_AUTO_TEST_CASE(adam_follows_its_definition) {
  double x = 1, m = 0, v = 0;
  int t = 0;
  for (const double g : {2.0, 1.0}) {
    ++t;
    m = 0.9 * m + 0.1 * g;
    v = 0.999 * v + 0.001 * g * g;
    x -= 0.1 * (m / (1 - std::pow(0.9, t))) / (std::sqrt(v / (1 - std::pow(0.999, t))) + 1e-8);
  }
  BOOST_TEST(std::abs(after_two_steps(optimizers().choose("adam")) - x) < kRounding);
}

BOOST_AUTO_TEST_CASE(options_reach_the_optimizer) {
  const Registry<OptimizerFactory> registry = optimizers();
  Choice<OptimizerFactory> choice = registry.choose("momentum");
  read_fields(parse_yaml("momentum: 0.5", "x.yaml"), "", choice.fields());
  BOOST_TEST(std::abs(after_two_steps(choice) - (1 - 0.2 - 0.1 * (0.5 * 2 + 1))) < kRounding);
}

BOOST_AUTO_TEST_CASE(a_momentum_of_one_is_refused) {
  const Registry<OptimizerFactory> registry = optimizers();
  Choice<OptimizerFactory> choice = registry.choose("momentum");
  BOOST_TEST(message_of<UsageError>([&] { read_fields(parse_yaml("momentum: 1", "x.yaml"), "", choice.fields()); }) ==
             "x.yaml:1:11: momentum must be above 0 and below 1, got 1");
}

BOOST_AUTO_TEST_SUITE_END()
