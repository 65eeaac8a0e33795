#pragma once

#include <cstddef>
#include <string>

namespace infoplane {

/// JSON that another program may have written is looked at up to here: 1 MiB.
inline constexpr std::size_t kMostForeign = std::size_t{1} << 20;

/// Whether parsing the JSON text and letting go of it again is sure to end well and soon, which it is not where values
/// nest without limit: at most 1 MiB, 64 levels and 1000 names. In time linear in the text.
bool is_modest_json(const std::string& text);

/// The value that JSON text from a file or another process means, discarded where it is none or is not modest. Json is
/// nlohmann's json or ordered_json.
template <class Json>
Json parse_foreign(const std::string& text) {
  if (!is_modest_json(text)) return Json(Json::value_t::discarded);
  return Json::parse(text, nullptr, /*allow_exceptions=*/false);
}

}  // namespace infoplane
