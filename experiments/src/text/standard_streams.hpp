#pragma once

#include <string>
#include <utility>

#include <fmt/format.h>

namespace infoplane::experiments {

/// The reader of the standard output has closed it, as `head` does: there is nobody to tell more.
struct PipeClosed {};

/// While it lives, no stream's failure ends the process or is lost. It makes the descriptors 0, 1 and 2 safe before
/// anything else is opened: one that is closed would be given to the next file, and what is printed would go into a
/// run's tables; those put in the place of closed ones fail when they are used. A closed pipe, and a file that has
/// reached the limit of its size, are errors of the write, not signals. What std::cout could not write is kept for
/// require_printed().
class StandardStreams {
 public:
  StandardStreams();
  ~StandardStreams();
  StandardStreams(const StandardStreams&) = delete;
  StandardStreams& operator=(const StandardStreams&) = delete;

  /// Returns when all that was printed has been written. Throws PipeClosed, and Error "standard output: cannot write:
  /// REASON": a full disk behind it shows only here.
  static void require_printed();

 private:
  class Output;
  static Output* output_;  // of the one that lives, the last made
  Output* before_;
};

/// Writes the text to the standard error. What cannot be written there is lost: it is told to nobody, and ends no run.
void tell_text(const std::string& text) noexcept;

/// Tells a formatted text, as fmt::format makes it.
template <class... Arguments>
void tell(fmt::format_string<Arguments...> format, Arguments&&... arguments) {
  tell_text(fmt::format(format, std::forward<Arguments>(arguments)...));
}

/// What a line begins with that tells of a danger, not of an error.
inline constexpr const char* kWarning = "warning: ";

}  // namespace infoplane::experiments
