#pragma once

#include <chrono>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <thread>

namespace infoplane {

/// If this is not destroyed within `grace` after a signal, calls `on_timeout` with the signal, on a separate thread,
/// and ends the process with the status 128 + signal, even if that throws.
class SignalWatch {
 public:
  /// Throws Error if the system cannot start the thread.
  SignalWatch(std::chrono::milliseconds grace, std::function<void(int signal)> on_timeout);
  ~SignalWatch();
  SignalWatch(const SignalWatch&) = delete;
  SignalWatch& operator=(const SignalWatch&) = delete;

 private:
  void watch(std::chrono::milliseconds grace, const std::function<void(int signal)>& on_timeout);

  std::mutex mutex_;
  std::condition_variable changed_;
  bool over_ = false;
  std::thread thread_;
};

}  // namespace infoplane
