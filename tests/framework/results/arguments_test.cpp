#include <limits>

#include <infoplane/claim.hpp>
#include <infoplane/figure.hpp>

#include "support/support.hpp"

using namespace infoplane;
using namespace infoplane::testing;

BOOST_AUTO_TEST_SUITE(results_arguments)

BOOST_AUTO_TEST_CASE(a_range_ascends) {
  BOOST_TEST(argument_error([] { check_range({1}, {2, 1}, "", ""); }) ==
             "check_range: low must be at most high, got 2 and 1");
  BOOST_TEST(argument_error([] { check_range({1}, {std::numeric_limits<double>::quiet_NaN(), 1}, "", ""); }) ==
             "check_range: low must be at most high, got nan and 1");
}

BOOST_AUTO_TEST_CASE(a_claim_holds_in_a_number_of_its_replicas) {
  ClaimResult result;
  result.values = {1, 2, 3};
  for (const std::int64_t holds : {-1, 4}) {
    result.holds = holds;
    BOOST_TEST(argument_error([&] { claim_record("a", "b", result); }) ==
               "claim_record: holds must be from 0 to 3, got " + std::to_string(holds));
  }
  result.holds = 3;
  result.at_least_share = 1.5;
  BOOST_TEST(argument_error([&] { claim_record("a", "b", result); }) ==
             "claim_record: at_least_share must be above 0 and below 1, got 1.5");
}

BOOST_AUTO_TEST_CASE(a_picture_has_a_size_and_a_name) {
  const TemporaryFolder folder;
  const auto said = [&](const Plot& plot, const std::string& name) {
    return argument_error([&] { draw(plot, folder.path(), name); });
  };
  Plot narrow, flat, hasty;
  narrow.width_cm = 0;
  flat.height_cm = std::numeric_limits<double>::quiet_NaN();
  hasty.most_seconds = -1;
  BOOST_TEST(said(narrow, "x") == "draw: width_cm must be above 0 and finite, got 0");
  BOOST_TEST(said(flat, "x") == "draw: height_cm must be above 0 and finite, got nan");
  BOOST_TEST(said(hasty, "x") == "draw: most_seconds must be above 0 and finite, got -1");
  for (const std::string name : {"", ".", "..", "../x", "a/b"}) {
    BOOST_TEST(said({}, name) == "draw: name must be a file name, got '" + name + "'");
  }
  BOOST_TEST(said({}, std::string("a\0b", 3)) == "draw: name must be a file name, got 'a\\x00b'");
  BOOST_TEST(std::filesystem::is_empty(folder.path()));
}

BOOST_AUTO_TEST_CASE(a_script_has_a_part_for_each_of_its_places) {
  BOOST_TEST(argument_error([] { gnuplot("plot {} {}", 1); }) == "gnuplot: argument not found in 'plot {} {}'");
  BOOST_TEST(argument_error([] { gnuplot("plot {", 1); }).rfind("gnuplot: ", 0) == 0u);
}

BOOST_AUTO_TEST_SUITE_END()
