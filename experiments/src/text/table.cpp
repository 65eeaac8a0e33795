#include "text/table.hpp"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <iostream>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <infoplane/error.hpp>

#include "text/standard_streams.hpp"

namespace infoplane::experiments {
namespace {

constexpr int kExact = -1;  // as many digits as distinguish neighboring numbers

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

// A text that no spreadsheet reads as a formula.
std::string harmless(const std::string& text) {
  if (text.empty() || std::string("=+-@").find(text[0]) == std::string::npos) return text;
  char* end = nullptr;
  std::strtod(text.c_str(), &end);
  return *end == '\0' ? text : "'" + text;
}

std::string quoted_if_needed(const std::string& text) {
  if (text.find_first_of(",\"") == std::string::npos) return text;
  std::string quoted = "\"";
  for (const char c : text) quoted += c == '"' ? "\"\"" : std::string(1, c);
  return quoted + "\"";
}

std::string csv_line(const std::vector<Cell>& row) {
  std::vector<std::string> cells;
  for (const Cell& cell : row) cells.push_back(quoted_if_needed(harmless(printable(text(cell, kExact)))));
  return fmt::format("{}\n", fmt::join(cells, ","));
}

std::vector<Cell> head_of(const Table& table) { return {table.columns.begin(), table.columns.end()}; }

// JSON that is safe on a terminal: characters that printable() escapes become \uNNNN, which JSON readers decode.
std::string visible(const std::string& json) {
  std::string text;
  for (std::size_t i = 0, length = 1; i < json.size(); i += length) {
    const auto lead = static_cast<unsigned char>(json[i]);
    length = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
    const std::string character = json.substr(i, length);
    if (lead < 0x7F || printable(character) == character) {
      text += character;
    } else {
      const std::string escaped = nlohmann::json(character).dump(-1, ' ', true);
      text += escaped.substr(1, escaped.size() - 2);
    }
  }
  return text;
}

void print_now(const std::string& text) {
  std::cout << text;
  StandardStreams::require_printed();
}

}  // namespace

std::string aligned(const Table& table, int digits) {
  std::vector<std::vector<std::string>> lines;
  std::vector<std::size_t> widths(table.columns.size());
  const auto add = [&](const std::vector<Cell>& row) {
    std::vector<std::string> line;
    for (std::size_t c = 0; c < row.size(); ++c) {
      line.push_back(printable(text(row[c], digits)));
      widths[c] = std::max(widths[c], line[c].size());
    }
    lines.push_back(std::move(line));
  };
  add(head_of(table));
  for (const auto& row : table.rows) add(row);
  std::string all;
  for (const auto& line : lines) {
    std::string padded;
    for (std::size_t c = 0; c < line.size(); ++c) padded += fmt::format("{:<{}}", line[c], widths[c] + 2);
    all += padded.substr(0, padded.find_last_not_of(' ') + 1) + "\n";
  }
  return all;
}

std::string as_csv(const Table& table) {
  std::string lines = csv_line(head_of(table));
  for (const auto& row : table.rows) lines += csv_line(row);
  return lines;
}

nlohmann::ordered_json as_json(const Table& table) {
  using Json = nlohmann::ordered_json;
  Json list = Json::array();
  for (const std::vector<Cell>& row : table.rows) {
    Json object = Json::object();
    for (std::size_t c = 0; c < row.size(); ++c) {
      Json& field = object[table.columns[c]];  // null
      if (!is_missing(row[c])) std::visit([&](const auto& value) { field = value; }, row[c]);
    }
    list.push_back(std::move(object));
  }
  return list;
}

std::string printed(const nlohmann::ordered_json& json) {
  return visible(json.dump(2, ' ', false, nlohmann::ordered_json::error_handler_t::replace)) + "\n";
}

TablePrinter::TablePrinter(std::vector<std::string> columns, const std::string& format, int digits)
    : table_{std::move(columns), {}}, format_(format), digits_(digits) {
  if (format_ == "csv") print_now(csv_line(head_of(table_)));
}

void TablePrinter::add(std::vector<Cell> row) {
  if (format_ == "csv") return print_now(csv_line(row));
  table_.rows.push_back(std::move(row));
}

void TablePrinter::finish() const {
  if (format_ == "json") print_now(printed(as_json(table_)));
  if (format_ == "table") print_now(aligned(table_, digits_));
}

}  // namespace infoplane::experiments
