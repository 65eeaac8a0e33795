#include <infoplane/experiments/transform.hpp>

#include <cmath>

#include <boost/test/unit_test.hpp>

using namespace infoplane::experiments;

BOOST_AUTO_TEST_SUITE(transform)

BOOST_AUTO_TEST_CASE(none_changes_nothing) {
  const torch::Tensor x = torch::randn({4, 2});
  BOOST_TEST(torch::equal(transformed(x, Transform::none), x));
}

BOOST_AUTO_TEST_CASE(the_logarithm_of_a_magnitude_has_a_floor) {
  const torch::Tensor y = transformed(torch::tensor({{1.0f, -2.0f, 0.0f, 1e-9f}}), Transform::log_magnitude);
  BOOST_TEST(torch::allclose(y, torch::tensor({{0.0f, std::log(2.0f), std::log(1e-6f), std::log(1e-6f)}})));
}

BOOST_AUTO_TEST_CASE(standardized_columns_have_mean_zero_and_variance_one_and_constant_ones_are_zero) {
  const torch::Tensor y = transformed(torch::tensor({{1.0f, 7.0f}, {3.0f, 7.0f}}), Transform::standardize);
  BOOST_TEST(torch::equal(y, torch::tensor({{-1.0f, 0.0f}, {1.0f, 0.0f}})));
}

BOOST_AUTO_TEST_SUITE_END()
