#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace infoplane::experiments {

/// Events of child processes, numbered from 0, called by run_children in its thread.
class Children {
 public:
  virtual ~Children() = default;

  /// The i-th starts: returns its arguments. An Error that this throws ends the child, with its text as the reason.
  virtual std::vector<std::string> start(std::size_t i) = 0;

  /// It wrote a line to its standard error.
  virtual void wrote(std::size_t i, const std::string& line) = 0;

  /// It ended: `reason` is empty for exit status 0, else "exit status 1", "killed by signal 9" or why it could not
  /// start.
  virtual void ended(std::size_t i, const std::string& reason) = 0;

  /// It ended because of the signal that was passed on to it.
  virtual void interrupted(std::size_t i) = 0;
};

/// Runs this program `count` times, `at_once` at a time, and returns 0 when all have ended. After one of
/// handled_signals(), passes it on to all children, also to stopped ones, starts no more, and returns that signal when
/// they have ended. SIGTSTP stops the children and this process until SIGCONT. Each child has its own process group, so
/// that Ctrl-C reaches it only through this process, and gets SIGTERM when this process dies.
int run_children(std::size_t count, std::size_t at_once, Children& children);

}  // namespace infoplane::experiments
