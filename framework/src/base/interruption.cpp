#include "base/interruption.hpp"

#include <unistd.h>

#include <atomic>
#include <csignal>
#include <cstdint>
#include <ctime>
#include <system_error>

#include "base/signal_watch.hpp"

namespace infoplane {
namespace {

// A second signal within this time of the first is the same wish: `timeout`, terminals and cgroups send one to a
// process and again to its group, and a parent passes on what its child has got already.
constexpr std::int64_t kSameWishNanoseconds = 500'000'000;

std::atomic<int> first_signal{0};
std::atomic<std::int64_t> first_time{0};  // 0 until it is known
static_assert(std::atomic<int>::is_always_lock_free && std::atomic<std::int64_t>::is_always_lock_free,
              "a signal handler may touch nothing else");

std::int64_t nanoseconds() {
  timespec now{};
  clock_gettime(CLOCK_MONOTONIC, &now);
  return std::int64_t{now.tv_sec} * 1'000'000'000 + now.tv_nsec;
}

void take(int signal) {
  int none = 0;
  if (first_signal.compare_exchange_strong(none, signal)) {
    first_time = nanoseconds();
    return;
  }
  const std::int64_t first = first_time;
  if (first != 0 && nanoseconds() - first >= kSameWishNanoseconds) _exit(128 + signal);
}

bool is_ignored(int signal) {
  struct sigaction action{};
  return sigaction(signal, nullptr, &action) == 0 && action.sa_handler == SIG_IGN;
}

}  // namespace

std::vector<int> handled_signals() {
  std::vector<int> signals = {SIGINT, SIGTERM};
  if (!is_ignored(SIGHUP)) signals.push_back(SIGHUP);
  return signals;
}

void install_signal_handlers() {
  struct sigaction action{};
  action.sa_handler = take;
  action.sa_flags = SA_RESTART;
  sigemptyset(&action.sa_mask);
  for (const int signal : handled_signals()) sigaction(signal, &action, nullptr);
}

int pending_signal() { return first_signal; }

void stop_at_signal(const std::string& message) {
  if (const int signal = pending_signal(); signal != 0) throw Interrupted(message, signal);
}

SignalWatch::SignalWatch(std::chrono::milliseconds grace, std::function<void(int)> on_timeout) {
  try {
    thread_ = std::thread([this, grace, on_timeout = std::move(on_timeout)] { watch(grace, on_timeout); });
  } catch (const std::system_error& error) {
    throw Error("cannot start a thread: " + error.code().message());
  }
}

void SignalWatch::watch(std::chrono::milliseconds grace, const std::function<void(int)>& on_timeout) {
  using Clock = std::chrono::steady_clock;
  Clock::time_point deadline = Clock::time_point::max();
  std::unique_lock<std::mutex> lock(mutex_);
  while (!changed_.wait_for(lock, std::chrono::milliseconds(20), [this] { return over_; })) {
    const int signal = pending_signal();
    if (signal == 0) continue;
    if (deadline == Clock::time_point::max()) deadline = Clock::now() + grace;
    if (Clock::now() < deadline) continue;
    try {
      on_timeout(signal);
    } catch (...) {  // the process ends all the same
    }
    _exit(128 + signal);
  }
}

SignalWatch::~SignalWatch() {
  {
    const std::lock_guard<std::mutex> lock(mutex_);
    over_ = true;
  }
  changed_.notify_one();
  thread_.join();
}

}  // namespace infoplane
