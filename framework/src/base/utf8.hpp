#pragma once

#include <cstddef>
#include <cstdint>
#include <string>

namespace infoplane {

/// The length of the well-formed UTF-8 sequence at `start` (RFC 3629), 0 if there is none.
std::size_t utf8_length(const std::string& text, std::size_t start);

/// The code point of the sequence at `start`, with the length given by utf8_length.
std::uint32_t utf8_code(const std::string& text, std::size_t start, std::size_t length);

}  // namespace infoplane
