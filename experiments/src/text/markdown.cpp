#include "text/markdown.hpp"

#include <algorithm>

#include <infoplane/error.hpp>

namespace infoplane::experiments {

std::string escape_markdown(const std::string& text) {
  std::string line = text, escaped;
  std::replace(line.begin(), line.end(), '\n', ' ');
  for (const char c : printable(line)) {
    if (c == '<') {
      escaped += "&lt;";
    } else {
      if (std::string("\\|*_`[]").find(c) != std::string::npos) escaped += '\\';
      escaped += c;
    }
  }
  return escaped;
}

std::string markdown_table(const std::vector<std::vector<std::string>>& rows) {
  std::string text;
  for (std::size_t r = 0; r < rows.size(); ++r) {
    for (const std::string& cell : rows[r]) text += "| " + escape_markdown(cell) + " ";
    text += "|\n";
    if (r > 0) continue;
    for (std::size_t i = 0; i < rows[r].size(); ++i) text += "| --- ";
    text += "|\n";
  }
  return text;
}

}  // namespace infoplane::experiments
