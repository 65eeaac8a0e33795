#pragma once

#include <cstddef>
#include <string>

namespace infoplane {

/// The length of the well-formed UTF-8 sequence at `start` (RFC 3629), 0 where there is none.
std::size_t utf8_length(const std::string& text, std::size_t start);

}  // namespace infoplane
