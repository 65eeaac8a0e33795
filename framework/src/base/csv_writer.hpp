#pragma once

#include <cstddef>
#include <filesystem>
#include <memory>
#include <string>

namespace infoplane {

class Sha256;

/// The contents of a table at some point: its first lines.
struct TableContent {
  std::size_t bytes = 0;
  std::string sha256;  ///< of these bytes; "" if unknown, as in old checkpoints
};

/// A CSV file that grows by whole lines: lines appended in one call are completely in the file when the call returns.
class CsvWriter {
 public:
  /// Creates the file, or empties it, and writes its header line. Throws UsageError if the file cannot be created.
  CsvWriter(const std::filesystem::path& file, const std::string& header);

  /// Continues a file after the kept part, which is whole lines with this header; the rest is cut off. Throws
  /// UsageError "FILE: ..." if the file does not begin with the kept part, and then does not change it. Reads the kept
  /// part once.
  CsvWriter(const std::filesystem::path& file, const std::string& header, const TableContent& kept);

  CsvWriter(CsvWriter&& other) noexcept;
  CsvWriter& operator=(CsvWriter&&) = delete;
  ~CsvWriter();

  /// Appends whole lines. Throws Error "FILE: cannot write: REASON"; the file then ends with the last whole line
  /// written before.
  void append(const std::string& lines);

  /// The appended whole lines, even if the file has changed since.
  TableContent content() const;

  /// Returns when the lines are on the disk. Throws Error "FILE: cannot write: REASON".
  void flush() const;

 private:
  CsvWriter(const std::filesystem::path& file, int flags);
  void keep(const std::string& header, const TableContent& kept);

  std::filesystem::path file_;
  int descriptor_;
  std::size_t bytes_ = 0;        // of whole lines
  std::unique_ptr<Sha256> sum_;  // of them
};

}  // namespace infoplane
