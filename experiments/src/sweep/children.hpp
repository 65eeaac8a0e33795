#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace infoplane::experiments {

/// What a number of child processes do, counted from 0, as run_children meets it. All calls come from its thread.
class Children {
 public:
  virtual ~Children() = default;

  /// The arguments of the i-th, which begins now. Throws Error where it cannot: it has then ended with that as the
  /// reason.
  virtual std::vector<std::string> begin(std::size_t i) = 0;

  /// A line that it wrote to its standard error.
  virtual void said(std::size_t i, const std::string& line) = 0;

  /// It exited with status 0 where `reason` is empty; else "exit status 1", "killed by signal 9", or why it could not
  /// begin.
  virtual void ended(std::size_t i, const std::string& reason) = 0;

  /// It exited because of the signal that was passed on to it.
  virtual void interrupted(std::size_t i) = 0;
};

/// Runs this very program `count` times, `at_once` at a time, until all have ended; 0 then. handled_signals() are
/// passed on to the children, also to stopped ones, no more begin, and when those have ended the first such signal is
/// returned. SIGTSTP stops them and this process, until SIGCONT. A child is in a process group of its own, so that a
/// terminal's Ctrl-C reaches it only through this process, and gets SIGTERM when this process dies.
int run_children(std::size_t count, std::size_t at_once, Children& children);

}  // namespace infoplane::experiments
