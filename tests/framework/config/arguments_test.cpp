#include <limits>

#include <infoplane/registry.hpp>

#include "support/support.hpp"

using namespace infoplane;
using namespace infoplane::testing;

BOOST_AUTO_TEST_SUITE(config_arguments)

BOOST_AUTO_TEST_CASE(a_check_that_nothing_satisfies_is_refused) {
  constexpr double nan = std::numeric_limits<double>::quiet_NaN();
  BOOST_TEST(argument_error([] { between(1, 0); }) == "between: low must be at most high, got 1 and 0");
  BOOST_TEST(argument_error([&] { between(nan, 0); }) == "between: low must be at most high, got nan and 0");
  BOOST_TEST(argument_error([] { above_below(1, 1); }) == "above_below: low must be below high, got 1 and 1");
  BOOST_TEST(argument_error([] { above_at_most(1, 1); }) == "above_at_most: low must be below high, got 1 and 1");
  BOOST_TEST(argument_error([] { whole_between(3, 2); }) == "whole_between: low must be at most high, got 3 and 2");
  BOOST_TEST(argument_error([] { between(1, 1); }) == "accepted");
  BOOST_TEST(argument_error([] { whole_between(2, 2); }) == "accepted");
}

BOOST_AUTO_TEST_CASE(fields_are_not_described_with_a_negative_indent) {
  BOOST_TEST(argument_error([] { describe_fields({}, -1); }) == "describe_fields: indent must be at least 0, got -1");
}

BOOST_AUTO_TEST_CASE(an_entry_has_a_name_of_its_own_and_a_factory) {
  Registry<int(int)> registry("thing");
  const auto same = [](const NoOptions&, int x) { return x; };
  registry.add<NoOptions>("a", same, "");
  BOOST_TEST(argument_error([&] { registry.add<NoOptions>("a", same, ""); }) ==
             "Registry::add: thing 'a' was already added");
  BOOST_TEST(argument_error([&] { registry.add<NoOptions>("", same, ""); }) ==
             "Registry::add: the name of a thing must not be empty");
  int (*null)(const NoOptions&, int) = nullptr;
  BOOST_TEST(argument_error([&] { registry.add<NoOptions>("b", null, ""); }) ==
             "Registry::add: the factory of thing 'b' must not be null");
  BOOST_TEST(argument_error([&] { registry.add<NoOptions>("b", std::function<int(const NoOptions&, int)>(), ""); }) ==
             "Registry::add: the factory of thing 'b' must not be null");
  BOOST_TEST(registry.names().size() == 1u);
}

BOOST_AUTO_TEST_CASE(an_empty_choice_makes_nothing) {
  BOOST_TEST(argument_error([] { Choice<int(int)>()(3); }) ==
             "Choice::operator(): nothing was chosen, the choice is empty");
}

BOOST_AUTO_TEST_SUITE_END()
