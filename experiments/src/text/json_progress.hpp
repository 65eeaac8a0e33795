#pragma once

#include <chrono>

#include <infoplane/progress.hpp>

namespace infoplane::experiments {

/// Tells how a run goes on to a program, on stderr: lines {"epoch":12,"epochs":100}, at most ten a second and one for
/// every observed epoch; warnings and the last words as they are.
class JsonProgress : public Progress {
 public:
  void begin(const std::string& experiment, std::int64_t first, std::int64_t epochs, std::int64_t replicas) override;
  void warned(const std::string& message) override;
  void trained(std::int64_t epoch) override;
  void observed(std::int64_t epoch, double loss_nats, double accuracy) override;
  void interrupted(const std::string& message) override;

 private:
  void report(std::int64_t epoch);

  std::int64_t epochs_ = 0;
  std::chrono::steady_clock::time_point told_;
};

/// How much of a run such a line says is done, from 0 to 1; negative for any other line.
double done_in(const std::string& line);

}  // namespace infoplane::experiments
