#pragma once

#include <cstddef>
#include <filesystem>
#include <string>
#include <utility>

#include <infoplane/error.hpp>

#include "base/whole_file.hpp"

namespace infoplane {

/// An open file descriptor, closed when it goes out of scope.
class Descriptor {
 public:
  explicit Descriptor(int number) : number_(number) {}
  Descriptor(Descriptor&& other) noexcept : number_(std::exchange(other.number_, -1)) {}
  ~Descriptor();
  Descriptor& operator=(Descriptor&&) = delete;

  int number() const { return number_; }

 private:
  int number_;
};

/// "FILE: cannot write: REASON", the reason being errno's.
Error write_error(const std::filesystem::path& file);

/// Writes all of the text at the offset of an open file, which `file` names in the error. Throws write_error.
void write_at(int descriptor, const std::filesystem::path& file, std::size_t offset, const std::string& text);

/// Up to `count` bytes at the offset of an open file; fewer if it ends before. Throws Error "FILE: cannot read:
/// REASON".
std::string read_at(int descriptor, const std::filesystem::path& file, std::size_t offset, std::size_t count);

/// A file to read into memory. It must be a regular file, since a pipe could block and a device never end.
class InputFile {
 public:
  /// Throws UsageError "FILE: no such file", "FILE: not a regular file", "FILE: cannot read: REASON", and for one
  /// larger than the machine's memory.
  explicit InputFile(const std::filesystem::path& file);

  /// Its size when it was opened.
  std::size_t size() const { return size_; }

  /// Throws UsageError if the file ends before.
  void read(std::size_t offset, void* bytes, std::size_t count) const;
  std::string read(std::size_t offset, std::size_t count) const;

  [[noreturn]] void refuse(const std::string& what) const { throw UsageError(file_.string() + ": " + what); }

 private:
  std::filesystem::path file_;
  Descriptor descriptor_;
  std::size_t size_;
};

/// Reads a text line by line, in memory of one line.
class LineReader {
 public:
  static constexpr std::size_t longest = 16 << 20;

  /// Throws UsageError as InputFile does, and for an empty file.
  explicit LineReader(const std::filesystem::path& file);

  /// The next line without its line break; false after the last. Throws UsageError for one longer than `longest`.
  bool next(std::string& line);

  /// Skips to the first line that begins in the last `bytes` bytes; false if already there.
  bool skip_to_last(std::size_t bytes);

  /// Whether the last line read ended with a line break.
  bool is_whole() const { return whole_; }

  /// "FILE:LINE" of that line; "FILE" if lines before it were skipped.
  std::string place() const;

 private:
  /// Reads the next chunk if the current one is used up; false at the end of the file.
  bool fill();

  std::string source_;
  InputFile input_;
  std::string chunk_;
  std::size_t offset_ = 0;  // of what follows the chunk
  std::size_t at_ = 0;      // in the chunk
  std::size_t line_ = 0;
  bool skipped_ = false;
  bool whole_ = false;
};

/// The first bytes of a file, at most `count`; "" if it cannot be read.
std::string first_bytes(const std::filesystem::path& file, std::size_t count);

}  // namespace infoplane
