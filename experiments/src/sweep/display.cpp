#include "sweep/display.hpp"

#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include <infoplane/error.hpp>

#include "text/progress_bar.hpp"
#include "text/standard_streams.hpp"

namespace infoplane::experiments {
namespace {

constexpr int kWidth = 30;
constexpr const char* kClearLine = "\r\x1b[K";

std::size_t terminal_columns() {
  winsize size{};
  return ioctl(STDERR_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0 ? size.ws_col : 80;
}

double seconds_since(std::chrono::steady_clock::time_point start) {
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

}  // namespace

SweepDisplay::SweepDisplay(std::string sweep, std::vector<Task> tasks)
    : terminal_(isatty(STDERR_FILENO) != 0), sweep_(std::move(sweep)) {
  for (Task& task : tasks) rows_.push_back({std::move(task), State::waiting, -1, 0, {}});
}

void SweepDisplay::started(std::size_t i) {
  rows_[i].state = State::running;
  rows_[i].started = Clock::now();
  draw();
}

void SweepDisplay::advanced(std::size_t i, double done) {
  rows_[i].done = done;
  if (rows_[i].before < 0) rows_[i].before = done;
  if (Clock::now() - drawn_ >= std::chrono::milliseconds(100)) draw();
}

void SweepDisplay::ended(std::size_t i, const std::string& failure) {
  Row& row = rows_[i];
  row.state = failure.empty() ? State::finished : State::failed;
  row.done = 1;
  announce(i,
           failure.empty() ? "finished in " + clock_text(seconds_since(row.started)) : "failed: " + printable(failure));
}

void SweepDisplay::interrupted(std::size_t i) {
  rows_[i].state = State::waiting;
  announce(i, "interrupted");
}

void SweepDisplay::warned(const std::string& line) {
  print_stderr("{}{}\n", terminal_ ? kClearLine : "", printable(line));
  draw();
}

void SweepDisplay::end() {
  if (terminal_) print_stderr("{}", kClearLine);
}

void SweepDisplay::announce(std::size_t i, const std::string& how) {
  print_stderr("{}{}: {} of {}: {} {}\n", terminal_ ? kClearLine : "", sweep_,
               count(State::finished) + count(State::failed), rows_.size(), rows_[i].task.name, how);
  draw();
}

void SweepDisplay::draw() {
  if (!terminal_) return;
  drawn_ = Clock::now();
  print_stderr("{}{}", kClearLine, bar().substr(0, terminal_columns() - 1));
}

std::string SweepDisplay::bar() const {
  double all = 0, done = 0, now = 0;  // now: work done since this sweep started
  std::string running;
  for (const Row& row : rows_) {
    all += row.task.work;
    done += row.task.work * row.done;
    now += row.task.work * (row.done - std::max(0.0, row.before));
    if (row.state == State::running) running += fmt::format(", {} {:.0f}%", row.task.name, 100 * row.done);
  }
  const double part = all > 0 ? done / all : 1;
  const std::string left =
      now > 0 ? fmt::format(", {} left", clock_text(seconds_since(started_) * (all - done) / now)) : "";
  const std::size_t failed = count(State::failed);
  const std::string failures = failed > 0 ? fmt::format(", {} failed", failed) : "";
  const int filled = static_cast<int>(kWidth * part);
  return fmt::format("[{:=<{}}{: <{}}] {:3.0f}%  {} of {}{}{}{}", "", filled, "", kWidth - filled, 100 * part,
                     count(State::finished) + failed, rows_.size(), failures, left, running);
}

std::size_t SweepDisplay::count(State state) const {
  return std::count_if(rows_.begin(), rows_.end(), [state](const Row& row) { return row.state == state; });
}

}  // namespace infoplane::experiments
