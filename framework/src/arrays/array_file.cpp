#include <infoplane/array_file.hpp>

#include <algorithm>
#include <cctype>
#include <charconv>
#include <cmath>
#include <numeric>
#include <string_view>

#include <infoplane/error.hpp>

#include "arrays/idx.hpp"
#include "arrays/npy.hpp"
#include "base/file.hpp"
#include "base/tensor_arguments.hpp"

namespace infoplane {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kNpyStart = 10;  // of the header, after magic, version and length
constexpr std::size_t kNpyAlignment = 64;
constexpr std::int64_t kMaxDimensions = 8;

torch::ScalarType scalar_type(const NpyHeader& header, const std::string& source) {
  switch (header.kind) {
    case 'f':
      return header.item_bytes == 4 ? torch::kFloat32 : torch::kFloat64;
    case 'b':
      return torch::kUInt8;  // any byte but 0 is true; torch's bool takes 0 and 1 alone
    case 'u':
      if (header.item_bytes == 1) return torch::kUInt8;
      return header.item_bytes == 2 ? torch::kInt16 : torch::kInt32;
    case 'i':
      if (header.item_bytes == 1) return torch::kInt8;
      if (header.item_bytes == 2) return torch::kInt16;
      return header.item_bytes == 4 ? torch::kInt32 : torch::kInt64;
    default:
      throw UsageError(source + ": its type is unknown");
  }
}

torch::Tensor as_int64(const torch::Tensor& stored, const NpyHeader& header) {
  const torch::Tensor whole = stored.to(torch::kInt64);
  if (header.kind == 'b') return (whole != 0).to(torch::kInt64);
  // torch has no unsigned types above one byte: they are read as signed, and 2^bits is added to negative values.
  return header.kind == 'u' ? torch::where(whole < 0, whole + (std::int64_t{1} << (8 * header.item_bytes)), whole)
                            : whole;
}

// The array with its dimensions in the opposite order.
torch::Tensor reversed(const torch::Tensor& array) {
  std::vector<std::int64_t> order(array.dim());
  std::iota(order.rbegin(), order.rend(), 0);
  return array.permute(order);
}

torch::Tensor read_npy(const fs::path& file) {
  const InputFile input(file);
  const std::string start = input.read(0, std::min(input.size(), npy_longest_start));
  const NpyHeader header = parse_npy_header(start, input.size(), file.string());
  std::vector<std::int64_t> shape = header.shape;
  if (header.fortran_order) std::reverse(shape.begin(), shape.end());
  torch::Tensor array = torch::empty(shape, scalar_type(header, file.string()));
  input.read(header.data_offset, array.data_ptr(), array.nbytes());
  if (header.fortran_order) array = reversed(array).contiguous();
  return header.kind == 'f' ? array : as_int64(array, header);
}

const std::string kByteOrderMark = "\xEF\xBB\xBF";

// Without spaces and tabs at the ends.
std::string_view trimmed(std::string_view text) {
  const std::size_t first = text.find_first_not_of(" \t");
  return first == std::string_view::npos ? "" : text.substr(first, text.find_last_not_of(" \t") + 1 - first);
}

bool parse_number(std::string_view field, double& value) {
  const std::string_view text = trimmed(field);
  const bool has_plus = text.size() > 1 && text[0] == '+' && text[1] != '-' && text[1] != '+';
  const char* const end = text.data() + text.size();
  const auto [rest, error] = std::from_chars(text.data() + has_plus, end, value);
  return error == std::errc() && rest == end;
}

// Whether the text is an integer that its value is not, since doubles have 53 bits.
bool is_rounded(std::string_view field, double value) {
  constexpr double kExact = 9007199254740992;
  if (std::abs(value) < kExact) return false;
  std::string_view digits = trimmed(field);
  digits.remove_prefix(digits[0] == '+' ? 1 : 0);
  std::int64_t whole = 0;
  const auto [rest, error] = std::from_chars(digits.data(), digits.data() + digits.size(), whole);
  if (rest != digits.data() + digits.size()) return false;
  return error != std::errc() || value >= 0x1p63 || static_cast<std::int64_t>(value) != whole;
}

// What to do about a row of one field that begins with a letter or a quotation mark: a name as a label.
std::string hint_of_names(const std::string& line) {
  const std::string_view text = trimmed(line);
  const bool is_name = !text.empty() && (std::isalpha(static_cast<unsigned char>(text[0])) != 0 || text[0] == '"');
  if (!is_name || text.find(',') != std::string_view::npos) return "";
  return ": number names with np.unique(labels, return_inverse=True)[1]";
}

std::vector<double> parse_row(const std::string& line, const std::string& place) {
  std::vector<double> row;
  for (std::size_t start = 0; start <= line.size();) {
    const std::size_t end = std::min(line.find(',', start), line.size());
    const std::string_view field = std::string_view(line).substr(start, end - start);
    double value = 0;
    if (!parse_number(field, value)) {
      throw UsageError(place + ": field " + std::to_string(row.size() + 1) + " must be a number, got " +
                       in_quotes(std::string(field)) + hint_of_names(line));
    }
    if (is_rounded(field, value)) {
      throw UsageError(place + ": the integer " + std::string(trimmed(field)) +
                       " is not exact in float64: subtract an offset");
    }
    row.push_back(value);
    start = end + 1;
  }
  return row;
}

// The next line without a byte order mark, which only the first may have, and without a carriage return.
bool next_row(LineReader& reader, std::string& line, bool is_first) {
  if (!reader.next(line)) return false;
  if (is_first && line.compare(0, kByteOrderMark.size(), kByteOrderMark) == 0) line.erase(0, kByteOrderMark.size());
  if (!line.empty() && line.back() == '\r') line.pop_back();
  return true;
}

torch::Tensor read_csv(const fs::path& file) {
  LineReader reader(file);
  std::vector<double> values;
  std::int64_t rows = 0, columns = 0;
  std::string blank;  // the place of a blank line
  for (std::string line; next_row(reader, line, rows == 0 && blank.empty());) {
    const bool is_blank = trimmed(line).empty();
    if (!blank.empty() && !is_blank) throw UsageError(blank + ": a blank line may only be at the end");
    if (is_blank) {
      blank = reader.place();
      continue;
    }
    const std::vector<double> row = parse_row(line, reader.place());
    const auto fields = static_cast<std::int64_t>(row.size());
    if (++rows == 1) columns = fields;
    if (fields != columns) {
      throw UsageError(reader.place() + ": it has " + std::to_string(fields) + " fields, the rows before have " +
                       std::to_string(columns));
    }
    values.insert(values.end(), row.begin(), row.end());
  }
  if (rows == 0) throw UsageError(file.string() + ": it is empty");
  return torch::tensor(values, torch::kFloat64).view({rows, columns});
}

}  // namespace

