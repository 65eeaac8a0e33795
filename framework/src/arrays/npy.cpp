#include "arrays/npy.hpp"

#include <algorithm>
#include <cctype>
#include <limits>

#include <infoplane/error.hpp>

namespace infoplane {
namespace {

constexpr std::size_t kMaxDimensions = 8;

// How NumPy makes a type that is read from one that is not; "" if unknown.
std::string conversion_of(const std::string& type) {
  const char kind = type.size() < 2 ? ' ' : type[1];
  const auto is_one_of = [kind](const char* kinds) { return std::string(kinds).find(kind) != std::string::npos; };
  if (is_one_of("SUa")) return ": number strings with np.unique(labels, return_inverse=True)[1]";
  if (is_one_of("fO")) return ": convert it with array.astype(np.float64)";
  return is_one_of("iumM") ? ": convert it with array.astype(np.int64)" : "";
}

// Reads the header's Python literal: {'descr': '<f4', 'fortran_order': False, 'shape': (3, 4), }
class Literal {
 public:
  Literal(const std::string& text, const std::string& source) : text_(text), source_(source) {}

  NpyHeader parse() {
    NpyHeader header;
    expect('{');
    std::string seen;
    while (!accept('}')) {
      const std::string key = quoted();
      if (seen.find("|" + key + "|") != std::string::npos) refuse("its header names " + in_quotes(key) + " twice");
      seen += "|" + key + "|";
      expect(':');
      if (key == "descr" && peek() == '[') {
        refuse("structured arrays are not supported, save a plain one: a field, or several as columns");
      } else if (key == "descr") {
        set_type(quoted(), header);
      } else if (key == "fortran_order") {
        header.fortran_order = boolean();
      } else if (key == "shape") {
        header.shape = tuple();
      } else {
        refuse("its header has an unknown key " + in_quotes(key));
      }
      if (!accept(',') && peek() != '}') refuse("its header is malformed");
    }
    if (peek() != '\0') refuse("its header continues after the closing brace");
    for (const char* key : {"|descr|", "|fortran_order|", "|shape|"}) {
      if (seen.find(key) == std::string::npos) refuse("its header must name descr, fortran_order and shape");
    }
    return header;
  }

 private:
  [[noreturn]] void refuse(const std::string& reason) const { throw UsageError(source_ + ": " + reason); }

  char peek() {
    while (at_ < text_.size() && (text_[at_] == ' ' || text_[at_] == '\n')) ++at_;
    return at_ < text_.size() ? text_[at_] : '\0';
  }
  bool accept(char c) {
    if (peek() != c) return false;
    ++at_;
    return true;
  }
  void expect(char c) {
    if (!accept(c)) refuse("its header is malformed");
  }

  std::string quoted() {
    expect('\'');
    const std::size_t end = text_.find('\'', at_);
    if (end == std::string::npos) refuse("its header is malformed");
    const std::string word = text_.substr(at_, end - at_);
    at_ = end + 1;
    return word;
  }

  bool boolean() {
    for (const auto& [word, value] : {std::pair<std::string, bool>{"True", true}, {"False", false}}) {
      if (peek() != '\0' && text_.compare(at_, word.size(), word) == 0) {
        at_ += word.size();
        return value;
      }
    }
    refuse("its header is malformed");
  }

  std::vector<std::int64_t> tuple() {
    std::vector<std::int64_t> sizes;
    expect('(');
    while (!accept(')')) {
      sizes.push_back(size());
      if (!accept(',') && peek() != ')') refuse("its header is malformed");
    }
    return sizes;
  }

  std::int64_t size() {
    if (!std::isdigit(static_cast<unsigned char>(peek()))) refuse("its shape must consist of whole numbers");
    std::int64_t value = 0;
    for (; at_ < text_.size() && std::isdigit(static_cast<unsigned char>(text_[at_])); ++at_) {
      if (value > (std::numeric_limits<std::int64_t>::max() - 9) / 10) refuse("its shape is too large");
      value = 10 * value + (text_[at_] - '0');
    }
    return value;
  }

  void set_type(const std::string& type, NpyHeader& header) {
    static const std::vector<std::string> known = {"<f4", "<f8", "|i1", "<i2", "<i4",
                                                   "<i8", "|u1", "<u2", "<u4", "|b1"};
    if (std::find(known.begin(), known.end(), type) == known.end()) {
      refuse("its type must be float32, float64, bool or an integer, little-endian, got " + in_quotes(type) +
             conversion_of(type));
    }
    header.kind = type[1];
    header.item_bytes = type[2] - '0';
  }

  const std::string& text_;
  const std::string& source_;
  std::size_t at_ = 0;
};

void require_exact_length(const NpyHeader& header, std::size_t size_of_file, const std::string& source) {
  if (header.shape.empty() || header.shape.size() > kMaxDimensions) {
    throw UsageError(source + ": it must have 1 to 8 dimensions, got " + std::to_string(header.shape.size()));
  }
  if (std::find(header.shape.begin(), header.shape.end(), 0) != header.shape.end()) {
    throw UsageError(source + ": it is empty: one of its dimensions is 0");
  }
  const std::size_t data = size_of_file - header.data_offset;
  std::size_t needed = header.item_bytes;
  for (const std::int64_t size : header.shape) {
    // Sizes that do not fit into the file end the loop before the product can overflow.
    if (static_cast<std::size_t>(size) > data / needed) needed = data + 1;
    if (needed > data) break;
    needed *= size;
  }
  if (needed != data) {
    throw UsageError(source + ": its header describes " + (needed > data ? "more" : "fewer") +
                     " bytes of data than the " + std::to_string(data) + " that follow");
  }
}

}  // namespace

std::int64_t NpyHeader::items() const {
  std::int64_t items = 1;
  for (const std::int64_t size : shape) items *= size;
  return items;
}

NpyHeader parse_npy_header(const std::string& bytes, std::size_t size, const std::string& source) {
  const auto byte = [&](std::size_t i) { return static_cast<std::size_t>(static_cast<unsigned char>(bytes[i])); };
  if (bytes.size() < 12 || bytes.compare(0, 6, "\x93NUMPY") != 0) throw UsageError(source + ": not an NPY file");
  const std::size_t version = byte(6);
  if (version < 1 || version > 3) {
    throw UsageError(source + ": its NPY version must be 1, 2 or 3, got " + std::to_string(version));
  }
  const std::size_t start = version == 1 ? 10 : 12;
  std::size_t length = byte(8) + 256 * byte(9);
  if (version > 1) length += 65536 * (byte(10) + 256 * byte(11));
  if (start + length > bytes.size()) throw UsageError(source + ": its header is truncated");
  const std::string text = bytes.substr(start, length);
  NpyHeader header = Literal(text, source).parse();
  header.data_offset = start + length;
  require_exact_length(header, size, source);
  return header;
}

}  // namespace infoplane
