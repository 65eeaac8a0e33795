#include "text/progress_bar.hpp"

#include <unistd.h>

#include <fmt/format.h>

#include <infoplane/claim.hpp>
#include <infoplane/error.hpp>

#include "run/work.hpp"
#include "text/standard_streams.hpp"

namespace infoplane::experiments {
namespace {

constexpr int kWidth = 30;

}  // namespace

std::string expectation(double seconds, double bytes) {
  return fmt::format("expected to take {} and {} of memory", duration_text(seconds), memory_text(bytes));
}

std::string clock_text(double seconds) {
  const auto whole = static_cast<std::int64_t>(seconds + 0.5);
  if (whole >= 3600) return fmt::format("{}:{:02}:{:02}", whole / 3600, whole / 60 % 60, whole % 60);
  return fmt::format("{}:{:02}", whole / 60, whole % 60);
}

ProgressBar::ProgressBar() : terminal_(isatty(STDERR_FILENO) != 0) {}

void ProgressBar::begin(const std::string& experiment, std::int64_t first, std::int64_t epochs, std::int64_t replicas) {
  experiment_ = experiment;
  first_ = first;
  epochs_ = epochs;
  started_ = Clock::now();
  drawn_ = {};
  printed_tenths_ = -1;
  print_stderr("{}: {} epochs{}, {} {}\n", experiment, epochs,
               first > 0 ? fmt::format(", resumed after epoch {}", first) : "", replicas,
               replicas == 1 ? "replica" : "replicas");
}

void ProgressBar::expected(const std::string& experiment, double seconds, double bytes) {
  print_stderr("{}: {}\n", experiment, expectation(seconds, bytes));
}

void ProgressBar::warned(const std::string& message) { print_stderr("{}{}\n", kWarning, printable(message)); }

void ProgressBar::trained(std::int64_t epoch) {
  const auto now = Clock::now();
  if (!terminal_ || now - drawn_ < std::chrono::milliseconds(100)) return;
  drawn_ = now;
  draw(epoch);
}

void ProgressBar::observed(std::int64_t epoch, double loss, double accuracy) {
  state_ = fmt::format("test loss {:.4f}, accuracy {:.4f}", loss, accuracy);
  const std::int64_t tenths = 10 * epoch / epochs_;
  if (terminal_) {
    draw(epoch);
  } else if (tenths > printed_tenths_) {
    printed_tenths_ = tenths;
    print_stderr("{}: epoch {}/{}, {}, {}\n", experiment_, epoch, epochs_, rate_and_remaining(epoch), state_);
  }
}

void ProgressBar::end() {
  if (terminal_) print_stderr("\n");
}

void ProgressBar::evaluated(const ClaimRecord& claim) {
  print_stderr("{}: {}\n", experiment_, printable(claim_summary(claim)));
}

void ProgressBar::finished_before(const std::string& folder) {
  print_stderr("{}: already finished\n", printable(folder));
}

void ProgressBar::interrupted(const std::string& message) {
  print_stderr("{}{}\n", terminal_ ? "\n" : "", printable(message));
}

void ProgressBar::draw(std::int64_t epoch) {
  const auto filled = static_cast<int>(kWidth * epoch / epochs_);
  print_stderr("\r[{:=<{}}{: <{}}] {:3}%  epoch {}/{}, {}, {}\x1b[K", "", filled, "", kWidth - filled,
               100 * epoch / epochs_, epoch, epochs_, rate_and_remaining(epoch), state_);
}

std::string ProgressBar::rate_and_remaining(std::int64_t epoch) const {
  const double seconds = std::chrono::duration<double>(Clock::now() - started_).count();
  if (epoch <= first_ || seconds <= 0) return "0 epochs/s";
  const double rate = static_cast<double>(epoch - first_) / seconds;
  return fmt::format("{:.0f} epochs/s, {} left", rate, clock_text(static_cast<double>(epochs_ - epoch) / rate));
}

}  // namespace infoplane::experiments
