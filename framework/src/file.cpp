#include "file.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <iostream>
#include <random>
#include <system_error>

#include <fmt/format.h>

namespace infoplane {
namespace {

namespace fs = std::filesystem;

// Beside a file, to be renamed to it, and locked as long as it is written: one that nobody has locked was left by a process that
// was killed.
class Temporary {
 public:
  explicit Temporary(const fs::path& file)
      : file_(file), folder_(file.has_parent_path() ? file.parent_path() : "."), start_("." + file.filename().string().substr(0, kLongestStart) + ".") {
    remove_abandoned();
    while (!make()) continue;
  }
  ~Temporary() { discard(); }
  Temporary(const Temporary&) = delete;
  Temporary& operator=(const Temporary&) = delete;

  int descriptor() const { return descriptor_; }

  void become_file() {
    if (std::rename(path_.c_str(), file_.c_str()) != 0) throw write_error(file_);
    path_.clear();
  }

 private:
  // False where the name was taken, or another process took the file for abandoned before it was locked.
  bool make() {
    path_ = folder_ / fmt::format("{}{:08x}{}", start_, std::random_device()(), kEnd);
    descriptor_ = open(path_.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
    if (descriptor_ < 0 && errno != EEXIST) throw write_error(file_);
    if (descriptor_ < 0) return false;
    struct stat status;
    const bool locked = flock(descriptor_, LOCK_EX | LOCK_NB) == 0;
    if (locked && !take_over_mode()) throw write_error(file_);
    if (locked && fstat(descriptor_, &status) == 0 && status.st_nlink > 0) return true;
    const int reason = errno;
    discard();
    errno = reason;
    if (!locked && reason != EWOULDBLOCK) throw write_error(file_);
    return false;
  }

  // What was private stays so.
  bool take_over_mode() const {
    struct stat before;
    return lstat(file_.c_str(), &before) != 0 || !S_ISREG(before.st_mode) || fchmod(descriptor_, before.st_mode & 07777) == 0;
  }

  void discard() {
    if (!path_.empty()) unlink(path_.c_str());
    close(descriptor_);
  }

  void remove_abandoned() const {
    std::error_code error;
    for (fs::directory_iterator entry(folder_, error), end; !error && entry != end; entry.increment(error)) {
      const std::string name = entry->path().filename().string();
      if (name.size() != start_.size() + 8 + kEnd.size() || name.rfind(start_, 0) != 0 || entry->path().extension() != kEnd) continue;
      const Descriptor left(open(entry->path().c_str(), O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC));
      if (left.number() >= 0 && flock(left.number(), LOCK_EX | LOCK_NB) == 0) unlink(entry->path().c_str());
    }
    if (error) throw Error(fmt::format("{}: cannot write: {}", file_.string(), error.message()));
  }

  static inline const std::string kEnd = ".tmp";
  static constexpr std::size_t kLongestStart = 200;   // of the 255 bytes that a name may have
  fs::path file_, folder_;
  std::string start_;
  fs::path path_;
  int descriptor_ = -1;
};

// A rename is on the disk once its folder is.
void flush_folder(const fs::path& folder, const fs::path& shown) {
  const Descriptor descriptor(open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (descriptor.number() < 0 || fsync(descriptor.number()) != 0) throw write_error(shown);
}

// Where what is written to the file goes: links are followed, also one to a file that is not there yet.
fs::path end_of_links(fs::path file) {
  constexpr int most = 40;   // as the system has it
  std::error_code error;
  for (int links = 0; fs::is_symlink(file, error); ++links) {
    errno = ELOOP;
    if (links == most) throw write_error(file);
    const fs::path target = fs::read_symlink(file, error);
    if (error) break;
    file = file.parent_path() / target;
  }
  return file;
}

void write_through(int descriptor, const fs::path& file, const std::string& text) {
  for (std::size_t written = 0; written < text.size();) {
    const ssize_t count = write(descriptor, text.data() + written, text.size() - written);
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) throw write_error(file);
    written += count;
  }
}

[[noreturn]] void refuse_reading(const fs::path& file) {
  const std::string reason = errno == ENOENT ? "no such file" : "cannot read: " + std::system_category().message(errno);
  throw UsageError(fmt::format("{}: {}", file.string(), reason));
}

Descriptor open_regular(const fs::path& file) {
  struct stat status;
  if (stat(file.c_str(), &status) != 0) refuse_reading(file);
  if (!S_ISREG(status.st_mode)) throw UsageError(file.string() + ": it is no regular file");
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

void write_whole_file(const fs::path& file, const std::string& text) {
  struct stat status;
  if (lstat(file.c_str(), &status) == 0 && !S_ISREG(status.st_mode) && !S_ISLNK(status.st_mode)) {
    throw Error(file.string() + ": cannot write: it is no regular file");
  }
  Temporary temporary(file);
  write_at(temporary.descriptor(), file, 0, text);
  if (fsync(temporary.descriptor()) != 0) throw write_error(file);
  temporary.become_file();
  flush_folder(file.has_parent_path() ? file.parent_path() : ".", file);
}

void write_output_file(const fs::path& file, const std::string& text) {
  struct stat status;
  const bool exists = stat(file.c_str(), &status) == 0;
  if (exists && is_standard_output(file)) {
    std::cout.flush();
    return write_through(STDOUT_FILENO, file, text);
  }
  if (!exists || S_ISREG(status.st_mode)) return write_whole_file(end_of_links(file), text);
  if (S_ISDIR(status.st_mode)) throw Error(file.string() + ": cannot write: it is a folder");
  const Descriptor descriptor(open(file.c_str(), O_WRONLY | O_NOCTTY | O_CLOEXEC));
  if (descriptor.number() < 0) throw write_error(file);
  write_through(descriptor.number(), file, text);
}

bool is_standard_output(const fs::path& file) {
  struct stat named, output;
  const bool writable = (fcntl(STDOUT_FILENO, F_GETFL) & O_ACCMODE) != O_RDONLY;
  return writable && stat(file.c_str(), &named) == 0 && fstat(STDOUT_FILENO, &output) == 0 && named.st_dev == output.st_dev &&
         named.st_ino == output.st_ino;
}

std::string read_whole_file(const fs::path& file, std::size_t most) {
  const InputFile input(file);
  if (input.size() > most) input.refuse(fmt::format("its {} bytes are more than {}", input.size(), most));
  return input.read(0, input.size());
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
    if (read == 0) refuse("it was cut off while it was read");
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
  offset_ = input_.size() - bytes - 1;   // a line that begins after a line break here is the first
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
