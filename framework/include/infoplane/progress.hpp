#pragma once

#include <cstdint>
#include <string>

#include <infoplane/record.hpp>

namespace infoplane {

/// What a run tells while it goes on. The library prints nothing itself. Calls come from one thread at a time, and
/// should not throw: a run fails by what they throw.
class Progress {
 public:
  virtual ~Progress() = default;
  /// `first` is the epoch that a resumed run goes on from, else 0.
  virtual void begin(const std::string& /*experiment*/, std::int64_t /*first*/, std::int64_t /*epochs*/,
                     std::int64_t /*replicas*/) {}
  /// Before the beginning: what may make the numbers differ from those of a run that was never stopped.
  virtual void warned(const std::string& /*message*/) {}
  /// After every epoch of the first thread's replicas.
  virtual void trained(std::int64_t /*epoch*/) {}
  /// After every observed epoch: means over replicas, on the test split.
  virtual void observed(std::int64_t /*epoch*/, double /*loss_nats*/, double /*accuracy*/) {}
  virtual void end() {}
  /// After the end, for each claim.
  virtual void evaluated(const ClaimRecord& /*claim*/) {}
  /// Instead of everything else: the run had finished before.
  virtual void finished_before(const std::string& /*folder*/) {}
  /// The last call before the process ends, because of a signal; from another thread.
  virtual void interrupted(const std::string& /*message*/) {}
};

}  // namespace infoplane
