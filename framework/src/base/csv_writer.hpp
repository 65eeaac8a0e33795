#pragma once

#include <cstddef>
#include <filesystem>
#include <memory>
#include <string>

namespace infoplane {

class Sha256;

/// What a table held at some moment: its first lines.
struct TableContent {
  std::size_t bytes = 0;
  std::string sha256;  ///< of these bytes; "" where it is not known: checkpoints did not always tell it
};

/// A CSV file that grows by whole lines: what is appended in one call is in the file, complete, when the call returns.
class CsvWriter {
 public:
  /// Creates the file, or empties it, and writes its header line. Throws UsageError where the file cannot be created.
  CsvWriter(const std::filesystem::path& file, const std::string& header);

  /// Goes on with a file after what is kept of it, which are whole lines under this header; what follows them is cut
  /// off. Throws UsageError "FILE: ..." where the file is not so, and then leaves it as it is. Reads what is kept once.
  CsvWriter(const std::filesystem::path& file, const std::string& header, const TableContent& kept);

  CsvWriter(CsvWriter&& other) noexcept;
  CsvWriter& operator=(CsvWriter&&) = delete;
  ~CsvWriter();

  /// Appends whole lines. Throws Error "FILE: cannot write: REASON"; the file then ends with the last whole line
  /// that was written before.
  void append(const std::string& lines);

  /// The whole lines: those that were appended, whatever became of the file since.
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
