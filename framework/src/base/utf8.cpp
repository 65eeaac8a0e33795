#include "base/utf8.hpp"

namespace infoplane {

std::uint32_t utf8_code(const std::string& text, std::size_t start, std::size_t length) {
  std::uint32_t code = static_cast<unsigned char>(text[start]) & (length == 1 ? 0x7Fu : 0x7Fu >> length);
  for (std::size_t i = start + 1; i < start + length; ++i)
    code = code << 6 | (static_cast<unsigned char>(text[i]) & 0x3Fu);
  return code;
}

std::size_t utf8_length(const std::string& text, std::size_t start) {
  const auto lead = static_cast<unsigned char>(text[start]);
  if (lead < 0x80) return 1;
  if (lead < 0xC2 || lead > 0xF4) return 0;
  const std::size_t length = lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
  for (std::size_t i = start + 1; i < start + length; ++i) {
    const unsigned char byte = i < text.size() ? text[i] : 0;
    if ((byte & 0xC0) != 0x80) return 0;
  }
  const std::uint32_t code = utf8_code(text, start, length);
  const bool overlong = (length == 3 && code < 0x800) || (length == 4 && code < 0x10000);
  const bool surrogate = code >= 0xD800 && code <= 0xDFFF;
  return overlong || surrogate || code > 0x10FFFF ? 0 : length;
}

}  // namespace infoplane
