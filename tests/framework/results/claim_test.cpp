#include <infoplane/claim.hpp>

#include <cmath>
#include <limits>
#include <random>

#include <boost/test/unit_test.hpp>

using namespace infoplane;

namespace {

const double kNaN = std::nan("");
const double kInfinity = std::numeric_limits<double>::infinity();

ClaimRecord record(const std::vector<double>& values, const Interval& range, double share = 0.5,
                   const std::string& untested = "") {
  ClaimResult result = check_range(values, range, "I(X;T) of L5 falls", "bits");
  result.at_least_share = share;
  result.untested = untested;
  return claim_record("compression_L5", "compression", result);
}

std::string verdict(const std::vector<double>& values, const Interval& range, double share = 0.5) {
  return verdict_name(record(values, range, share).verdict);
}

}  // namespace

BOOST_AUTO_TEST_SUITE(claim)

BOOST_AUTO_TEST_CASE(a_claim_holds_in_the_replicas_whose_value_is_in_the_range) {
  const ClaimRecord r = record({0.5, 1, 2, 4}, {1, 2});
  BOOST_TEST(r.replicas == 4);
  BOOST_TEST(r.tested == 4);
  BOOST_TEST(r.holds == 2);
  BOOST_TEST(r.mean == 1.875);
  BOOST_TEST(std::abs(r.deviation - std::sqrt((1.375 * 1.375 + 0.875 * 0.875 + 0.125 * 0.125 + 2.125 * 2.125) / 3)) <
             1e-14);
  BOOST_TEST(record({-1e300, 1e300}, {}).holds == 2);
}

BOOST_AUTO_TEST_CASE(rounding_decides_nothing_at_the_ends_of_the_range) {
  const double one = std::nextafter(1.0, 0.0);
  BOOST_TEST(record({one, 1 + 1e-10, 2 + 1e-10}, {1, 2}).holds == 3);
  BOOST_TEST(record({1 - 1e-8, 2 + 1e-8}, {1, 2}).holds == 0);
}

BOOST_AUTO_TEST_CASE(a_verdict_needs_an_interval_of_the_share_and_one_of_the_mean) {
  const std::vector<double> all(6, 1.5), none(6, 3);
  BOOST_TEST(verdict(all, {1, 2}) == "holds");  // 6 of 6: 54 to 100 %
  BOOST_TEST(verdict(none, {1, 2}) == "does not hold");
  BOOST_TEST(verdict({1.5, 1.5, 1.5, 1.5, 1.5}, {1, 2}) == "undecided");  // 5 of 5: 48 to 100 %
  BOOST_TEST(verdict(all, {1, 2}, 0.55) == "undecided");
  // 7 of 8 (47 to 100 %) are in the range and so is their mean, 1.56 (1.45 to 1.67).
  BOOST_TEST(verdict({1.5, 1.5, 1.5, 1.5, 1.5, 1.5, 1.5, 2.01}, {1, 2}) == "undecided");
  // 19 of 20 (75 to 100 %) are in the range, but one outlier leaves the mean undecided.
  std::vector<double> outlier(19, 1.5);
  outlier.push_back(1000);
  BOOST_TEST(verdict(outlier, {1, 2}) == "undecided");
  BOOST_TEST(record(outlier, {1, 2}).doubt == "the mean, -53.1 to 156 bits, may be inside or outside the range");
}

BOOST_AUTO_TEST_CASE(one_replica_decides_nothing) {
  for (const double value : {1.5, 7.0}) {
    const ClaimRecord r = record({value}, {1, 2});
    BOOST_TEST((r.verdict == Verdict::undecided));
    BOOST_TEST(r.doubt == "one replica");
    BOOST_TEST(r.deviation == 0);
  }
  BOOST_TEST((record({}, {}).verdict == Verdict::undecided));
}

BOOST_AUTO_TEST_CASE(two_starts_of_compression_in_ten_do_not_both_hold) {
  // Five of ten replicas begin before epoch 500, five after it.
  const std::vector<double> starts{300, 350, 400, 450, 480, 510, 600, 700, 800, 900};
  BOOST_TEST(verdict(starts, {500, 2000}) == "undecided");
  BOOST_TEST(verdict(starts, {0, 499}) == "undecided");
}

