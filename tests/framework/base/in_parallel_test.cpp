#include "base/in_parallel.hpp"

#include <atomic>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include <boost/test/unit_test.hpp>

#include "support/support.hpp"

using namespace infoplane;
using namespace infoplane::testing;

BOOST_AUTO_TEST_SUITE(in_parallel_tasks)

BOOST_AUTO_TEST_CASE(every_task_is_called_once) {
  for (const std::int64_t count : {0, 1, 2, 7, 1000}) {
    for (const std::int64_t threads : {-1, 0, 1, 2, 3, 50}) {
      std::vector<std::atomic<int>> calls(count);
      in_parallel(count, threads, [&](std::int64_t i) { ++calls[i]; });
      for (const auto& of_one : calls) BOOST_TEST(of_one == 1, count << " tasks, " << threads << " threads");
    }
  }
}

BOOST_AUTO_TEST_CASE(the_first_task_is_the_callers) {
  std::thread::id first;
  in_parallel(8, 4, [&](std::int64_t i) {
    if (i == 0) first = std::this_thread::get_id();
  });
  BOOST_TEST((first == std::this_thread::get_id()));
}

BOOST_AUTO_TEST_CASE(threads_work_at_the_same_time) {
  std::atomic<int> begun{0};
  in_parallel(3, 3, [&](std::int64_t) {
    for (++begun; begun < 3;) std::this_thread::yield();
  });
  BOOST_TEST(begun == 3);
}

BOOST_AUTO_TEST_CASE(the_error_of_the_least_number_is_told_and_no_more_tasks_begin) {
  for (const std::int64_t threads : {1, 2, 5}) {
    std::atomic<int> calls{0};
    const auto fails_from = [&](std::int64_t least) {
      return message_of<std::runtime_error>([&] {
        in_parallel(1000, threads, [&](std::int64_t i) {
          ++calls;
          if (i >= least) throw std::runtime_error("task " + std::to_string(i));
        });
      });
    };
    BOOST_TEST(fails_from(0) == "task 0");
    BOOST_TEST(fails_from(40) == "task 40");
    BOOST_TEST(calls <= 41 + 2 * threads);
  }
}

BOOST_AUTO_TEST_SUITE_END()
