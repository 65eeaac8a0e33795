#include "base/in_parallel.hpp"

#include <algorithm>
#include <atomic>
#include <exception>
#include <mutex>
#include <thread>
#include <vector>

namespace infoplane {
namespace {

class Tasks {
 public:
  Tasks(std::int64_t count, const std::function<void(std::int64_t)>& task)
      : count_(count), task_(task), failed_(count) {}

  void work() {
    for (std::int64_t i; (i = next_++) < count_;) call(i);
  }

  void call(std::int64_t i) {
    try {
      task_(i);
    } catch (...) {
      const std::lock_guard<std::mutex> lock(mutex_);
      next_ = count_;
      if (i >= failed_) return;
      failed_ = i;
      error_ = std::current_exception();
    }
  }

  void require_done() const {
    if (error_) std::rethrow_exception(error_);
  }

 private:
  const std::int64_t count_;
  const std::function<void(std::int64_t)>& task_;
  std::atomic<std::int64_t> next_{1};  // the caller's thread makes the call 0
  std::mutex mutex_;
  std::int64_t failed_;
  std::exception_ptr error_;
};

}  // namespace

std::int64_t cores() { return std::max(1u, std::thread::hardware_concurrency()); }

void in_parallel(std::int64_t count, std::int64_t threads, const std::function<void(std::int64_t)>& task) {
  if (count < 1) return;
  Tasks tasks(count, task);
  const std::int64_t wanted = std::max<std::int64_t>(1, std::min(threads, count)) - 1;
  std::vector<std::thread> helpers;
  helpers.reserve(wanted);
  try {
    for (std::int64_t t = 0; t < wanted; ++t) helpers.emplace_back([&tasks] { tasks.work(); });
  } catch (const std::exception&) {  // no more threads are to be had: the work is done by fewer
  }
  tasks.call(0);
  tasks.work();
  for (std::thread& helper : helpers) helper.join();
  tasks.require_done();
}

}  // namespace infoplane
