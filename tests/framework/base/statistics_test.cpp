#include "base/statistics.hpp"

#include <cmath>
#include <limits>

#include <boost/test/unit_test.hpp>

using namespace infoplane;

BOOST_AUTO_TEST_SUITE(statistics_of_values)

BOOST_AUTO_TEST_CASE(mean_and_standard_deviation_have_n_and_n_minus_1) {
  const Statistics of = statistics({2, 4, 4, 4, 5, 5, 7, 9});
  BOOST_TEST(of.mean == 5);
  BOOST_TEST(of.standard_deviation == std::sqrt(32.0 / 7), boost::test_tools::tolerance(1e-15));
  BOOST_TEST(of.count == 8u);
}

BOOST_AUTO_TEST_CASE(one_value_does_not_deviate) {
  BOOST_TEST(statistics({3}).mean == 3);
  BOOST_TEST(statistics({3}).standard_deviation == 0);
}

BOOST_AUTO_TEST_CASE(nothing_has_no_mean) {
  BOOST_TEST(std::isnan(statistics({}).mean));
  BOOST_TEST(std::isnan(statistics({}).standard_deviation));
  BOOST_TEST(statistics({}).count == 0u);
}

BOOST_AUTO_TEST_CASE(nan_is_left_out) {
  const double nan = std::numeric_limits<double>::quiet_NaN();
  const Statistics of = statistics({nan, 1, nan, 3});
  BOOST_TEST(of.mean == 2);
  BOOST_TEST(of.standard_deviation == std::sqrt(2.0));
  BOOST_TEST(of.count == 2u);
  BOOST_TEST(std::isnan(statistics({nan, nan}).mean));
  BOOST_TEST(std::isnan(statistics({nan, nan}).standard_deviation));
}

// Sums of squares less the square of the sum would lose all digits here.
BOOST_AUTO_TEST_CASE(a_shift_moves_the_mean_alone) {
  const Statistics of = statistics({1e9 + 1, 1e9 + 2, 1e9 + 3});
  BOOST_TEST(of.mean == 1e9 + 2);
  BOOST_TEST(of.standard_deviation == 1);
}

// NumPy 1.24.2: numpy.quantile([3, 1, 2, 10], [0, 0.16, 0.5, 0.84, 1]).
BOOST_AUTO_TEST_CASE(quantiles_are_interpolated_as_by_numpy) {
  const std::vector<double> values{3, 1, std::numeric_limits<double>::quiet_NaN(), 2, 10};
  BOOST_TEST(quantile(values, 0) == 1);
  BOOST_TEST(quantile(values, 0.16) == 1.48, boost::test_tools::tolerance(1e-15));
  BOOST_TEST(quantile(values, 0.5) == 2.5);
  BOOST_TEST(quantile(values, 0.84) == 6.64, boost::test_tools::tolerance(1e-15));
  BOOST_TEST(quantile(values, 1) == 10);
  BOOST_TEST(quantile({4}, 0.3) == 4);
  const double infinity = std::numeric_limits<double>::infinity();
  BOOST_TEST(quantile({1, infinity, infinity}, 0.84) == infinity);
  BOOST_TEST(std::isnan(quantile({}, 0.5)));
}

BOOST_AUTO_TEST_SUITE_END()
