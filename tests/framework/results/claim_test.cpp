#include <infoplane/claim.hpp>

#include <cmath>

#include <boost/test/unit_test.hpp>

using namespace infoplane;

namespace {

const double kNaN = std::nan("");

ClaimRecord record(const std::vector<double>& values, const ClaimRange& range, double share = 0.5) {
  ClaimResult result = check_range(values, range, "I(X;T) of L5 falls", "bits");
  result.at_least_share = share;
  return record_of("compression_L5", "compression", result);
}

}  // namespace

BOOST_AUTO_TEST_SUITE(claim)

BOOST_AUTO_TEST_CASE(a_claim_holds_in_the_replicas_whose_value_is_in_the_range) {
  const ClaimRecord r = record({0.5, 1, 2, 4}, {1, 2});
  BOOST_TEST(r.replicas == 4);
  BOOST_TEST(r.holds == 2);
  BOOST_TEST(r.share == 0.5);
  BOOST_TEST(r.mean == 1.875);
  BOOST_TEST(std::abs(r.deviation - std::sqrt((1.375 * 1.375 + 0.875 * 0.875 + 0.125 * 0.125 + 2.125 * 2.125) / 3)) <
             1e-14);
  BOOST_TEST(r.verdict);
  BOOST_TEST(record({-1e300, 1e300}, {}).holds == 2);
}

BOOST_AUTO_TEST_CASE(rounding_decides_nothing_at_the_ends_of_the_range) {
  const double one = std::nextafter(1.0, 0.0);
  BOOST_TEST(record({one, 1 + 1e-10, 2 + 1e-10}, {1, 2}).holds == 3);
  BOOST_TEST(record({1 - 1e-8, 2 + 1e-8}, {1, 2}).holds == 0);
}

BOOST_AUTO_TEST_CASE(the_verdict_is_whether_the_share_is_large_enough) {
  const std::vector<double> seven_of_ten = {1, 1, 1, 1, 1, 1, 1, 0, 0, 0};
  BOOST_TEST(record(seven_of_ten, {1, 1}, 0.7).verdict);
  BOOST_TEST(!record(seven_of_ten, {1, 1}, 0.71).verdict);
  BOOST_TEST(!record({1, 0}, {1, 1}, 1).verdict);
  BOOST_TEST(record({1, 0}, {1, 1}).verdict);
  BOOST_TEST(!record({}, {}).verdict);
}

BOOST_AUTO_TEST_CASE(a_value_that_is_nan_does_not_hold_and_is_not_in_the_mean) {
  const ClaimRecord r = record({kNaN, 1, 3}, {});
  BOOST_TEST(r.replicas == 3);
  BOOST_TEST(r.holds == 2);
  BOOST_TEST(r.mean == 2);
  BOOST_TEST(r.deviation == std::sqrt(2.0));
  const ClaimRecord nothing = record({kNaN, kNaN}, {});
  BOOST_TEST(nothing.holds == 0);
  BOOST_TEST(!nothing.verdict);
  BOOST_TEST(std::isnan(nothing.mean));
  BOOST_TEST(std::isnan(nothing.deviation));
}

BOOST_AUTO_TEST_CASE(one_replica_deviates_by_nothing) {
  const ClaimRecord r = record({1.5}, {1, 2});
  BOOST_TEST(r.mean == 1.5);
  BOOST_TEST(r.deviation == 0);
  BOOST_TEST(r.verdict);
}

BOOST_AUTO_TEST_CASE(a_summary_is_one_line_of_verdict_share_and_mean) {
  BOOST_TEST(summary_of(record({1.9, 2.3, 0.1}, {1, 4})) ==
             "compression_L5: holds in 2 of 3 replicas, 1.43 +- 1.17 bits");
  BOOST_TEST(summary_of(record({0.1, 0.3, 1}, {1, 4})) ==
             "compression_L5: does not hold, in 1 of 3 replicas, 0.467 +- 0.473 bits");
  BOOST_TEST(summary_of(record({11500.4}, {1, 4})) == "compression_L5: does not hold, in 0 of 1 replica, 11500 bits");
  BOOST_TEST(summary_of(record({kNaN}, {})) == "compression_L5: does not hold, in 0 of 1 replica, nothing measured");
  BOOST_TEST(summary_of(record({1.5, kNaN, kNaN}, {1, 2})) ==
             "compression_L5: does not hold, in 1 of 3 replicas, 1.5 bits");
  ClaimResult share = check_range({0.875}, {0.8, 1}, "", "");
  BOOST_TEST(summary_of(record_of("a", "b", share)) == "a: holds in 1 of 1 replica, 0.875");
}

BOOST_AUTO_TEST_SUITE_END()
