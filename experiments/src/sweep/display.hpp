#pragma once

#include <chrono>
#include <cstddef>
#include <string>
#include <vector>

namespace infoplane::experiments {

/// Something that takes its time: a run, or a shard of one.
struct Task {
  std::string name;
  double work = 1;  ///< in the same unit for all
};

/// Tells on stderr how a sweep's tasks go on: a line for each that has ended, and on a terminal below them a bar of
/// all, redrawn ten times a second at most.
class SweepDisplay {
 public:
  SweepDisplay(std::string sweep, std::vector<Task> tasks);

  void began(std::size_t i);
  void went_on(std::size_t i, double done);               ///< 0 to 1; the first time, what had been done before
  void ended(std::size_t i, const std::string& failure);  ///< "" for none
  void interrupted(std::size_t i);
  void warned(const std::string& line);

  /// Takes the bar away.
  void end();

 private:
  using Clock = std::chrono::steady_clock;
  enum class State { waiting, running, finished, failed };
  struct Row {
    Task task;
    State state = State::waiting;
    double before = -1;  // done when it began; negative: not told
    double done = 0;
    Clock::time_point begun;
  };

  void announce(std::size_t i, const std::string& how);
  void draw();
  std::string bar() const;
  std::size_t count(State state) const;

  bool terminal_;
  std::string sweep_;
  std::vector<Row> rows_;
  Clock::time_point begun_ = Clock::now();
  Clock::time_point drawn_;
};

}  // namespace infoplane::experiments
