#pragma once

#include <cstdint>
#include <string>

#include <infoplane/record.hpp>

namespace infoplane {

/// Progress reports of a run; the library itself prints nothing. Calls come from one thread at a time, and should not
/// throw: an exception fails the run.
class Progress {
 public:
  virtual ~Progress() = default;
  /// `first` is the epoch at which a resumed run continues, else 0.
  virtual void begin(const std::string& /*experiment*/, std::int64_t /*first*/, std::int64_t /*epochs*/,
                     std::int64_t /*replicas*/) {}
  /// Before begin: what the run is expected to take, in seconds and bytes of memory.
  virtual void expected(const std::string& /*experiment*/, double /*seconds*/, double /*bytes*/) {}
  /// What is being done that is not training: "preparing 50 replicas", "estimating ksg of L3", "drawing
  /// information_plane"; "" when it is over.
  virtual void working(const std::string& /*what*/) {}
  /// Before begin: a warning of check(), or why the numbers may differ from those of an uninterrupted run.
  virtual void warned(const std::string& /*message*/) {}
  /// After every epoch of the first thread's replicas.
  virtual void trained(std::int64_t /*epoch*/) {}
  /// After every observed epoch: means over replicas, on the test split.
  virtual void observed(std::int64_t /*epoch*/, double /*loss*/, double /*accuracy*/) {}
  virtual void end() {}
  /// After end, for each claim.
  virtual void evaluated(const ClaimRecord& /*claim*/) {}
  /// Instead of all other calls: the run had already finished.
  virtual void finished_before(const std::string& /*folder*/) {}
  /// The last call before a signal ends the process; from another thread.
  virtual void interrupted(const std::string& /*message*/) {}
};

}  // namespace infoplane
