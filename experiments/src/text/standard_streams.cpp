#include "text/standard_streams.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <iostream>
#include <streambuf>
#include <system_error>
#include <utility>

#include <infoplane/error.hpp>

namespace infoplane::experiments {

// Forwards the output of std::cout, and keeps the error of the first failed write.
class StandardStreams::Output : public std::streambuf {
 public:
  explicit Output(std::streambuf* next) : next_(next) {}

  std::streambuf* next() const { return next_; }
  int error() const { return error_; }

 protected:
  int_type overflow(int_type c) override {
    if (traits_type::eq_int_type(c, traits_type::eof())) return traits_type::not_eof(c);
    const char one = traits_type::to_char_type(c);
    return xsputn(&one, 1) == 1 ? c : traits_type::eof();
  }
  std::streamsize xsputn(const char* text, std::streamsize count) override {
    errno = 0;
    const std::streamsize written = next_->sputn(text, count);
    keep(written == count);
    return written;
  }
  int sync() override {
    errno = 0;
    const int result = next_->pubsync();
    keep(result == 0);
    return result;
  }

 private:
  void keep(bool done) {
    if (!done && error_ == 0) error_ = errno != 0 ? errno : EIO;
  }

  std::streambuf* next_;
  int error_ = 0;
};

StandardStreams::Output* StandardStreams::output_ = nullptr;

StandardStreams::StandardStreams() : before_(output_) {
  for (const int stream : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}) {
    if (fcntl(stream, F_GETFD) >= 0) continue;
    // Gets the lowest closed descriptor, this one; reading stdin and writing to the others will fail.
    const int opened = open("/dev/null", stream == STDIN_FILENO ? O_WRONLY : O_RDONLY);
    if (opened >= 0 && opened != stream) close(opened);
  }
  std::signal(SIGPIPE, SIG_IGN);
  std::signal(SIGXFSZ, SIG_IGN);
  output_ = new Output(std::cout.rdbuf());
  std::cout.rdbuf(output_);
}

StandardStreams::~StandardStreams() {
  std::cout.rdbuf(output_->next());
  delete std::exchange(output_, before_);
}

void StandardStreams::require_printed() {
  std::cout.flush();
  if (output_ == nullptr || output_->error() == 0) return;
  if (output_->error() == EPIPE) throw PipeClosed();
  throw Error("standard output: cannot write: " + std::system_category().message(output_->error()));
}

void write_stderr(const std::string& text) noexcept {
  try {
    std::cerr << text << std::flush;
    std::cerr.clear();
  } catch (...) {  // if a program has enabled exceptions of its streams
  }
}

}  // namespace infoplane::experiments
