#include "results/curves.hpp"

#include <cmath>
#include <limits>
#include <map>
#include <random>
#include <tuple>

#include <boost/test/unit_test.hpp>

#include <infoplane/error.hpp>

#include "support/support.hpp"

using namespace infoplane;
using namespace infoplane::testing;

namespace {

constexpr double kNan = std::numeric_limits<double>::quiet_NaN();

void add(Curves& curves, const std::string& series, std::int64_t replica, std::int64_t epoch, double value) {
  curves.add(series, replica, epoch, &value);
}

std::vector<double> means(const Curves& curves, std::size_t series) {
  std::vector<double> all;
  for (const Statistics& of : curves.statistics(series, 0)) all.push_back(of.mean);
  return all;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(curves)

BOOST_AUTO_TEST_CASE(each_series_keeps_its_own_epochs) {
  Curves curves("t.csv", 1);
  for (const std::int64_t epoch : {0, 10, 20}) add(curves, "L1", 0, epoch, 1 + epoch);
  add(curves, "L2", 0, 10, 5);
  BOOST_TEST(curves.series() == (std::vector<std::string>{"L1", "L2"}), boost::test_tools::per_element());
  BOOST_TEST(curves.epochs(0) == (std::vector<std::int64_t>{0, 10, 20}), boost::test_tools::per_element());
  BOOST_TEST(curves.epochs(1) == (std::vector<std::int64_t>{10}), boost::test_tools::per_element());
  BOOST_TEST(curves.find("L2") == 1u);
  BOOST_TEST(curves.find("L3") == 2u);
}

BOOST_AUTO_TEST_CASE(a_mean_is_over_the_replicas_that_were_measured) {
  Curves curves("t.csv", 1);
  add(curves, "L", 7, 0, 1);
  add(curves, "L", 3, 0, 3);
  add(curves, "L", 7, 10, 5);
  add(curves, "L", 3, 10, kNan);
  add(curves, "L", 7, 20, 9);  // and none of replica 3: the run was stopped
  BOOST_TEST(means(curves, 0) == (std::vector<double>{2, 5, 9}), boost::test_tools::per_element());
  BOOST_TEST(curves.statistics(0, 0)[0].standard_deviation == std::sqrt(2.0));
  BOOST_TEST(curves.statistics(0, 0)[1].count == 1u);
  BOOST_TEST(curves.replicas(0) == (std::vector<std::int64_t>{7, 3}), boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(a_curve_has_what_was_observed_and_nan_where_it_could_not_be_measured) {
  Curves curves("t.csv", 1);
  add(curves, "L", 0, 0, 1);
  add(curves, "L", 1, 0, 2);
  add(curves, "L", 0, 10, 3);
  add(curves, "L", 1, 20, kNan);
  const std::map<std::int64_t, Curve> of = curves.curves(0, 0);
  BOOST_TEST((of.at(0) == Curve{{0, 1}, {10, 3}}));
  BOOST_TEST(of.at(1).size() == 2u);
  BOOST_TEST(of.at(1).back().first == 20);
  BOOST_TEST(std::isnan(of.at(1).back().second));
}

BOOST_AUTO_TEST_CASE(the_order_of_rows_does_not_matter) {
  using Row = std::tuple<std::string, std::int64_t, std::int64_t, double>;
  std::vector<Row> rows;
  for (std::int64_t epoch = 0; epoch < 20; ++epoch) {
    for (std::int64_t replica = 0; replica < 5; ++replica) {
      for (const char* layer : {"L1", "L2"}) rows.emplace_back(layer, replica, epoch * epoch, epoch * 7 % 5 + replica);
    }
  }
  const auto all_of = [](const std::vector<Row>& from) {
    Curves curves("t.csv", 1);
    for (const auto& [layer, replica, epoch, value] : from) add(curves, layer, replica, epoch, value);
    std::map<std::string, std::map<std::int64_t, Curve>> all;
    for (std::size_t s = 0; s < curves.series().size(); ++s) all[curves.series()[s]] = curves.curves(s, 0);
    return std::pair(all, means(curves, curves.find("L2")));
  };
  const auto expected = all_of(rows);
  std::mt19937 generator(1);
  for (int shuffles = 0; shuffles < 5; ++shuffles) {
    std::shuffle(rows.begin(), rows.end(), generator);
    BOOST_TEST((all_of(rows).first == expected.first));
    BOOST_TEST(all_of(rows).second == expected.second, boost::test_tools::tolerance(1e-15)
                                                           << boost::test_tools::per_element());
  }
}

BOOST_AUTO_TEST_CASE(of_equal_rows_the_last_counts) {
  Curves curves("t.csv", 1);
  add(curves, "L", 0, 0, 1);
  add(curves, "L", 0, 0, 2);
  BOOST_TEST((curves.curves(0, 0).at(0) == Curve{{0, 2}}));
}

BOOST_AUTO_TEST_CASE(quantities_of_a_row_stay_together) {
  std::vector<Record> rows(2);
  rows[0] = {0, 0, "L1", "binning", 1, 2, 3, 4, {}};
  rows[1] = {0, 0, "L1", "ksg", 5, 6, 7, 8, {}};
  const Curves curves = information_curves(rows, "ksg");
  BOOST_TEST((curves.curves(0, kXt).at(0) == Curve{{0, 5}}));
  BOOST_TEST((curves.curves(0, kTyCap).at(0) == Curve{{0, 8}}));
  BOOST_TEST(curves.largest(kXtCap) == 7);
  BOOST_TEST(information_curves(rows, "kmeans").series().empty());
}

BOOST_AUTO_TEST_CASE(rows_that_are_far_fewer_than_the_combinations_are_refused) {
  Curves curves("information.csv", 1);
  BOOST_TEST(message_of<UsageError>([&] {
               for (std::int64_t i = 0; i < 100000; ++i) add(curves, "L", i, i, 0);
             }) ==
             "information.csv: the first 451 rows have 101926 combinations of series, replica and epoch, most of them "
             "are missing");
}

BOOST_AUTO_TEST_SUITE_END()
