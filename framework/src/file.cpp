#include "file.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <fstream>
#include <iterator>
#include <system_error>

#include <fmt/format.h>

namespace infoplane {
namespace {

namespace fs = std::filesystem;

void write_and_flush(const fs::path& file, const fs::path& shown, const std::string& text) {
  const Descriptor descriptor(open(file.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666));
  if (descriptor.number() < 0) throw write_error(shown);
  write_at(descriptor.number(), shown, 0, text);
  if (fsync(descriptor.number()) != 0) throw write_error(shown);
}

// A rename is on the disk once its folder is.
void flush_folder(const fs::path& folder, const fs::path& shown) {
  const Descriptor descriptor(open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (descriptor.number() < 0 || fsync(descriptor.number()) != 0) throw write_error(shown);
}

}  // namespace

Descriptor::~Descriptor() {
  if (number_ >= 0) close(number_);
}

Error write_error(const fs::path& file) {
  return Error(fmt::format("{}: cannot write: {}", file.string(), std::system_category().message(errno)));
}

void write_at(int descriptor, const fs::path& file, std::size_t offset, const std::string& text) {
  std::size_t written = 0;
  while (written < text.size()) {
    const ssize_t count = pwrite(descriptor, text.data() + written, text.size() - written, offset + written);
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) throw write_error(file);
    written += count;
  }
}

std::string read_at(int descriptor, const fs::path& file, std::size_t offset, std::size_t count) {
  std::string text(count, '\0');
  const ssize_t read = pread(descriptor, text.data(), count, static_cast<off_t>(offset));
  if (read < 0) throw Error(fmt::format("{}: cannot read: {}", file.string(), std::system_category().message(errno)));
  text.resize(read);
  return text;
}

void write_whole_file(const fs::path& file, const std::string& text) {
  const fs::path folder = file.has_parent_path() ? file.parent_path() : ".";
  const fs::path temporary = folder / ("." + file.filename().string() + ".tmp");
  try {
    write_and_flush(temporary, file, text);
    if (std::rename(temporary.c_str(), file.c_str()) != 0) throw write_error(file);
    flush_folder(folder, file);
  } catch (...) {
    unlink(temporary.c_str());
    throw;
  }
}

std::string read_whole_file(const fs::path& file) {
  std::error_code error;
  if (!fs::exists(file, error)) throw UsageError(file.string() + ": no such file");
  if (!fs::is_regular_file(file, error)) throw UsageError(file.string() + ": it is no file");
  std::ifstream stream(file, std::ios::binary);
  std::string bytes{std::istreambuf_iterator<char>(stream), {}};
  if (bytes.empty()) throw UsageError(file.string() + ": cannot be read or is empty");
  return bytes;
}

}  // namespace infoplane
