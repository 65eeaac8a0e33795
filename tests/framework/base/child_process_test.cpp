#include "base/child_process.hpp"

#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <stdexcept>

#include <boost/test/unit_test.hpp>

using namespace infoplane;

BOOST_AUTO_TEST_SUITE(child_process)

BOOST_AUTO_TEST_CASE(a_signal_reaches_its_child) {
  const pid_t child = fork();
  if (child == 0) {
    pause();
    _exit(0);
  }
  BOOST_REQUIRE(child > 0);
  send_signal(child, SIGKILL);
  int status = 0;
  BOOST_REQUIRE(waitpid(child, &status, 0) == child);
  BOOST_TEST(WTERMSIG(status) == SIGKILL);
}

// Signal 0 would reach nobody, should the check be missing.
BOOST_AUTO_TEST_CASE(what_is_no_number_of_one_process_gets_none) {
  for (const pid_t number : {0, -1, -1234}) BOOST_CHECK_THROW(send_signal(number, 0), std::logic_error);
}

BOOST_AUTO_TEST_SUITE_END()
