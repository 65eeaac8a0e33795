#include <infoplane/tensor_file.hpp>

#include <algorithm>
#include <array>
#include <cstring>
#include <limits>
#include <set>
#include <vector>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <infoplane/error.hpp>

#include "base/file.hpp"
#include "base/sha256.hpp"
#include "base/tensor_arguments.hpp"

namespace infoplane {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::json;

constexpr std::size_t kLengthBytes = 8;
constexpr std::size_t kMaxHeader = 100 << 20;  // as the format's own reader has it
constexpr std::size_t kMaxDimensions = 64;
constexpr std::size_t kMaxDepth = 8;
constexpr const char* kMetadata = "__metadata__";
constexpr const char* kChecksum = "sha256";
const std::string kNoDigits(64, '0');

struct Type {
  const char* name;
  torch::ScalarType scalar;
};
constexpr std::array<Type, 10> kTypes{{{"F64", torch::kFloat64},
                                       {"F32", torch::kFloat32},
                                       {"F16", torch::kFloat16},
                                       {"BF16", torch::kBFloat16},
                                       {"I64", torch::kInt64},
                                       {"I32", torch::kInt32},
                                       {"I16", torch::kInt16},
                                       {"I8", torch::kInt8},
                                       {"U8", torch::kUInt8},
                                       {"BOOL", torch::kBool}}};

const char* type_name(torch::ScalarType scalar) {
  const auto found =
      std::find_if(kTypes.begin(), kTypes.end(), [scalar](const Type& type) { return type.scalar == scalar; });
  return found == kTypes.end() ? nullptr : found->name;
}

// Throws for tensors and names that parse_tensors would reject.
void require_writable(const TensorFile& file) {
  for (const auto& [name, tensor] : file.tensors) {
    const bool fits = tensor.defined() && tensor.numel() > 0 && tensor.dim() <= std::int64_t{kMaxDimensions} &&
                      type_name(tensor.scalar_type()) != nullptr;
    const std::string what = "the tensor " + in_quotes(name);
    require_tensor(fits, "to_bytes", what.c_str(), "of a type of safetensors, not empty", tensor);
  }
  require_argument(file.tensors.count(kMetadata) == 0, "to_bytes", "no tensor may be named __metadata__");
  require_argument(file.metadata.count(kChecksum) == 0, "to_bytes", "the metadata must not contain sha256");
}

// For errors: as JSON, at most one line long.
std::string shown(const Json& value) {
  const std::string text = value.dump();
  return text.size() <= 60 ? text : in_quotes(text);
}

std::string digits_entry(const std::string& digits) { return fmt::format("\"{}\":\"{}\"", kChecksum, digits); }

[[noreturn]] void refuse(const std::string& source, const std::string& what) { throw UsageError(source + ": " + what); }

// Checks a header during parsing for duplicate names, which the resulting objects do not contain. The parser's callback
// is too slow for this: it searches the whole object after each of its members.
class Watch : public Json::json_sax_t {
 public:
  explicit Watch(const std::string& source) : source_(source) {}

  bool null() override { return value(); }
  bool boolean(bool) override { return value(); }
  bool number_integer(number_integer_t) override { return value(); }
  bool number_unsigned(number_unsigned_t) override { return value(); }
  bool number_float(number_float_t, const string_t&) override { return value(); }
  bool string(string_t&) override { return value(); }
  bool binary(binary_t&) override { return value(); }
  bool start_object(std::size_t) override { return open(); }
  bool end_object() override { return close(); }
  bool start_array(std::size_t) override { return open(); }
  bool end_array() override { return close(); }

  bool key(string_t& name) override {
    if (!names_.back().insert(name).second) refuse(source_, fmt::format("its header names {} twice", in_quotes(name)));
    return value();
  }

  bool parse_error(std::size_t, const std::string&, const Json::exception&) override { return false; }

 private:
  bool value() const {
    if (names_.size() > kMaxDepth) refuse(source_, "its header is nested too deeply");
    return true;
  }

  bool open() {
    value();
    names_.emplace_back();
    return true;
  }

  bool close() {
    names_.pop_back();
    return true;
  }

  const std::string& source_;
  std::vector<std::set<std::string>> names_;  // of each object or list that is open
};

// A header, checked against the data that follow it.
class Header {
 public:
  Header(std::string_view text, std::size_t data_bytes, const std::string& source)
      : data_bytes_(data_bytes), source_(source), json_(parse(text)) {
    if (!json_.is_object()) refuse("its header must be a JSON object");
  }

