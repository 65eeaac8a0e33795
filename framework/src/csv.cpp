#include "csv.hpp"

#include <algorithm>
#include <charconv>
#include <system_error>
#include <utility>

#include <fmt/format.h>

#include <infoplane/error.hpp>

namespace infoplane {
namespace {

// The number that the whole text says; false where it says none.
template <class Number>
bool parse(const std::string& text, Number& number) {
  const char* const end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, number);
  return error == std::errc() && stop == end;
}

// The field of `line` that starts at `begin`, which moves on to what follows the field: a comma or the end.
std::string take_field(const std::string& line, std::size_t& begin) {
  if (begin == line.size() || line[begin] != '"') {
    const std::size_t end = std::min(line.find(',', begin), line.size());
    return line.substr(std::exchange(begin, end), end - begin);
  }
  std::string field;
  for (++begin; begin < line.size(); ++begin) {
    if (line[begin] == '"' && line[++begin] != '"') break;  // line[size()] is '\0'
    field += line[begin];
  }
  return field;
}

}  // namespace

std::string csv_field(const std::string& text) {
  if (text.find_first_of("\r\n") != std::string::npos) {
    throw Error(fmt::format("the name {} has a line break, names in tables must be one line", in_quotes(text)));
  }
  if (text.find_first_of(",\"") == std::string::npos) return text;
  std::string field = "\"";
  for (const char c : text) field += c == '"' ? "\"\"" : std::string(1, c);
  return field + '"';
}

CsvReader::CsvReader(const std::filesystem::path& file) : reader_(file) {
  if (!read_line(header_)) throw UsageError(fmt::format("{}: its header is cut off", file.string()));
  columns_ = split(header_);
}

bool CsvReader::next() {
  std::string line;
  if (!read_line(line)) return false;
  row_ = split(line);
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

std::int64_t CsvReader::whole_number(std::size_t column) const {
  std::int64_t number = 0;
  if (!parse(row_[column], number)) {
    refuse(fmt::format("{} must be a whole number, got {}", columns_[column], in_quotes(row_[column])));
  }
  return number;
}

void CsvReader::refuse(const std::string& reason) const { throw UsageError(reader_.place() + ": " + reason); }

bool CsvReader::read_line(std::string& line) { return reader_.next(line) && reader_.is_whole(); }

std::vector<std::string> CsvReader::split(const std::string& line) const {
  std::size_t position = 0;
  std::vector<std::string> fields{take_field(line, position)};
  while (position < line.size()) {
    if (line[position] != ',') refuse("a comma must follow a closing quote");
    fields.push_back(take_field(line, ++position));
  }
  return fields;
}

}  // namespace infoplane