bool is_array_name(const fs::path& file) {
  return has_extension(file, ".npy") || has_extension(file, ".csv") || is_idx_name(file);
}

torch::Tensor read_array(const fs::path& file) {
  if (has_extension(file, ".npy")) return read_npy(file);
  if (has_extension(file, ".csv")) return read_csv(file);
  if (is_idx_name(file)) return read_idx(file);
  throw UsageError(file.string() + ": an array must be in a .npy, .csv or .idx file");
}

void write_array(const fs::path& file, const torch::Tensor& array) {
  if (!has_extension(file, ".npy")) throw UsageError(file.string() + ": the file name must end in .npy");
  const bool fits = array.defined() && array.dim() >= 1 && array.dim() <= kMaxDimensions && array.numel() > 0 &&
                    (array.scalar_type() == torch::kFloat32 || array.scalar_type() == torch::kFloat64 ||
                     array.scalar_type() == torch::kInt64);
  require_tensor(fits, "write_array", "array", "float32, float64 or int64 of 1 to 8 dimensions, not empty", array);
  const torch::Tensor values = array.detach().cpu().contiguous();
  const std::string type = values.scalar_type() == torch::kInt64     ? "<i8"
                           : values.scalar_type() == torch::kFloat64 ? "<f8"
                                                                     : "<f4";
  std::string shape;
  for (const std::int64_t size : values.sizes()) shape += std::to_string(size) + ", ";
  std::string header = "{'descr': '" + type + "', 'fortran_order': False, 'shape': (" + shape + "), }";
  header.append(kNpyAlignment - 1 - (kNpyStart + header.size()) % kNpyAlignment, ' ');  // so that the data are aligned
  header += '\n';
  std::string bytes("\x93NUMPY\x01\x00", 8);
  bytes += static_cast<char>(header.size() % 256);
  bytes += static_cast<char>(header.size() / 256);
  bytes += header;
  bytes.append(static_cast<const char*>(values.data_ptr()), values.nbytes());
  write_output_file(file, bytes);
}

}  // namespace infoplane