  std::map<std::string, std::string> metadata() const {
    std::map<std::string, std::string> metadata;
    if (!json_.contains(kMetadata)) return metadata;
    if (!json_[kMetadata].is_object()) refuse("__metadata__ must be a JSON object");
    for (const auto& [key, value] : json_[kMetadata].items()) {
      if (!value.is_string()) refuse(fmt::format("the metadata {} must be text", in_quotes(key)));
      metadata[key] = value.get<std::string>();
    }
    return metadata;
  }

  struct Entry {
    std::string name;
    torch::ScalarType type;
    std::vector<std::int64_t> shape;
    std::size_t begin, end;
  };

  // In the order of their data, which they cover without gaps.
  std::vector<Entry> entries() const {
    std::vector<Entry> entries;
    for (const auto& [name, value] : json_.items()) {
      if (name != kMetadata) entries.push_back(entry(name, value));
    }
    std::sort(entries.begin(), entries.end(),
              [](const Entry& a, const Entry& b) { return std::pair(a.begin, a.end) < std::pair(b.begin, b.end); });
    std::size_t end = 0;
    for (const Entry& e : entries) {
      if (e.begin != end)
        refuse(fmt::format("{} begins at byte {} of the data, it must be {}", in_quotes(e.name), e.begin, end));
      end = e.end;
    }
    if (end != data_bytes_) refuse(fmt::format("its tensors take {} bytes, {} follow the header", end, data_bytes_));
    return entries;
  }

 private:
  [[noreturn]] void refuse(const std::string& what) const { infoplane::refuse(source_, what); }

  Json parse(std::string_view text) const {
    Watch watch(source_);
    if (!Json::sax_parse(text, &watch)) refuse("its header is not JSON");
    return Json::parse(text);
  }

  Entry entry(const std::string& name, const Json& value) const {
    const auto has = [&](const char* key) { return value.is_object() && value.contains(key); };
    if (!has("dtype") || !has("shape") || !has("data_offsets") || value.size() != 3) {
      refuse(fmt::format("{} must have dtype, shape and data_offsets", in_quotes(name)));
    }
    const auto type =
        std::find_if(kTypes.begin(), kTypes.end(), [&](const Type& t) { return value["dtype"] == t.name; });
    if (type == kTypes.end()) {
      refuse(fmt::format("{} has the dtype {}, it must be one of F64, F32, F16, BF16, I64, I32, I16, I8, U8, BOOL",
                         in_quotes(name), shown(value["dtype"])));
    }
    const std::vector<std::size_t> offsets = whole_numbers(name, value["data_offsets"], 2);
    const std::vector<std::size_t> shape = whole_numbers(name, value["shape"], kMaxDimensions);
    if (offsets.size() != 2 || offsets[0] > offsets[1] || offsets[1] > data_bytes_) {
      refuse(fmt::format("{} must have data_offsets [begin, end] within the {} bytes of data, got {}", in_quotes(name),
                         data_bytes_, shown(value["data_offsets"])));
    }
    require_length(name, shape, torch::elementSize(type->scalar), offsets[1] - offsets[0]);
    return {name, type->scalar, {shape.begin(), shape.end()}, offsets[0], offsets[1]};
  }

  std::vector<std::size_t> whole_numbers(const std::string& name, const Json& list, std::size_t most) const {
    std::vector<std::size_t> numbers;
    const bool fits =
        list.is_array() && list.size() <= most && std::all_of(list.begin(), list.end(), [](const Json& n) {
          return n.is_number_unsigned() && n.get<std::uint64_t>() <= std::numeric_limits<std::int64_t>::max();
        });
    if (!fits)
      refuse(fmt::format("{} has {} where at most {} whole numbers must be", in_quotes(name), shown(list), most));
    for (const Json& number : list) numbers.push_back(number.get<std::size_t>());
    return numbers;
  }

  void require_length(const std::string& name, const std::vector<std::size_t>& shape, std::size_t item,
                      std::size_t bytes) const {
    std::size_t needed = item;
    for (const std::size_t size : shape) {
      if (size == 0) refuse(fmt::format("{} is empty: one of its dimensions is 0", in_quotes(name)));
      // Stops before the product can overflow.
      needed = needed > bytes || size > bytes / needed ? bytes + 1 : needed * size;
    }
    if (needed != bytes) {
      refuse(fmt::format("{} of shape [{}] does not take the {} bytes of its data_offsets", in_quotes(name),
                         fmt::join(shape, ", "), bytes));
    }
  }

