#include "base/child_process.hpp"

#include <csignal>
#include <stdexcept>

#include <fmt/format.h>

#include <infoplane/error.hpp>

namespace infoplane {

void send_signal(pid_t child, int signal) {
  if (child < 1) throw std::logic_error(fmt::format("no process has the number {}", child));
  kill(child, signal);
}

void require_child(pid_t child, const std::string& what, const std::error_code& reason) {
  if (child < 1) throw Error(what + ": " + reason.message());
}

}  // namespace infoplane
