#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "base/file.hpp"

namespace infoplane {

/// printable(text) as a field of a CSV line, quoted if necessary (RFC 4180). Throws Error for a text with a line break,
/// since every row is one line.
std::string csv_field(const std::string& text);

/// Reads a CSV file row by row. Every error is a UsageError that starts with FILE or FILE:LINE.
class CsvReader {
 public:
  /// Opens the file and reads its header line.
  explicit CsvReader(const std::filesystem::path& file);

  const std::string& header() const { return header_; }                 ///< the line
  const std::vector<std::string>& columns() const { return columns_; }  ///< its fields

  /// Goes to the next row, which must have as many fields as the header; false after the last. A last line without a
  /// line break is ignored: it is still being written, or its writer was killed.
  bool next();

  /// Skips to the first row that begins in the last `bytes` bytes of the file; false if already there.
  bool skip_to_last(std::size_t bytes) { return reader_.skip_to_last(bytes); }

  const std::string& text(std::size_t column) const { return row_[column]; }
  double number(std::size_t column) const;         ///< also nan and inf
  double number_or_nan(std::size_t column) const;  ///< NaN for an empty field
  double finite_number(std::size_t column) const;
  std::int64_t whole_number(
      std::size_t column) const;  ///< from 0 to 2^32, so that small sums and products do not overflow

  /// Throws UsageError "FILE:LINE: REASON"; "FILE: REASON" after rows were skipped.
  [[noreturn]] void refuse(const std::string& reason) const;

 private:
  bool read_line(std::string& line);
  void split(const std::string& line, std::vector<std::string>& fields) const;

  LineReader reader_;
  std::string header_;
  std::vector<std::string> columns_;
  std::string line_;
  std::vector<std::string> row_;
};

}  // namespace infoplane