  std::size_t data_bytes_;
  std::string source_;
  Json json_;
};

// The checksum first, as zeros.
std::string metadata_text(const std::map<std::string, std::string>& metadata) {
  std::string text = fmt::format("{{{}", digits_entry(kNoDigits));
  for (const auto& [key, value] : metadata) text += fmt::format(",{}:{}", Json(key).dump(), Json(value).dump());
  return text + '}';
}

std::string length_bytes(std::size_t length) {
  std::string bytes;
  for (std::size_t i = 0; i < kLengthBytes; ++i) bytes += static_cast<char>(length >> (8 * i) & 0xff);
  return bytes;
}

// Of a file of `size` bytes starting with `bytes`.
std::size_t header_length(const std::string& bytes, std::size_t size, const std::string& source) {
  std::uint64_t length = 0;
  if (bytes.size() >= kLengthBytes) {
    for (std::size_t i = 0; i < kLengthBytes; ++i)
      length |= std::uint64_t{static_cast<unsigned char>(bytes[i])} << (8 * i);
  }
  if (bytes.size() < kLengthBytes || length > kMaxHeader || length > size - kLengthBytes) {
    throw UsageError(source + ": not a safetensors file, or its header is truncated");
  }
  return length;
}

Header read_header(const InputFile& input, const std::string& source) {
  const std::string start = input.read(0, std::min(input.size(), kLengthBytes));
  const std::size_t length = header_length(start, input.size(), source);
  return Header(input.read(kLengthBytes, length), input.size() - kLengthBytes - length, source);
}

// Whether the digits are those of the bytes with the digits as zeros.
bool sum_is_right(std::string_view bytes, std::size_t header_end, const std::string& digits) {
  const std::size_t at = bytes.substr(0, header_end).find(digits_entry(digits));
  if (digits.size() != kNoDigits.size() || at == std::string_view::npos) return false;
  const std::size_t first = at + digits_entry("").size() - 1;
  return sha256({bytes.substr(0, first), kNoDigits, bytes.substr(first + digits.size())}) == digits;
}

}  // namespace

std::string to_bytes(const TensorFile& file) {
  require_writable(file);
  std::string data;
  std::string text = fmt::format("{{\"{}\":{}", kMetadata, metadata_text(file.metadata));
  for (const auto& [name, tensor] : file.tensors) {
    const torch::Tensor values = tensor.detach().cpu().contiguous();
    const nlohmann::ordered_json entry = {{"dtype", type_name(values.scalar_type())},
                                          {"shape", values.sizes().vec()},
                                          {"data_offsets", {data.size(), data.size() + values.nbytes()}}};
    text += fmt::format(",{}:{}", Json(name).dump(), entry.dump());
    data.append(static_cast<const char*>(values.data_ptr()), values.nbytes());
  }
  text += '}';
  text.append((8 - text.size() % 8) % 8, ' ');  // so that the data are aligned
  std::string bytes = length_bytes(text.size()) + text;
  const std::size_t digits = bytes.find(digits_entry(kNoDigits)) + digits_entry("").size() - 1;
  bytes += data;
  bytes.replace(digits, kNoDigits.size(), sha256({bytes}));
  return bytes;
}

TensorFile parse_tensors(const std::string& bytes, const std::string& source) {
  const std::size_t start = kLengthBytes + header_length(bytes, bytes.size(), source);
  const Header header(std::string_view(bytes).substr(kLengthBytes, start - kLengthBytes), bytes.size() - start, source);
  const std::vector<Header::Entry> entries = header.entries();
  TensorFile file{header.metadata(), {}, false};
  if (const auto sum = file.metadata.find(kChecksum); sum != file.metadata.end()) {
    if (!sum_is_right(bytes, start, sum->second)) throw UsageError(source + ": its sha256 does not fit, it is damaged");
    file.checksummed = true;
    file.metadata.erase(sum);
  }
  for (const Header::Entry& entry : entries) {
    const torch::Tensor stored = torch::empty(entry.shape, entry.type == torch::kBool ? torch::kUInt8 : entry.type);
    std::memcpy(stored.data_ptr(), bytes.data() + start + entry.begin, entry.end - entry.begin);
    file.tensors[entry.name] = entry.type == torch::kBool ? stored != 0 : stored;
  }
  return file;
}

void write_tensors(const fs::path& file, const TensorFile& tensors) { write_output_file(file, to_bytes(tensors)); }

TensorFile read_tensors(const fs::path& file) {
  const InputFile input(file);
  read_header(input, file.string()).entries();
  return parse_tensors(input.read(0, input.size()), file.string());
}

std::map<std::string, std::string> read_metadata(const fs::path& file) {
  return read_header(InputFile(file), file.string()).metadata();
}

}  // namespace infoplane
