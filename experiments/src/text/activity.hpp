#pragma once

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <string>
#include <thread>

namespace infoplane::experiments {

/// Says on stderr what takes long, so that no command is silent for minutes: "estimating ksg of L3: 15 s". On a
/// terminal a line that is redrawn every second, from 2 s on, and removed at the end; otherwise a line after 5 s, and
/// one every 10 s then. Calls may come from different threads.
class Activity {
 public:
  Activity();
  ~Activity();
  Activity(const Activity&) = delete;
  Activity& operator=(const Activity&) = delete;

  /// Something else begins; "" if nothing does.
  void begin(const std::string& what);
  void end() { begin(""); }

 private:
  void watch();
  void clear();

  const bool terminal_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::string what_;
  std::chrono::steady_clock::time_point began_;
  int shown_ = 0;  // how often, of this work
  bool over_ = false;
  std::thread thread_;
};

}  // namespace infoplane::experiments
