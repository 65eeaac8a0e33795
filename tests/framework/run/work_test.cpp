#include "run/work.hpp"

#include <boost/test/unit_test.hpp>

#include <infoplane/error.hpp>

#include "base/machine_memory.hpp"
#include "support/support.hpp"

using namespace infoplane;
using namespace infoplane::testing;

BOOST_AUTO_TEST_SUITE(work)

BOOST_AUTO_TEST_CASE(durations_and_sizes_have_one_unit_that_fits) {
  for (const auto& [seconds, text] :
       {std::pair(0.0, "under 1 s"), std::pair(1.4, "about 1 s"), std::pair(99.0, "about 99 s"),
        std::pair(100.0, "about 2 min"), std::pair(5999.0, "about 100 min"), std::pair(7200.0, "about 2 h"),
        std::pair(172800.0, "about 2 days"), std::pair(1e10, "about 317 years")}) {
    BOOST_TEST(duration_text(seconds) == text);
  }
  for (const auto& [bytes, text] :
       {std::pair(0.0, "1 MB"), std::pair(4.2e7, "42 MB"), std::pair(2.34e9, "2.3 GB"), std::pair(5.6e12, "5600 GB")}) {
    BOOST_TEST(memory_text(bytes) == text);
  }
}

BOOST_AUTO_TEST_CASE(more_memory_than_the_machine_has_is_refused_and_more_than_a_day) {
  const double memory = machine_memory();
  BOOST_TEST(memory > 1e8);
  require_memory(memory, "");
  BOOST_TEST(message_of<UsageError>([&] { require_memory(1e18, "reduce replicas (7) or the model"); }) ==
             "needs about 1000000000 GB of memory, this machine has " + memory_text(memory) +
                 ": reduce replicas (7) or the model");
  require_time(86400, "");
  BOOST_TEST(message_of<UsageError>([] { require_time(864000, "most of it for training: reduce replicas"); }) ==
             "takes about 10 days, most of it for training: reduce replicas, or allow it with --anyway");
}

BOOST_AUTO_TEST_SUITE_END()
