#include "commands/standard_streams.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <iostream>
#include <streambuf>
#include <system_error>

#include <infoplane/error.hpp>

namespace infoplane::experiments {
namespace {

// Writes all of the text; gives errno where it cannot, else 0.
int write_all(int stream, const char* text, std::size_t count) {
  while (count > 0) {
    const ssize_t written = write(stream, text, count);
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return errno;
    text += written;
    count -= static_cast<std::size_t>(written);
  }
  return 0;
}

// What std::cout writes to: it remembers the reason of the first write that failed, and takes no more after it.
class StandardOutput : public std::streambuf {
 public:
  int error() const { return error_; }

 protected:
  int_type overflow(int_type c) override {
    if (traits_type::eq_int_type(c, traits_type::eof())) return traits_type::not_eof(c);
    const char one = traits_type::to_char_type(c);
    return xsputn(&one, 1) == 1 ? c : traits_type::eof();
  }
  std::streamsize xsputn(const char* text, std::streamsize count) override {
    unwritten_.append(text, static_cast<std::size_t>(count));
    return unwritten_.size() < kMost || sync() == 0 ? count : 0;
  }
  int sync() override {
    if (error_ == 0) error_ = write_all(STDOUT_FILENO, unwritten_.data(), unwritten_.size());
    unwritten_.clear();
    return error_ == 0 ? 0 : -1;
  }

 private:
  static constexpr std::size_t kMost = 1 << 16;
  std::string unwritten_;
  int error_ = 0;
};

// Never destroyed: std::cout is flushed when all else is over.
StandardOutput& standard_output() {
  static StandardOutput& output = *new StandardOutput;
  return output;
}

}  // namespace

void open_standard_streams() {
  for (const int stream : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}) {
    if (fcntl(stream, F_GETFD) >= 0) continue;
    // The lowest closed descriptor, which is this one; reading it fails, and so does writing to the others.
    const int opened = open("/dev/null", stream == STDIN_FILENO ? O_WRONLY : O_RDONLY);
    if (opened >= 0 && opened != stream) close(opened);
  }
  std::signal(SIGPIPE, SIG_IGN);
  std::signal(SIGXFSZ, SIG_IGN);
  std::cout.rdbuf(&standard_output());
}

void tell_text(const std::string& text) noexcept { write_all(STDERR_FILENO, text.data(), text.size()); }

void require_printed() {
  std::cout.flush();
  const int error = standard_output().error();
  if (error == EPIPE) throw PipeClosed();
  if (error != 0) throw Error("standard output: cannot write: " + std::system_category().message(error));
}

}  // namespace infoplane::experiments
