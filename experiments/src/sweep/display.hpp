#pragma once

#include <chrono>
#include <cstddef>
#include <string>
#include <vector>

namespace infoplane::experiments {

/// A run, or a shard of one.
struct Task {
  std::string name;
  double work = 1;  ///< in any unit, the same for all
};

/// Shows the progress of a sweep's tasks on stderr: a line for each that has ended and, on a terminal, a progress bar
/// of all below, redrawn at most ten times a second.
class SweepDisplay {
 public:
  SweepDisplay(std::string sweep, std::vector<Task> tasks);

  void started(std::size_t i);
  void advanced(std::size_t i, double done);              ///< 0 to 1; first the part done before this sweep
  void ended(std::size_t i, const std::string& failure);  ///< "" for none
  void interrupted(std::size_t i);
  void warned(const std::string& line);

  /// Removes the bar.
  void end();

 private:
  using Clock = std::chrono::steady_clock;
  enum class State { waiting, running, finished, failed };
  struct Row {
    Task task;
    State state = State::waiting;
    double before = -1;  // done when it started; negative: unknown
    double done = 0;
    Clock::time_point started;
  };

  void announce(std::size_t i, const std::string& how);
  void draw();
  std::string bar() const;
  std::size_t count(State state) const;

  bool terminal_;
  std::string sweep_;
  std::vector<Row> rows_;
  Clock::time_point started_ = Clock::now();
  Clock::time_point drawn_;
};

}  // namespace infoplane::experiments
