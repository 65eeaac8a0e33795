#pragma once

#include <infoplane/error.hpp>

namespace infoplane {

/// Takes SIGINT and SIGTERM as a wish that runs end soon and in order; a second one ends the process at once, with the
/// status 128 + signal. Called again after something else has taken them in between.
void heed_signals();

/// The first such signal so far; 0 for none.
int pending_signal();

/// A run ended because of a signal; its folder holds a checkpoint.
class Interrupted : public Error {
 public:
  Interrupted(const std::string& message, int signal) : Error(message), signal(signal) {}

  int signal;
};

}  // namespace infoplane
