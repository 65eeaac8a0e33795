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

// Student's t with one degree of freedom is Cauchy's: the quantile of 0.975 is tan(0.475 pi). With 9 it is 2.262157.
BOOST_AUTO_TEST_CASE(the_interval_of_a_mean_is_students) {
  const Interval two = interval_of_mean({1, 3});
  BOOST_TEST(two.high - 2 == std::tan(0.475 * 3.14159265358979323846), boost::test_tools::tolerance(1e-9));
  BOOST_TEST(two.low + two.high == 4, boost::test_tools::tolerance(1e-12));
  std::vector<double> ten;
  for (int i = 0; i < 10; ++i) ten.push_back(i);
  const Interval of = interval_of_mean(ten);
  BOOST_TEST(of.high - 4.5 == 2.2621571628 * std::sqrt(110.0 / 12 / 10), boost::test_tools::tolerance(1e-9));
  const Interval constant = interval_of_mean({2, 2, std::nan("")});
  BOOST_TEST(constant.low == 2);
  BOOST_TEST(constant.high == 2);
  const double infinity = std::numeric_limits<double>::infinity();
  for (const std::vector<double>& few : {std::vector<double>{}, {1}, {1, std::nan("")}}) {
    BOOST_TEST(interval_of_mean(few).low == -infinity);
    BOOST_TEST(interval_of_mean(few).high == infinity);
  }
}

// Of six values all are on one side of the median with a probability of 2 / 64, of eight with 2 / 256.
BOOST_AUTO_TEST_CASE(the_interval_of_a_median_is_of_ordered_values) {
  const double infinity = std::numeric_limits<double>::infinity();
  BOOST_TEST(interval_of_median({1, 2, 3, 4, 5}).low == -infinity);
  BOOST_TEST(interval_of_median({6, 1, 5, std::nan(""), 2, 4, 3}).low == 1);
  BOOST_TEST(interval_of_median({6, 1, 5, 2, 4, 3}).high == 6);
  std::vector<double> twenty;  // P(B <= 5) = 0.0207, P(B <= 6) = 0.0577
  for (int i = 1; i <= 20; ++i) twenty.push_back(i);
  BOOST_TEST(interval_of_median(twenty).low == 6);
  BOOST_TEST(interval_of_median(twenty).high == 15);
  for (const double sign : {-1.0, 1.0}) {
    const std::vector<double> never(6, sign * infinity);
    BOOST_TEST(interval_of_median(never).low == sign * infinity);
    BOOST_TEST(interval_of_median(never).high == sign * infinity);
  }
}

// The interval contains exactly the p for which both tails of the binomial distribution are above 0.025.
BOOST_AUTO_TEST_CASE(the_interval_of_a_share_is_that_of_clopper_and_pearson) {
  const auto tail = [](int from, int to, int n, double p) {
    double sum = 0;
    for (int k = from; k <= to; ++k)
      sum += std::exp(std::lgamma(n + 1) - std::lgamma(k + 1) - std::lgamma(n - k + 1)) * std::pow(p, k) *
             std::pow(1 - p, n - k);
    return sum;
  };
  for (const int n : {1, 5, 10, 50}) {
    BOOST_TEST(interval_of_share(n, n, n).low == std::pow(0.025, 1.0 / n), boost::test_tools::tolerance(1e-9));
    BOOST_TEST(interval_of_share(0, 0, n).high == 1 - std::pow(0.025, 1.0 / n), boost::test_tools::tolerance(1e-9));
    BOOST_TEST(interval_of_share(0, 0, n).low == 0);
    BOOST_TEST(interval_of_share(n, n, n).high == 1);
    for (int k = 1; k < n; ++k) {
      const Interval of = interval_of_share(k, k, n);
      BOOST_TEST(tail(k, n, n, of.low) == 0.025, boost::test_tools::tolerance(1e-7));
      BOOST_TEST(tail(0, k, n, of.high) == 0.025, boost::test_tools::tolerance(1e-7));
    }
  }
  BOOST_TEST(interval_of_share(3, 7, 10).low == interval_of_share(3, 3, 10).low);
  BOOST_TEST(interval_of_share(3, 7, 10).high == interval_of_share(7, 7, 10).high);
  BOOST_TEST(interval_of_share(0, 0, 0).high == 1);
}

BOOST_AUTO_TEST_SUITE_END()
