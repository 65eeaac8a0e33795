#pragma once

#include <filesystem>
#include <regex>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

#include "support/support.hpp"

namespace infoplane::testing {

/// The text of an SVG without its tags: what a reader of the picture reads.
inline std::string text_of_svg(const std::filesystem::path& file) {
  std::string text = std::regex_replace(read_file(file), std::regex("<[^>]*>"), "");
  for (const auto& [entity, character] : {std::pair("&lt;", "<"), std::pair("&gt;", ">"), std::pair("&amp;", "&")}) {
    text = std::regex_replace(text, std::regex(entity), character);
  }
  return text;
}

/// Width and height of a PNG in pixels; {0, 0} for a file that is none.
inline std::pair<unsigned, unsigned> png_size(const std::filesystem::path& file) {
  const std::string bytes = read_file(file);
  if (bytes.size() < 24 || bytes.compare(0, 8, "\x89PNG\r\n\x1A\n") != 0) return {0, 0};
  const auto number = [&bytes](std::size_t at) {
    unsigned value = 0;
    for (std::size_t i = at; i < at + 4; ++i) value = value << 8 | static_cast<unsigned char>(bytes[i]);
    return value;
  };
  return {number(16), number(20)};
}

/// The lines of the data beside a picture, without empty ones.
inline std::vector<std::string> data_lines(const std::filesystem::path& file) {
  std::istringstream text(read_file(file));
  std::vector<std::string> lines;
  for (std::string line; std::getline(text, line);) {
    if (!line.empty()) lines.push_back(line);
  }
  return lines;
}

}  // namespace infoplane::testing
