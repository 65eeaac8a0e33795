#pragma once

#include <chrono>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <thread>

namespace infoplane {

/// While it lives: where a pending signal has not led to its end within `grace`, calls `last_words` with the signal, on
/// a thread of its own, and ends the process with the status 128 + signal, also where they throw.
class SignalWatch {
 public:
  /// Throws Error where the system has no thread for it.
  SignalWatch(std::chrono::milliseconds grace, std::function<void(int signal)> last_words);
  ~SignalWatch();
  SignalWatch(const SignalWatch&) = delete;
  SignalWatch& operator=(const SignalWatch&) = delete;

 private:
  void watch(std::chrono::milliseconds grace, const std::function<void(int signal)>& last_words);

  std::mutex mutex_;
  std::condition_variable changed_;
  bool over_ = false;
  std::thread thread_;
};

}  // namespace infoplane