BOOST_AUTO_TEST_CASE(a_claim_and_its_complement_never_both_hold) {
  std::mt19937 random(1);
  const auto uniform = [&](double low, double high) { return std::uniform_real_distribution<>(low, high)(random); };
  int decided = 0;
  for (int trial = 0; trial < 20000; ++trial) {
    std::vector<double> values(1 + random() % 40);
    const double center = uniform(-2, 2), width = std::exp(uniform(-4, 1)), limit = uniform(-2, 2);
    for (double& value : values) {
      value = std::normal_distribution<>(center, width)(random);
      if (random() % 20 == 0) value = random() % 2 == 0 ? kNaN : kInfinity;
    }
    const double share = uniform(0.05, 0.95);
    const Verdict below = record(values, {-kInfinity, limit}, share).verdict,
                  above = record(values, {limit + 1e-6, kInfinity}, share).verdict,
                  inside = record(values, {limit - 0.5, limit - 1e-6}, share).verdict;
    BOOST_TEST(!(below == Verdict::holds && above == Verdict::holds));
    BOOST_TEST(!(inside == Verdict::holds && above == Verdict::holds));
    BOOST_TEST(!(inside == Verdict::holds && below == Verdict::does_not_hold));  // inside implies below
    // A claim of at least half and its complement are judged alike.
    const Verdict half = record(values, {-kInfinity, limit}).verdict,
                  other = record(values, {limit + 1e-6, kInfinity}).verdict;
    BOOST_TEST((half == Verdict::holds) == (other == Verdict::does_not_hold));
    decided += half == Verdict::undecided ? 0 : 1;
  }
  BOOST_TEST(decided > 5000);
}

BOOST_AUTO_TEST_CASE(an_untested_replica_counts_neither_for_nor_against) {
  const ClaimRecord r = record({kNaN, 1, 3}, {}, 0.5, "at its cap");
  BOOST_TEST(r.replicas == 3);
  BOOST_TEST(r.tested == 2);
  BOOST_TEST(r.holds == 2);
  BOOST_TEST(r.mean == 2);
  BOOST_TEST(r.deviation == std::sqrt(2.0));
  BOOST_TEST(r.share.high == 1);
  BOOST_TEST(r.doubt == "the share may be above or below 50 %; 1 of 3 replicas not tested: at its cap");
  const ClaimRecord nothing = record({kNaN, kNaN}, {});
  BOOST_TEST(nothing.holds == 0);
  BOOST_TEST((nothing.verdict == Verdict::undecided));
  BOOST_TEST(nothing.share.low == 0);
  BOOST_TEST(nothing.share.high == 1);
  BOOST_TEST(std::isnan(nothing.mean));
  BOOST_TEST(std::isnan(nothing.deviation));
  // Ten of twelve decide, five of seven do not.
  std::vector<double> values(10, 1);
  values.resize(12, kNaN);
  BOOST_TEST(verdict(values, {1, 1}) == "holds");
  BOOST_TEST(verdict({1, 1, 1, 1, 1, kNaN, kNaN}, {1, 1}) == "undecided");
}

BOOST_AUTO_TEST_CASE(an_event_that_never_comes_is_outside_every_bounded_range) {
  const std::vector<double> never(8, kInfinity);
  BOOST_TEST(verdict(never, {0, 1000}) == "does not hold");
  BOOST_TEST(verdict(never, {1000, kInfinity}) == "holds");
  const std::vector<double> before(8, -kInfinity);  // earlier than what never comes
  BOOST_TEST(verdict(before, {1, kInfinity}) == "does not hold");
  BOOST_TEST(verdict(before, {-kInfinity, 1}) == "holds");
  // Nineteen of twenty come in time: the median does, whatever the last one is.
  std::vector<double> most(19, 10);
  most.push_back(kInfinity);
  BOOST_TEST(verdict(most, {0, 1000}) == "holds");
  BOOST_TEST(claim_summary(record(most, {0, 1000})) ==
             "compression_L5: holds in 19 of 20 replicas (75 to 100 %), never in some replicas");
  std::vector<double> half(10, 10);
  half.resize(20, kInfinity);
  BOOST_TEST(verdict(half, {0, 1000}) == "undecided");
}

BOOST_AUTO_TEST_CASE(a_summary_is_one_line_of_verdict_share_and_mean) {
  BOOST_TEST(claim_summary(record({1.9, 2.3, 1.7, 2, 2, 2.1}, {1, 4})) ==
             "compression_L5: holds in 6 of 6 replicas (54 to 100 %), 2 +- 0.2 bits");
  BOOST_TEST(claim_summary(record({0.1, 0.3, 0.2, 0.1, 0.1, 0.1}, {1, 4})) ==
             "compression_L5: does not hold, holds in 0 of 6 replicas (0 to 46 %), 0.15 +- 0.0837 bits");
  BOOST_TEST(claim_summary(record({0.1, 0.3, 1}, {1, 4})) ==
             "compression_L5: undecided, holds in 1 of 3 replicas (1 to 91 %), 0.467 +- 0.473 bits: the share may be "
             "above or below 50 %");
  BOOST_TEST(claim_summary(record({11500.4}, {1, 4})) ==
             "compression_L5: undecided, holds in 0 of 1 replica (0 to 98 %), 11500 bits: one replica");
  BOOST_TEST(claim_summary(record({}, {}, 0.5, "compares with a finished run of tanh")) ==
             "compression_L5: undecided: compares with a finished run of tanh");
  BOOST_TEST(claim_summary(record({kNaN}, {}, 0.5, "at its cap")) ==
             "compression_L5: undecided, holds in 0 of 1 replica (0 to 100 %), nothing measured: at its cap");
}

BOOST_AUTO_TEST_SUITE_END()
