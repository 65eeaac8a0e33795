#pragma once

#include <cstddef>
#include <string>

namespace infoplane {

/// The largest JSON text of other programs that is read: 1 MiB.
inline constexpr std::size_t kMostForeign = std::size_t{1} << 20;

/// Whether the JSON text can be parsed and destroyed safely and quickly, which deep nesting prevents: at most 1 MiB, 64
/// levels and 1000 names. In linear time.
bool is_modest_json(const std::string& text);

/// The value of JSON text from a file or another process; discarded if it is invalid or exceeds these limits. Json is
/// nlohmann's json or ordered_json.
template <class Json>
Json parse_foreign(const std::string& text) {
  if (!is_modest_json(text)) return Json(Json::value_t::discarded);
  return Json::parse(text, nullptr, /*allow_exceptions=*/false);
}

}  // namespace infoplane
