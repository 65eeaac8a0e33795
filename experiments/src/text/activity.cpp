#include "text/activity.hpp"

#include <unistd.h>

#include <system_error>

#include <fmt/format.h>

#include <infoplane/error.hpp>

#include "text/standard_streams.hpp"

namespace infoplane::experiments {
namespace {

using std::chrono::seconds;

}  // namespace

Activity::Activity() : terminal_(isatty(STDERR_FILENO) != 0) {}

Activity::~Activity() {
  {
    const std::lock_guard<std::mutex> lock(mutex_);
    over_ = true;
    clear();
  }
  changed_.notify_all();
  if (thread_.joinable()) thread_.join();
}

void Activity::begin(const std::string& what) {
  const std::lock_guard<std::mutex> lock(mutex_);
  clear();
  what_ = what;
  began_ = std::chrono::steady_clock::now();
  shown_ = 0;
  if (what_.empty() || thread_.joinable()) return;
  try {
    thread_ = std::thread([this] { watch(); });
  } catch (const std::system_error&) {  // nobody is told, and the work is done
  }
}

void Activity::clear() {
  if (terminal_ && shown_ > 0) print_stderr("\r\x1b[K");
}

void Activity::watch() {
  std::unique_lock<std::mutex> lock(mutex_);
  while (!changed_.wait_for(lock, std::chrono::milliseconds(500), [this] { return over_; })) {
    const auto next = terminal_ ? seconds(2 + shown_) : seconds(5 + 10 * shown_);
    const auto so_far = std::chrono::steady_clock::now() - began_;
    if (what_.empty() || so_far < next) continue;
    ++shown_;
    print_stderr("{}{}: {} s{}", terminal_ ? "\r" : "", printable(what_),
                 std::chrono::duration_cast<seconds>(so_far).count(), terminal_ ? "\x1b[K" : "\n");
  }
}

}  // namespace infoplane::experiments
