#pragma once

#include <cstddef>
#include <filesystem>
#include <string>
#include <utility>

#include <infoplane/error.hpp>

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

/// Up to `count` bytes at the offset of an open file; fewer where it ends before. Throws Error "FILE: cannot read: REASON".
std::string read_at(int descriptor, const std::filesystem::path& file, std::size_t offset, std::size_t count);

/// Writes the file complete or not at all, even when the machine stops: a temporary file beside it is flushed to the
/// disk and renamed. Throws write_error.
void write_whole_file(const std::filesystem::path& file, const std::string& text);

/// The bytes of a file. Throws UsageError for one that is not there, is no regular file, cannot be read or is empty.
std::string read_whole_file(const std::filesystem::path& file);

}  // namespace infoplane
