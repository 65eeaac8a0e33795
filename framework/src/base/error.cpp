#include <infoplane/error.hpp>

#include <algorithm>
#include <cctype>
#include <cstdint>
#include <iterator>
#include <numeric>
#include <utility>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "base/utf8.hpp"

namespace infoplane {
namespace {

/// False for control characters (C0, C1), line and paragraph separators, the two not allowed in XML, and what Unicode
/// lists as Default_Ignorable_Code_Point: bidirectional controls, zero-width characters, variation selectors, tags.
bool is_shown(std::uint32_t code) {
  constexpr std::pair<std::uint32_t, std::uint32_t> hidden[] = {
      {0x00, 0x1F},     {0x7F, 0x9F},     {0xAD, 0xAD},       {0x34F, 0x34F},     {0x61C, 0x61C},
      {0x115F, 0x1160}, {0x17B4, 0x17B5}, {0x180B, 0x180F},   {0x200B, 0x200F},   {0x2028, 0x202E},
      {0x2060, 0x206F}, {0x3164, 0x3164}, {0xFE00, 0xFE0F},   {0xFEFF, 0xFEFF},   {0xFFA0, 0xFFA0},
      {0xFFF0, 0xFFF8}, {0xFFFE, 0xFFFF}, {0x1BCA0, 0x1BCA3}, {0x1D173, 0x1D17A}, {0xE0000, 0xE0FFF}};
  return std::none_of(std::begin(hidden), std::end(hidden),
                      [code](const auto& range) { return range.first <= code && code <= range.second; });
}

std::string lower(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(), [](unsigned char c) { return std::tolower(c); });
  return text;
}

/// Levenshtein's distance, row by row.
std::size_t edit_distance(const std::string& a, const std::string& b) {
  std::vector<std::size_t> row(b.size() + 1);
  std::iota(row.begin(), row.end(), 0);
  for (std::size_t i = 1; i <= a.size(); ++i) {
    std::size_t diagonal = std::exchange(row[0], i);
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t replaced = diagonal + (a[i - 1] != b[j - 1]);
      diagonal = std::exchange(row[j], std::min({row[j] + 1, row[j - 1] + 1, replaced}));
    }
  }
  return row.back();
}

/// The largest length up to `limit` that does not split a UTF-8 sequence.
std::size_t cut(const std::string& text, std::size_t limit) {
  while (limit > 0 && (static_cast<unsigned char>(text[limit]) & 0xC0) == 0x80) --limit;
  return limit;
}

}  // namespace

std::string printable(const std::string& text) {
  if (std::all_of(text.begin(), text.end(), [](unsigned char c) { return c >= 0x20 && c < 0x7F; })) return text;
  std::string shown;
  for (std::size_t i = 0, length = 0; i < text.size(); i += length) {
    length = utf8_length(text, i);
    const std::uint32_t code = length > 0 ? utf8_code(text, i, length) : static_cast<unsigned char>(text[i]);
    if (length > 0 && is_shown(code)) {
      shown += text.substr(i, length);
    } else if (length < 2) {
      length = 1;
      shown += fmt::format("\\x{:02x}", code);
    } else {
      shown += code > 0xFFFF ? fmt::format("\\U{:08x}", code) : fmt::format("\\u{:04x}", code);
    }
  }
  return shown;
}

std::string in_quotes(const std::string& text) {
  constexpr std::size_t longest = 60;
  if (text.size() <= longest) return "'" + printable(text) + "'";
  return "'" + printable(text.substr(0, cut(text, longest))) + "'...";
}

std::string nearest(const std::string& name, const std::vector<std::string>& known) {
  std::string best;
  std::size_t least = std::string::npos;
  for (const std::string& candidate : known) {
    const std::size_t limit = std::min(std::max<std::size_t>(2, candidate.size() / 3), candidate.size() - 1);
    if (name.size() > candidate.size() + limit) continue;
    const std::size_t distance = edit_distance(lower(name), lower(candidate));
    if (distance > limit || distance >= least) continue;
    best = candidate;
    least = distance;
  }
  return best;
}

std::string suggestion(const std::string& name, const std::vector<std::string>& known) {
  const std::string meant = nearest(name, known);
  if (!meant.empty()) return ", did you mean '" + meant + "'?";
  return known.empty() ? "; there are no known names" : fmt::format("; known: {}", fmt::join(known, ", "));
}

}  // namespace infoplane
