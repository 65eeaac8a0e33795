#pragma once

#include <string>
#include <vector>

namespace infoplane::experiments {

/// The text on one line, escaped so that Markdown shows it literally.
std::string escape_markdown(const std::string& text);

/// A table whose first row is the header; every cell is escaped.
std::string markdown_table(const std::vector<std::vector<std::string>>& rows);

}  // namespace infoplane::experiments
