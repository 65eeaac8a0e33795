#include <infoplane/interruption.hpp>

#include <atomic>
#include <csignal>

#include <unistd.h>

#include "signal_watch.hpp"

namespace infoplane {
namespace {

std::atomic<int> first_signal{0};
static_assert(std::atomic<int>::is_always_lock_free, "a signal handler may touch nothing else");

void take(int signal) {
  int none = 0;
  if (!first_signal.compare_exchange_strong(none, signal)) _exit(128 + signal);
}

}  // namespace

void heed_signals() {
  struct sigaction action {};
  action.sa_handler = take;
  action.sa_flags = SA_RESTART;
  sigemptyset(&action.sa_mask);
  for (const int signal : {SIGINT, SIGTERM}) sigaction(signal, &action, nullptr);
}

int pending_signal() { return first_signal; }

SignalWatch::SignalWatch(std::chrono::milliseconds grace, std::function<void(int)> last_words)
    : thread_([this, grace, last_words = std::move(last_words)] {
        using Clock = std::chrono::steady_clock;
        Clock::time_point deadline = Clock::time_point::max();
        std::unique_lock<std::mutex> lock(mutex_);
        while (!changed_.wait_for(lock, std::chrono::milliseconds(20), [this] { return over_; })) {
          const int signal = pending_signal();
          if (signal == 0) continue;
          if (deadline == Clock::time_point::max()) deadline = Clock::now() + grace;
          if (Clock::now() < deadline) continue;
          last_words(signal);
          _exit(128 + signal);
        }
      }) {}

SignalWatch::~SignalWatch() {
  {
    const std::lock_guard<std::mutex> lock(mutex_);
    over_ = true;
  }
  changed_.notify_one();
  thread_.join();
}

}  // namespace infoplane
