#pragma once

#include <string>
#include <utility>

#include <fmt/format.h>

namespace infoplane::experiments {

/// The reader of standard output has closed it, as `head` does: further output is pointless.
struct PipeClosed {};

/// During its lifetime, no failure of a stream ends the process or goes unnoticed. Opens closed descriptors 0, 1 and 2
/// before anything else is opened, since the next file would get their number and receive printed text; reading and
/// writing their replacements fails. A closed pipe, and a file at its size limit, are write errors instead of signals.
/// The first write error of std::cout is kept for require_printed().
class StandardStreams {
 public:
  StandardStreams();
  ~StandardStreams();
  StandardStreams(const StandardStreams&) = delete;
  StandardStreams& operator=(const StandardStreams&) = delete;

  /// Flushes standard output. Throws PipeClosed, and Error "standard output: cannot write: REASON": a full disk shows
  /// only here.
  static void require_printed();

 private:
  class Output;
  static Output* output_;  // of the most recent instance
  Output* before_;
};

/// Writes the text to standard error and ignores failures, so that they never end a run.
void write_stderr(const std::string& text) noexcept;

/// Formats the text with fmt::format and writes it to standard error.
template <class... Arguments>
void print_stderr(fmt::format_string<Arguments...> format, Arguments&&... arguments) {
  write_stderr(fmt::format(format, std::forward<Arguments>(arguments)...));
}

/// The start of a line with a warning.
inline constexpr const char* kWarning = "warning: ";

}  // namespace infoplane::experiments
