#pragma once

#include <string>
#include <vector>

#include <infoplane/error.hpp>

namespace infoplane {

/// SIGINT and SIGTERM, and SIGHUP unless it is ignored, as under nohup.
std::vector<int> handled_signals();

/// Installs handlers: handled_signals() request a graceful stop. A second one ends the process immediately, with the
/// status 128 + signal, unless it comes within half a second of the first: `timeout`, terminals and cgroups send each
/// signal twice. Must be called again after other code has replaced the handlers.
void install_signal_handlers();

/// The first such signal so far; 0 for none.
int pending_signal();

/// A run ended because of a signal; its folder has a checkpoint.
class Interrupted : public Error {
 public:
  Interrupted(const std::string& message, int signal) : Error(message), signal(signal) {}

  int signal;
};

/// Throws Interrupted with this message if there has been such a signal.
void stop_at_signal(const std::string& message);

}  // namespace infoplane
