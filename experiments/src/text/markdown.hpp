#pragma once

#include <string>
#include <vector>

namespace infoplane::experiments {

/// The text so that Markdown shows it as it is, on one line.
std::string escape_markdown(const std::string& text);

/// A table, the first row its head; every cell is escaped.
std::string markdown_table(const std::vector<std::vector<std::string>>& rows);

}  // namespace infoplane::experiments
