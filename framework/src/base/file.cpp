#include "base/file.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <system_error>

#include <fmt/format.h>

namespace infoplane {
namespace {

namespace fs = std::filesystem;

[[noreturn]] void refuse_reading(const fs::path& file) {
  const std::string reason = errno == ENOENT ? "no such file" : "cannot read: " + std::system_category().message(errno);
  throw UsageError(fmt::format("{}: {}", file.string(), reason));
}

Descriptor open_regular(const fs::path& file) {
  struct stat status;
  if (stat(file.c_str(), &status) != 0) refuse_reading(file);
  if (!S_ISREG(status.st_mode)) throw UsageError(file.string() + ": not a regular file");
  Descriptor descriptor(open(file.c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC));
  if (descriptor.number() < 0) refuse_reading(file);
  return descriptor;
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

InputFile::InputFile(const fs::path& file)
    : file_(file), descriptor_(open_regular(file)), size_(lseek(descriptor_.number(), 0, SEEK_END)) {
  const std::size_t memory = static_cast<std::size_t>(sysconf(_SC_PHYS_PAGES)) * sysconf(_SC_PAGESIZE);
  if (size_ > memory) refuse(fmt::format("its {} bytes are more than this machine's memory of {}", size_, memory));
}

void InputFile::read(std::size_t offset, void* bytes, std::size_t count) const {
  for (std::size_t done = 0; done < count;) {
    const ssize_t read = pread(descriptor_.number(), static_cast<char*>(bytes) + done, count - done, offset + done);
    if (read < 0 && errno == EINTR) continue;
    if (read < 0) refuse_reading(file_);
    if (read == 0) refuse("it was truncated while being read");
    done += read;
  }
}

std::string InputFile::read(std::size_t offset, std::size_t count) const {
  std::string text(count, '\0');
  read(offset, text.data(), count);
  return text;
}

LineReader::LineReader(const fs::path& file) : source_(file.string()), input_(file) {
  if (input_.size() == 0) input_.refuse("it is empty");
}

bool LineReader::next(std::string& line) {
  line.clear();
  whole_ = false;
  if (!fill()) return false;
  ++line_;
  do {
    const std::size_t end = chunk_.find('\n', at_);
    whole_ = end != std::string::npos;
    line.append(chunk_, at_, (whole_ ? end : chunk_.size()) - at_);
    at_ = whole_ ? end + 1 : chunk_.size();
    if (line.size() > longest) throw UsageError(fmt::format("{}: longer than {} MiB", place(), longest >> 20));
  } while (!whole_ && fill());
  return true;
}

bool LineReader::fill() {
  constexpr std::size_t at_once = 1 << 16;
  if (at_ < chunk_.size()) return true;
  chunk_ = input_.read(offset_, std::min(at_once, input_.size() - offset_));
  offset_ += chunk_.size();
  at_ = 0;
  return !chunk_.empty();
}

bool LineReader::skip_to_last(std::size_t bytes) {
  const std::size_t here = offset_ - (chunk_.size() - at_);
  if (input_.size() <= here + bytes) return false;
  skipped_ = true;
  chunk_.clear();
  at_ = 0;
  offset_ = input_.size() - bytes - 1;  // a line that begins after a line break here is the first
  std::string ignored;
  next(ignored);
  return true;
}

std::string LineReader::place() const { return skipped_ ? source_ : fmt::format("{}:{}", source_, line_); }

std::string first_bytes(const fs::path& file, std::size_t count) {
  try {
    const InputFile input(file);
    return input.read(0, std::min(input.size(), count));
  } catch (const UsageError&) {
    return "";
  }
}

}  // namespace infoplane
