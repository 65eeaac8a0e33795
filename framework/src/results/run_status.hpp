#pragma once

#include <optional>
#include <string>

namespace infoplane {

/// The status of a run, in its provenance.json or, for the last two, found by looking at its folder.
enum class RunStatus {
  running,
  finished,
  failed,
  interrupted,
  waiting,   ///< its folder was made by a sweep, it has not started
  estimate,  ///< written by `infoplane estimate`
  killed,    ///< "running" in its provenance, but no process writes it
  damaged    ///< a file is missing or unreadable, or its tables were modified
};

/// "running", "finished", ...
std::string status_name(RunStatus status);

/// The status with this name.
std::optional<RunStatus> find_status(const std::string& name);

}  // namespace infoplane
