#include <limits>

#include <infoplane/check.hpp>
#include <infoplane/run.hpp>

#include "support/support.hpp"

using namespace infoplane;
using namespace infoplane::testing;

BOOST_AUTO_TEST_SUITE(run_arguments)

BOOST_AUTO_TEST_CASE(an_experiment_without_its_parts_is_refused) {
  const std::string empty = "Choice::operator(): nothing was chosen, the choice is empty";
  BOOST_TEST(argument_error([] { observed_epochs({}); }) == empty);
  BOOST_TEST(argument_error([] { check({}); }) == empty);
  Catalogue catalogue;
  catalogue.schedules = schedules();
  catalogue.optimizers = optimizers();
  Experiment experiment = default_experiment(catalogue);
  BOOST_TEST(argument_error([&] { check(experiment); }) == empty);
  experiment.training.epochs = -1;
  BOOST_TEST(argument_error([&] { observed_epochs(experiment); }) ==
             "logarithmic_schedule: epochs must be at least 0, got -1");
}

BOOST_AUTO_TEST_CASE(a_run_has_threads_and_checkpoints) {
  Progress silent;
  RunOptions options;
  options.threads = -1;
  const auto said = [&] {
    const std::string first = argument_error([&] { run({}, {}, options, silent); });
    BOOST_TEST(argument_error([&] { resume("none", {}, options, silent); }) == "resume" + first.substr(3));
    return first;
  };
  BOOST_TEST(said() == "run: options.threads must be at least 0, got -1");
  options.threads = 0;
  options.checkpoint_seconds = std::numeric_limits<double>::quiet_NaN();
  BOOST_TEST(said() == "run: options.checkpoint_seconds must be at least 0, got nan");
}

BOOST_AUTO_TEST_SUITE_END()
