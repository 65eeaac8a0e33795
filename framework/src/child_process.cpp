#include <infoplane/child_process.hpp>

#include <csignal>
#include <stdexcept>

#include <fmt/format.h>

namespace infoplane {

void send_signal(pid_t child, int signal) {
  if (child < 1) throw std::logic_error(fmt::format("no process has the number {}", child));
  kill(child, signal);
}

}  // namespace infoplane
