#pragma once

#include <string>
#include <vector>

#include <infoplane/error.hpp>

namespace infoplane {

/// SIGINT and SIGTERM, and SIGHUP unless it is ignored, as under nohup.
std::vector<int> handled_signals();

/// Takes handled_signals() as a wish that runs end soon and in order. One more ends the process at once, with the
/// status 128 + signal, unless it comes within half a second of the first: `timeout`, terminals and cgroups send a wish
/// twice. Called again after something else has taken the signals in between.
void install_signal_handlers();

/// The first such signal so far; 0 for none.
int pending_signal();

/// A run ended because of a signal; its folder holds a checkpoint.
class Interrupted : public Error {
 public:
  Interrupted(const std::string& message, int signal) : Error(message), signal(signal) {}

  int signal;
};

/// Throws Interrupted with this message where there has been such a signal.
void stop_at_signal(const std::string& message);

}  // namespace infoplane
