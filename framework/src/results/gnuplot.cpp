#include "results/gnuplot.hpp"

#include <fcntl.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <sstream>
#include <system_error>
#include <thread>

#include <fmt/format.h>

#include <infoplane/figure.hpp>

#include "base/child_process.hpp"
#include "base/file.hpp"
#include "base/interruption.hpp"

extern char** environ;

namespace infoplane {
namespace {

namespace fs = std::filesystem;

using Clock = std::chrono::steady_clock;

// Where the shell would find it.
fs::path gnuplot_path() {
  const char* folders = std::getenv("PATH");
  std::istringstream list(folders != nullptr ? folders : "");
  for (std::string folder; std::getline(list, folder, ':');) {
    const fs::path file = fs::path(folder.empty() ? "." : folder) / "gnuplot";
    std::error_code ignored;
    if (access(file.c_str(), X_OK) == 0 && fs::is_regular_file(file, ignored)) return fs::absolute(file);
  }
  throw UsageError("gnuplot is not installed: figures need it (Debian: apt install gnuplot-nox)");
}

// The text as one line of at most `longest` bytes.
std::string one_line(const std::string& text) {
  constexpr std::size_t longest = 1000;
  std::istringstream words(text);
  std::string line;
  for (std::string word; words >> word && line.size() < longest;) line += (line.empty() ? "" : " ") + word;
  return line;
}

// Takes the place of the child, which shares the parent's memory: nothing but system calls.
[[noreturn]] void become_gnuplot(const char* program, const char* script, const char* folder, pid_t parent) {
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  if (getppid() != parent) _exit(128 + SIGKILL);
  const int nothing = open("/dev/null", O_RDONLY);
  const bool in_place = chdir(folder) == 0;
  const int messages = open("messages", O_WRONLY | O_CREAT | O_APPEND, 0666);
  const char* const arguments[] = {"gnuplot", "--default-settings", script, nullptr};
  if (in_place && dup2(nothing, 0) == 0 && dup2(messages, 1) == 1 && dup2(messages, 2) == 2) {
    execve(program, const_cast<char**>(arguments), environ);
  }
  _exit(127);
}

// Why the child must be ended, "" where it has ended with `status`. Where this process ignores SIGCHLD the system keeps
// none: missing pictures will show it.
std::string await(pid_t child, int& status, std::chrono::duration<double> longest) {
  const auto begun = Clock::now();
  while (true) {
    const pid_t ended = waitpid(child, &status, WNOHANG);
    if (ended == child || (ended < 0 && errno == ECHILD)) return "";
    if (pending_signal() != 0) return "interrupted";
    if (Clock::now() - begun > longest) return fmt::format("it took longer than {:g} s", longest.count());
    std::this_thread::sleep_for(std::chrono::milliseconds(2));
  }
}

}  // namespace

void require_gnuplot() { gnuplot_path(); }

std::string run_gnuplot(const fs::path& folder, const std::string& script, std::chrono::duration<double> longest) {
  const std::string program = gnuplot_path().string(), place = folder.string();
  const pid_t parent = getpid();
  const pid_t child = vfork();  // a copy of a large process may not find room
  if (child == 0) become_gnuplot(program.c_str(), script.c_str(), place.c_str(), parent);
  if (child < 0) return "cannot start: " + std::system_category().message(errno);
  int status = 0;
  const std::string reason = await(child, status, longest);
  if (!reason.empty()) {
    send_signal(child, SIGKILL);
    while (waitpid(child, nullptr, 0) < 0 && errno == EINTR) continue;
    return reason;
  }
  if (WIFSIGNALED(status)) return fmt::format("killed by signal {}", WTERMSIG(status));
  if (status == 0) return "";
  const std::string message = one_line(first_bytes(folder / "messages", 1 << 16));
  return message.empty() ? fmt::format("exit status {}", WEXITSTATUS(status)) : message;
}

}  // namespace infoplane
