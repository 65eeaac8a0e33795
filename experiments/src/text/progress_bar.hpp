#pragma once

#include <chrono>
#include <string>

#include <infoplane/progress.hpp>

#include "text/activity.hpp"

namespace infoplane::experiments {

/// "1:02:03", or "2:03" below an hour.
std::string clock_text(double seconds);

/// "expected to take about 3 min and 120 MB of memory".
std::string expectation(double seconds, double bytes);

/// Shows a run's progress on stderr: on a terminal, a bar with rate and remaining time, redrawn at most ten times a
/// second; otherwise a plain line at each tenth of the epochs. What takes long besides the training has a line as in
/// Activity. At the end, a line for each claim.
class ProgressBar : public Progress {
 public:
  ProgressBar();

  void expected(const std::string& experiment, double seconds, double bytes) override;
  void working(const std::string& what) override { activity_.begin(what); }
  void begin(const std::string& experiment, std::int64_t first, std::int64_t epochs, std::int64_t replicas) override;
  void warned(const std::string& message) override;
  void trained(std::int64_t epoch) override;
  void observed(std::int64_t epoch, double loss, double accuracy) override;
  void end() override;
  void evaluated(const ClaimRecord& claim) override;
  void finished_before(const std::string& folder) override;
  void interrupted(const std::string& message) override;

 private:
  using Clock = std::chrono::steady_clock;

  void draw(std::int64_t epoch);
  std::string rate_and_remaining(std::int64_t epoch) const;

  bool terminal_;
  Activity activity_;
  std::string experiment_;
  std::int64_t first_ = 0;
  std::int64_t epochs_ = 0;
  std::int64_t printed_tenths_ = -1;
  std::string state_;  ///< loss and accuracy at the last observed epoch
  Clock::time_point started_;
  Clock::time_point drawn_;
};

}  // namespace infoplane::experiments
