#include "arrays/idx.hpp"

#include <algorithm>
#include <cctype>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "base/file.hpp"

namespace infoplane {
namespace {

constexpr std::size_t kMagic = 4;
constexpr std::size_t kMaxDimensions = 8;

torch::ScalarType type_of(unsigned char code, const InputFile& input) {
  switch (code) {
    case 0x08:
      return torch::kUInt8;
    case 0x09:
      return torch::kInt8;
    case 0x0B:
      return torch::kInt16;
    case 0x0C:
      return torch::kInt32;
    case 0x0D:
      return torch::kFloat32;
    case 0x0E:
      return torch::kFloat64;
    default:
      input.refuse(fmt::format("the type 0x{:02x} of an IDX file is unknown", code));
  }
}

// Sizes of the dimensions; checks that the data after them have exactly their length.
std::vector<std::int64_t> shape_of(const std::string& sizes, std::size_t item_bytes, const InputFile& input) {
  std::vector<std::int64_t> shape;
  const std::size_t data = input.size() - kMagic - sizes.size();
  std::size_t bytes = item_bytes;
  for (std::size_t i = 0; i < sizes.size(); i += 4) {
    std::size_t size = 0;
    for (std::size_t b = 0; b < 4; ++b) size = size << 8 | static_cast<unsigned char>(sizes[i + b]);
    if (size == 0) input.refuse("it is empty");
    if (bytes > data / size) input.refuse(fmt::format("it has {} bytes of data, its header says more", data));
    bytes *= size;
    shape.push_back(static_cast<std::int64_t>(size));
  }
  if (bytes != data) input.refuse(fmt::format("it has {} bytes of data, its header says {}", data, bytes));
  return shape;
}

std::string lower(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(), [](unsigned char c) { return std::tolower(c); });
  return text;
}

void to_native_order(void* data, std::size_t count, std::size_t item_bytes) {
  char* item = static_cast<char*>(data);
  for (std::size_t i = 0; i < count; ++i, item += item_bytes) std::reverse(item, item + item_bytes);
}

}  // namespace

bool has_extension(const std::filesystem::path& file, const std::string& extension) {
  return lower(file.extension().string()) == extension;
}

bool is_idx_name(const std::filesystem::path& file) {
  if (has_extension(file, ".idx")) return true;
  const std::string name = lower(file.filename().string()), end = "-ubyte";
  if (name.size() < 4 + end.size() || name.compare(name.size() - end.size(), end.size(), end) != 0) return false;
  const std::string kind = name.substr(name.size() - end.size() - 4, 4);
  return kind.compare(0, 3, "idx") == 0 && kind[3] >= '1' && kind[3] <= '8';
}

torch::Tensor read_idx(const std::filesystem::path& file) {
  const InputFile input(file);
  if (input.size() < kMagic) input.refuse("an IDX file has at least four bytes");
  const std::string magic = input.read(0, kMagic);
  if (magic[0] != 0 || magic[1] != 0) input.refuse("an IDX file begins with two zero bytes");
  const torch::ScalarType type = type_of(magic[2], input);
  const auto dimensions = static_cast<unsigned char>(magic[3]);
  if (dimensions < 1 || dimensions > kMaxDimensions) {
    input.refuse(fmt::format("an array must have 1 to {} dimensions, got {}", kMaxDimensions, dimensions));
  }
  if (input.size() < kMagic + 4 * dimensions) input.refuse("its header is truncated");
  const std::size_t item_bytes = c10::elementSize(type);
  torch::Tensor array = torch::empty(shape_of(input.read(kMagic, 4 * dimensions), item_bytes, input), type);
  input.read(kMagic + 4 * dimensions, array.data_ptr(), array.nbytes());
  to_native_order(array.data_ptr(), array.numel(), item_bytes);
  return array.is_floating_point() ? array : array.to(torch::kInt64);
}

}  // namespace infoplane
