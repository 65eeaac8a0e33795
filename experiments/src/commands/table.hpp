#pragma once

#include <cstdint>
#include <string>
#include <variant>
#include <vector>

namespace infoplane::experiments {

/// A text or a number; NaN where there is none.
using Cell = std::variant<std::string, std::int64_t, double>;

/// Prints rows under named columns to stdout.
///   csv    every row as it comes, numbers exact, commas and quotes as in RFC 4180
///   json   a list of objects, numbers exact; a number that is not there is left out
///   table  aligned for the eye, numbers of some digits
class TablePrinter {
 public:
  TablePrinter(std::vector<std::string> columns, const std::string& format, int digits = 6);

  /// A cell for each column.
  void add(std::vector<Cell> row);

  /// Prints what waited for the last row: everything but csv.
  void finish() const;

 private:
  void print_csv(const std::vector<std::string>& line) const;
  void print_json() const;
  void print_table() const;

  std::vector<std::string> columns_;
  std::string format_;
  int digits_;
  std::vector<std::vector<Cell>> rows_;
};

}  // namespace infoplane::experiments
