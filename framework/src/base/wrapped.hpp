#pragma once

#include <cstddef>
#include <sstream>
#include <string>

namespace infoplane {

/// Columns of text for a terminal.
constexpr std::size_t text_width = 120;

/// `head` and the text on lines of at most text_width columns, broken at spaces; lines after the first are indented to
/// the end of `head`. A longer word has a line of its own.
inline std::string wrapped(const std::string& head, const std::string& text) {
  std::string lines, line = head, word;
  std::istringstream words(text);
  for (bool first = true; words >> word; first = false) {
    if (!first && line.size() + 1 + word.size() > text_width) {
      lines += line + "\n";
      line = std::string(head.size(), ' ');
      first = true;
    }
    line += (first ? "" : " ") + word;
  }
  return lines + line + "\n";
}

}  // namespace infoplane
