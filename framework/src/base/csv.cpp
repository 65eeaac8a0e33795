#include "base/csv.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <system_error>
#include <utility>

#include <fmt/format.h>

#include <infoplane/error.hpp>

namespace infoplane {
namespace {

constexpr std::int64_t kMost = std::int64_t{1} << 32;

// The number that the whole text says; false where it says none.
template <class Number>
bool parse(const std::string& text, Number& number) {
  const char* const end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, number);
  return error == std::errc() && stop == end;
}

// Puts the field of `line` that starts at `begin` into `field`; `begin` moves on to what follows it: a comma or the
// end.
void take_field(const std::string& line, std::size_t& begin, std::string& field) {
  if (begin == line.size() || line[begin] != '"') {
    const std::size_t end = std::min(line.find(',', begin), line.size());
    field.assign(line, std::exchange(begin, end), end - begin);
    return;
  }
  field.clear();
  for (++begin; begin < line.size(); ++begin) {
    if (line[begin] == '"' && line[++begin] != '"') break;  // line[size()] is '\0'
    field += line[begin];
  }
}

}  // namespace

std::string csv_field(const std::string& text) {
  if (text.find_first_of("\r\n") != std::string::npos) {
    throw Error(fmt::format("the name {} has a line break, names in tables must be one line", in_quotes(text)));
  }
  const std::string shown = printable(text);
  if (shown.find_first_of(",\"") == std::string::npos) return shown;
  std::string field = "\"";
  for (const char c : shown) field += c == '"' ? "\"\"" : std::string(1, c);
  return field + '"';
}

CsvReader::CsvReader(const std::filesystem::path& file) : reader_(file) {
  if (!read_line(header_)) throw UsageError(fmt::format("{}: its header is truncated", file.string()));
  split(header_, columns_);
}

bool CsvReader::next() {
  if (!read_line(line_)) return false;
  if (line_.find('\0') != std::string::npos) refuse("it contains a NUL byte");
  split(line_, row_);
  if (row_.size() != columns_.size()) refuse(fmt::format("expected {} fields, got {}", columns_.size(), row_.size()));
  return true;
}

double CsvReader::number(std::size_t column) const {
  double number = 0;
  if (!parse(row_[column], number)) {
    refuse(fmt::format("{} must be a number, got {}", columns_[column], in_quotes(row_[column])));
  }
  return number;
}

double CsvReader::number_or_nan(std::size_t column) const {
  return row_[column].empty() ? std::numeric_limits<double>::quiet_NaN() : number(column);
}

double CsvReader::finite_number(std::size_t column) const {
  const double value = number(column);
  if (!std::isfinite(value))
    refuse(fmt::format("{} must be finite, got {}", columns_[column], in_quotes(row_[column])));
  return value;
}

std::int64_t CsvReader::whole_number(std::size_t column) const {
  std::int64_t number = 0;
  if (!parse(row_[column], number)) {
    refuse(fmt::format("{} must be a whole number, got {}", columns_[column], in_quotes(row_[column])));
  }
  if (number < 0 || number > kMost) {
    refuse(fmt::format("{} must be from 0 to {}, got {}", columns_[column], kMost, number));
  }
  return number;
}

void CsvReader::refuse(const std::string& reason) const { throw UsageError(reader_.place() + ": " + reason); }

bool CsvReader::read_line(std::string& line) { return reader_.next(line) && reader_.is_whole(); }

// The fields' memory is kept from row to row.
void CsvReader::split(const std::string& line, std::vector<std::string>& fields) const {
  std::size_t position = 0, count = 0;
  const auto take = [&] {
    if (count == fields.size()) fields.emplace_back();
    take_field(line, position, fields[count++]);
  };
  take();
  while (position < line.size()) {
    if (line[position] != ',') refuse("a comma must follow a closing quote");
    ++position;
    take();
  }
  fields.resize(count);
}

}  // namespace infoplane
