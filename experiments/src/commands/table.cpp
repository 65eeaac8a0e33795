#include "commands/table.hpp"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <iterator>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <infoplane/error.hpp>

namespace infoplane::experiments {
namespace {

constexpr int kExact = -1;  // as many digits as tell a number from its neighbours

bool is_missing(const Cell& cell) {
  const double* number = std::get_if<double>(&cell);
  return number != nullptr && std::isnan(*number);
}

std::string text(const Cell& cell, int digits) {
  if (is_missing(cell)) return "";
  if (const auto* words = std::get_if<std::string>(&cell)) return *words;
  if (const auto* whole = std::get_if<std::int64_t>(&cell)) return std::to_string(*whole);
  const double number = std::get<double>(cell);
  return digits == kExact ? fmt::format("{}", number) : fmt::format("{:.{}g}", number, digits);
}

std::vector<std::string> texts(const std::vector<Cell>& row, int digits) {
  std::vector<std::string> line;
  for (const Cell& cell : row) line.push_back(text(cell, digits));
  return line;
}

std::string quoted_where_needed(const std::string& text) {
  if (text.find_first_of(",\"\r\n") == std::string::npos) return text;
  std::string quoted = "\"";
  for (const char c : text) quoted += c == '"' ? "\"\"" : std::string(1, c);
  return quoted + "\"";
}

}  // namespace

TablePrinter::TablePrinter(std::vector<std::string> columns, const std::string& format, int digits)
    : columns_(std::move(columns)), format_(format), digits_(digits) {
  if (format_ == "csv") print_csv(columns_);
}

void TablePrinter::add(std::vector<Cell> row) {
  if (format_ == "csv") return print_csv(texts(row, kExact));
  rows_.push_back(std::move(row));
}

void TablePrinter::finish() const {
  if (format_ == "json") print_json();
  if (format_ == "table") print_table();
}

void TablePrinter::print_csv(const std::vector<std::string>& line) const {
  std::vector<std::string> cells;
  std::transform(line.begin(), line.end(), std::back_inserter(cells), quoted_where_needed);
  fmt::print("{}\n", fmt::join(cells, ","));
  std::fflush(stdout);
}

void TablePrinter::print_json() const {
  using Json = nlohmann::ordered_json;
  Json list = Json::array();
  for (const std::vector<Cell>& row : rows_) {
    Json object = Json::object();
    for (std::size_t c = 0; c < row.size(); ++c) {
      if (is_missing(row[c])) continue;
      std::visit([&](const auto& value) { object[columns_[c]] = value; }, row[c]);
    }
    list.push_back(std::move(object));
  }
  fmt::print("{}\n", list.dump(2, ' ', false, Json::error_handler_t::replace));
}

void TablePrinter::print_table() const {
  std::vector<std::vector<std::string>> lines = {columns_};
  for (const std::vector<Cell>& row : rows_) lines.push_back(texts(row, digits_));
  std::vector<std::size_t> widths(columns_.size());
  for (auto& line : lines) {
    for (std::size_t c = 0; c < line.size(); ++c) {
      line[c] = printable(line[c]);
      widths[c] = std::max(widths[c], line[c].size());
    }
  }
  for (const auto& line : lines) {
    std::string padded;
    for (std::size_t c = 0; c < line.size(); ++c) padded += fmt::format("{:<{}}", line[c], widths[c] + 2);
    fmt::print("{}\n", padded.substr(0, padded.find_last_not_of(' ') + 1));
  }
}

}  // namespace infoplane::experiments
