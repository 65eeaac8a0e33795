#pragma once

#include <sys/types.h>

#include <string>
#include <system_error>

namespace infoplane {

/// Sends a signal to a child process that has not been waited for; it is not an error if the child has already ended.
/// The only caller of kill(2), for which 0 and negative numbers are process groups and -1 is all of the user's
/// processes: throws std::logic_error for a number below 1.
void send_signal(pid_t child, int signal);

/// Throws Error "WHAT: REASON" for a number below 1, which Boost.Process silently returns if a fork fails.
void require_child(pid_t child, const std::string& what, const std::error_code& reason);

}  // namespace infoplane
