#pragma once

#include <cstdint>
#include <string>
#include <variant>
#include <vector>

#include <nlohmann/json.hpp>

namespace infoplane::experiments {

/// A text or a number; NaN where there is none.
using Cell = std::variant<std::string, std::int64_t, double>;

/// Rows under named columns, a cell for each column.
struct Table {
  std::vector<std::string> columns;
  std::vector<std::vector<Cell>> rows;
};

/// Aligned for the eye, numbers of some digits, text as printable() tells it.
std::string aligned(const Table& table, int digits = 6);

/// A line for the head and each row, numbers exact, text as printable() tells it, commas and quotes as in RFC 4180; a
/// text that a spreadsheet would take for a formula is led by an apostrophe.
std::string as_csv(const Table& table);

/// A list of objects, numbers exact; a number that is not there is left out.
nlohmann::ordered_json as_json(const Table& table);

/// The value as text, indented by two, and a line break: U+FFFD for bytes that are no UTF-8, and \uNNNN for what
/// printable() does not let pass.
std::string printed(const nlohmann::ordered_json& json);

/// Prints rows under named columns to stdout.
///   csv    every row as it comes
///   json   as as_json
///   table  as aligned
class TablePrinter {
 public:
  TablePrinter(std::vector<std::string> columns, const std::string& format, int digits = 6);

  /// A cell for each column.
  void add(std::vector<Cell> row);

  /// Prints what waited for the last row: everything but csv.
  void finish() const;

 private:
  Table table_;
  std::string format_;
  int digits_;
};

}  // namespace infoplane::experiments
