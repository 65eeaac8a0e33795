#include "sweep/children.hpp"

#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <list>
#include <memory>

#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/read_until.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/streambuf.hpp>
#include <boost/process/args.hpp>
#include <boost/process/async.hpp>
#include <boost/process/async_pipe.hpp>
#include <boost/process/child.hpp>
#include <boost/process/exe.hpp>
#include <boost/process/extend.hpp>
#include <boost/process/io.hpp>
#include <fmt/format.h>

#include "base/child_process.hpp"
#include "base/interruption.hpp"

namespace infoplane::experiments {
namespace {

namespace asio = boost::asio;
namespace bp = boost::process;

constexpr const char* kThisProgram = "/proc/self/exe";

// The reason in a wait status, "" for success.
std::string reason_in(int status) {
  if (WIFSIGNALED(status)) return fmt::format("killed by signal {}", WTERMSIG(status));
  return WEXITSTATUS(status) == 0 ? "" : fmt::format("exit status {}", WEXITSTATUS(status));
}

// Gracefully, or before it handled signals; not necessarily by the signal that this process got first.
bool ended_by(const std::vector<int>& signals, int status) {
  const int signal = WIFSIGNALED(status) ? WTERMSIG(status) : WEXITSTATUS(status) - 128;
  return std::find(signals.begin(), signals.end(), signal) != signals.end();
}

// A child process; it has ended once it has exited and its standard error has been read to the end.
struct Process {
  Process(asio::io_context& context, std::size_t index) : index(index), error(context) {}

  std::size_t index;
  bp::async_pipe error;
  asio::streambuf unread;
  bp::child child;
  bool exited = false;
  bool read = false;  // to the end
};

class Pool {
 public:
  Pool(std::size_t count, std::size_t at_once, Children& children)
      : count_(count),
        at_once_(at_once),
        children_(children),
        handled_(handled_signals()),
        signals_(context_, SIGTSTP) {
    for (const int signal : handled_) signals_.add(signal);
  }

  int run() {
    await_signal();
    start_more();
    context_.run();
    return signal_;
  }

 private:
  void start_more() {
    while (signal_ == 0 && next_ < count_ && running_.size() < at_once_) start(next_++);
    if (running_.empty() && (signal_ != 0 || next_ == count_)) signals_.cancel();
  }

  void start(std::size_t i) {
    auto process = std::make_shared<Process>(context_, i);
    try {
      // Only system calls are allowed between fork and exec: this process has threads.
      const auto detach = [parent = getpid()](auto&) {
        setpgid(0, 0);
        prctl(PR_SET_PDEATHSIG, SIGTERM);
        if (getppid() != parent) _exit(128 + SIGTERM);
      };
      const std::vector<std::string> arguments = children_.start(i);
      std::error_code refused;
      process->child = bp::child(
          bp::exe = kThisProgram, bp::args = arguments, bp::std_in<bp::null, bp::std_out> bp::null,
          bp::std_err > process->error, context_, bp::extend::on_exec_setup = detach,
          bp::on_exit =
              [this, process](int, const std::error_code&) {
                process->exited = true;
                // Later: Boost is iterating over its list of children, to which close() may add.
                asio::post(context_, [this, process] { close(process); });
              },
          refused);
      require_child(process->child.id(), "cannot start a process", refused);
    } catch (const std::exception& error) {
      return children_.ended(i, error.what());
    }
    running_.push_back(process);
    read(process);
  }

  void read(const std::shared_ptr<Process>& process) {
    asio::async_read_until(process->error, process->unread, '\n', [this, process](auto error, std::size_t bytes) {
      if (error) {
        process->read = true;
        return close(process);
      }
      const auto begin = asio::buffers_begin(process->unread.data());
      children_.wrote(process->index, std::string(begin, begin + static_cast<std::ptrdiff_t>(bytes) - 1));
      process->unread.consume(bytes);
      read(process);
    });
  }

  void close(const std::shared_ptr<Process>& process) {
    if (!process->exited || !process->read) return;
    running_.remove(process);
    const int status = process->child.native_exit_code();
    if (signal_ != 0 && ended_by(handled_, status)) {
      children_.interrupted(process->index);
    } else {
      children_.ended(process->index, reason_in(status));
    }
    start_more();
  }

  void pass_on(int signal) {
    for (const auto& process : running_) {
      if (!process->exited) send_signal(process->child.id(), signal);
    }
  }

  void await_signal() {
    signals_.async_wait([this](auto error, int signal) {
      if (error) return;
      if (signal == SIGTSTP) {
        pass_on(SIGSTOP);
        raise(SIGSTOP);  // until SIGCONT
        pass_on(SIGCONT);
        return await_signal();
      }
      if (signal_ == 0) signal_ = signal;
      pass_on(signal);
      pass_on(SIGCONT);  // a stopped one would not receive it
      await_signal();
      start_more();
    });
  }

  asio::io_context context_;
  std::size_t count_;
  std::size_t at_once_;
  Children& children_;
  std::vector<int> handled_;
  asio::signal_set signals_;
  std::list<std::shared_ptr<Process>> running_;
  std::size_t next_ = 0;
  int signal_ = 0;
};

}  // namespace

int run_children(std::size_t count, std::size_t at_once, Children& children) {
  return Pool(count, at_once, children).run();
}

}  // namespace infoplane::experiments
