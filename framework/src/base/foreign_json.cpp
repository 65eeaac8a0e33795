#include "base/foreign_json.hpp"

namespace infoplane {

bool is_modest_json(const std::string& text) {
  constexpr int most_levels = 64, most_names = 1000;
  if (text.size() > kMostForeign) return false;
  int levels = 0, names = 0;
  bool in_text = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (in_text && c == '\\') {
      ++i;
    } else if (c == '"') {
      in_text = !in_text;
    } else if (!in_text) {
      levels += c == '[' || c == '{' ? 1 : c == ']' || c == '}' ? -1 : 0;
      names += c == ':' ? 1 : 0;
      if (levels > most_levels || names > most_names) return false;
    }
  }
  return true;
}

}  // namespace infoplane
