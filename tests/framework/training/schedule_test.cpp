#include <infoplane/schedule.hpp>

#include <algorithm>
#include <limits>

#include <boost/test/unit_test.hpp>

#include "support/support.hpp"

using namespace infoplane;
using namespace infoplane::testing;

using Epochs = std::vector<std::int64_t>;

namespace {

Epochs read(const std::string& yaml, std::int64_t epochs) {
  const auto registry = schedules();
  Choice<Schedule> schedule;
  const Fields fields = {choice("schedule", schedule, registry, "")};
  read_fields(parse_yaml("schedule: " + yaml + "\n", "x.yaml"), "", fields);
  return schedule(epochs);
}

std::string refusal(const std::string& yaml, std::int64_t epochs = 10) {
  return message_of<UsageError>([&] { read(yaml, epochs); });
}

}  // namespace

BOOST_AUTO_TEST_SUITE(schedule)

BOOST_AUTO_TEST_CASE(every_third_epoch_and_the_last) {
  BOOST_TEST((every_schedule({3}, 10) == Epochs{0, 3, 6, 9, 10}));
  BOOST_TEST((every_schedule({5}, 10) == Epochs{0, 5, 10}));
  BOOST_TEST((every_schedule({1}, 3) == Epochs{0, 1, 2, 3}));
  BOOST_TEST((every_schedule({std::numeric_limits<std::int64_t>::max()}, 3) == Epochs{0, 3}));
}

BOOST_AUTO_TEST_CASE(logarithmic_epochs_are_powers) {
  BOOST_TEST((logarithmic_schedule({4}, 1000) == Epochs{0, 1, 10, 100, 1000}));
  BOOST_TEST((logarithmic_schedule({2}, 12000) == Epochs{0, 1, 12000}));
}

BOOST_AUTO_TEST_CASE(equal_logarithmic_epochs_are_merged) {
  BOOST_TEST((logarithmic_schedule({200}, 5) == Epochs{0, 1, 2, 3, 4, 5}));
}

BOOST_AUTO_TEST_CASE(listed_epochs_are_sorted_and_begin_with_zero) {
  BOOST_TEST((list_schedule({{5, 2, 5, 0}}, 5) == Epochs{0, 2, 5}));
  BOOST_TEST((list_schedule({}, 5) == Epochs{0}));
}

BOOST_AUTO_TEST_CASE(a_training_of_no_epochs_is_observed_once) {
  BOOST_TEST((every_schedule({3}, 0) == Epochs{0}));
  BOOST_TEST((logarithmic_schedule({7}, 0) == Epochs{0}));
  BOOST_TEST((list_schedule({{0}}, 0) == Epochs{0}));
}

BOOST_AUTO_TEST_CASE(observed_epochs_ascend_from_zero_to_the_last) {
  for (std::int64_t epochs = 1; epochs < 300; ++epochs) {
    for (std::int64_t n = 2; n < 60; n += 3) {
      for (const Epochs& observed : {every_schedule({n}, epochs), logarithmic_schedule({n}, epochs)}) {
        BOOST_REQUIRE(observed.front() == 0);
        BOOST_REQUIRE(observed.back() == epochs);
        BOOST_REQUIRE(std::is_sorted(observed.begin(), observed.end(), std::less_equal<>()));
      }
      BOOST_REQUIRE(logarithmic_schedule({n}, epochs).size() <= static_cast<std::size_t>(n) + 1);
    }
  }
}

BOOST_AUTO_TEST_CASE(the_last_of_very_many_epochs_is_exact) {
  const std::int64_t epochs = 123456789012345;
  BOOST_TEST(logarithmic_schedule({50}, epochs).back() == epochs);
}

BOOST_AUTO_TEST_CASE(options_that_would_never_end_are_refused) {
  BOOST_TEST(message_of<UsageError>([] { every_schedule({0}, 10); }) ==
             "observe.schedule.every must be at least 1, so that at most 1000000 epochs are observed, got 0");
  BOOST_TEST(message_of<UsageError>([] { logarithmic_schedule({1}, 10); }) == "points must be at least 2, got 1");
}

BOOST_AUTO_TEST_CASE(a_listed_epoch_outside_the_training_is_refused) {
  BOOST_TEST(message_of<UsageError>([] { list_schedule({{3, 11}}, 10); }) ==
             "observe.schedule.epochs lists epoch 11, but the training has epochs 0 to 10: remove it or raise "
             "training.epochs");
  BOOST_TEST(message_of<UsageError>([] { list_schedule({{-1}}, 10); }) ==
             "observe.schedule.epochs lists epoch -1, but the training has epochs 0 to 10: remove it or raise "
             "training.epochs");
}

BOOST_AUTO_TEST_CASE(all_three_can_be_named_in_a_config) {
  BOOST_TEST((schedules().names() == std::vector<std::string>{"every", "logarithmic", "list"}));
  BOOST_TEST((read("{type: every, every: 4}", 10) == Epochs{0, 4, 8, 10}));
  BOOST_TEST((read("{type: logarithmic, points: 2}", 10) == Epochs{0, 1, 10}));
  BOOST_TEST((read("{type: list, epochs: [7]}", 10) == Epochs{0, 7}));
  BOOST_TEST((read("every", 20) == Epochs{0, 10, 20}));
}

BOOST_AUTO_TEST_CASE(options_in_a_config_are_checked) {
  BOOST_TEST(refusal("{type: every, every: 0}") == "x.yaml:1:32: schedule.every must be at least 1, got 0");
  BOOST_TEST(refusal("{type: logarithmic, points: 1}") ==
             "x.yaml:1:39: schedule.points must be from 2 to 1000000, got 1");
  BOOST_TEST(refusal("{type: logarithmic, points: 1000001}") ==
             "x.yaml:1:39: schedule.points must be from 2 to 1000000, got 1000001");
  BOOST_TEST(refusal("list") == "x.yaml:1:11: missing key 'schedule.epochs'");
}

BOOST_AUTO_TEST_SUITE_END()
