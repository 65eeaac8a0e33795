#pragma once

#include <cstdint>
#include <string>
#include <variant>
#include <vector>

#include <nlohmann/json.hpp>

namespace infoplane::experiments {

/// A text or a number; NaN for a missing one.
using Cell = std::variant<std::string, std::int64_t, double>;

/// Rows of named columns, a cell for each column.
struct Table {
  std::vector<std::string> columns;
  std::vector<std::vector<Cell>> rows;
};

/// Aligned columns, numbers with `digits` digits, text after printable().
std::string aligned(const Table& table, int digits = 6);

/// A line for the header and each row: exact numbers, text after printable(), commas and quotes as in RFC 4180; a text
/// that a spreadsheet would read as a formula gets a leading apostrophe.
std::string as_csv(const Table& table);

/// A list of objects, numbers exact; null for missing ones.
nlohmann::ordered_json as_json(const Table& table);

/// The value as text, indented by two, with a final line break: U+FFFD for bytes that are not UTF-8, and \uNNNN for
/// characters that printable() escapes.
std::string printed(const nlohmann::ordered_json& json);

/// Prints rows of named columns to stdout.
///   csv    each row immediately
///   json   like as_json
///   table  like aligned
class TablePrinter {
 public:
  TablePrinter(std::vector<std::string> columns, const std::string& format, int digits = 6);

  /// A cell for each column.
  void add(std::vector<Cell> row);

  /// Prints the table in formats other than csv.
  void finish() const;

 private:
  Table table_;
  std::string format_;
  int digits_;
};

}  // namespace infoplane::experiments
