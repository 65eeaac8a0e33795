#pragma once

#include <chrono>

#include <infoplane/progress.hpp>

namespace infoplane::experiments {

/// Reports a run's progress to a program, on stderr: lines {"epoch":12,"epochs":100}, at most ten a second plus one for
/// every observed epoch; warnings and errors are plain lines.
class JsonProgress : public Progress {
 public:
  void begin(const std::string& experiment, std::int64_t first, std::int64_t epochs, std::int64_t replicas) override;
  void warned(const std::string& message) override;
  void trained(std::int64_t epoch) override;
  void observed(std::int64_t epoch, double loss, double accuracy) override;
  void interrupted(const std::string& message) override;

 private:
  void report(std::int64_t epoch);

  std::int64_t epochs_ = 0;
  std::chrono::steady_clock::time_point reported_;
};

/// The completed part of a run according to such a line, from 0 to 1; negative for any other line.
double completed_part(const std::string& line);

}  // namespace infoplane::experiments
