#pragma once

#include <sys/types.h>

#include <string>
#include <system_error>

namespace infoplane {

/// Sends a signal to a child process that has not been waited for; one that has ended by itself meanwhile is no error.
/// Nothing else here calls kill(2), which takes 0 and negative numbers for groups of processes and -1 for all of the
/// user's: throws std::logic_error for a number below 1.
void send_signal(pid_t child, int signal);

/// Throws Error "WHAT: REASON" for a number below 1, as Boost.Process gives it without a word to a child that could not
/// be forked.
void require_child(pid_t child, const std::string& what, const std::error_code& reason);

}  // namespace infoplane
