#include "base/whole_file.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <iostream>
#include <optional>
#include <random>

#include <fmt/format.h>

#include "base/abandoned.hpp"
#include "base/file.hpp"

namespace infoplane {
namespace {

namespace fs = std::filesystem;

fs::path folder_of(const fs::path& file) { return file.has_parent_path() ? file.parent_path() : "."; }

// A temporary file next to the target, renamed to it at the end, and locked while it is written: an unlocked one was
// left by a killed process.
class Temporary {
 public:
  explicit Temporary(const fs::path& file)
      : file_(file), start_("." + file.filename().string().substr(0, kLongestStart) + ".") {
    const std::error_code error = remove_abandoned(folder_of(file), [this](const fs::path& path) {
      std::error_code ignored;
      const std::string name = path.filename().string();
      return name.size() == start_.size() + kDigits + kEnd.size() && name.rfind(start_, 0) == 0 &&
             path.extension() == kEnd && fs::symlink_status(path, ignored).type() == fs::file_type::regular;
    });
    if (error) throw Error(fmt::format("{}: cannot write: {}", file.string(), error.message()));
    while (!make()) continue;
  }
  ~Temporary() {
    if (!path_.empty()) unlink(path_.c_str());
  }
  Temporary(const Temporary&) = delete;
  Temporary& operator=(const Temporary&) = delete;

  int descriptor() const { return descriptor_->number(); }

  void become_file() {
    if (std::rename(path_.c_str(), file_.c_str()) != 0) throw write_error(file_);
    path_.clear();
  }

 private:
  // False where the name was taken, or another process took the file for abandoned before it was locked.
  bool make() {
    path_ = folder_of(file_) / fmt::format("{}{:0{}x}{}", start_, std::random_device()(), kDigits, kEnd);
    descriptor_.emplace(open(path_.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666));
    if (descriptor() < 0 && errno == EEXIST) return false;
    if (descriptor() < 0) throw write_error(file_);
    if (flock(descriptor(), LOCK_EX | LOCK_NB) == 0 && take_over_mode()) return is_linked();
    const bool is_taken = errno == EWOULDBLOCK;
    const Error error = write_error(file_);
    unlink(path_.c_str());
    if (is_taken) return false;
    throw error;
  }

  // What was private stays so.
  bool take_over_mode() const {
    struct stat before;
    return lstat(file_.c_str(), &before) != 0 || !S_ISREG(before.st_mode) ||
           fchmod(descriptor(), before.st_mode & 07777) == 0;
  }

  bool is_linked() const {
    struct stat status;
    return fstat(descriptor(), &status) == 0 && status.st_nlink > 0;
  }

  static inline const std::string kEnd = ".tmp";
  static constexpr std::size_t kDigits = 8;
  static constexpr std::size_t kLongestStart = 200;  // of the 255 bytes that a name may have
  fs::path file_;
  std::string start_;
  fs::path path_;
  std::optional<Descriptor> descriptor_;
};

// A rename is on the disk once its folder is.
void flush_folder(const fs::path& folder, const fs::path& shown) {
  const Descriptor descriptor(open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (descriptor.number() < 0 || fsync(descriptor.number()) != 0) throw write_error(shown);
}

// Where what is written to the file goes: links are followed, also one to a file that is not there yet.
fs::path end_of_links(fs::path file) {
  constexpr int most = 40;  // as the system has it
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

}  // namespace

void write_whole_file(const fs::path& file, const std::string& text) {
  struct stat status;
  if (lstat(file.c_str(), &status) == 0 && !S_ISREG(status.st_mode) && !S_ISLNK(status.st_mode)) {
    throw Error(file.string() + ": cannot write: not a regular file");
  }
  Temporary temporary(file);
  write_at(temporary.descriptor(), file, 0, text);
  if (fsync(temporary.descriptor()) != 0) throw write_error(file);
  temporary.become_file();
  flush_folder(folder_of(file), file);
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
  return writable && stat(file.c_str(), &named) == 0 && fstat(STDOUT_FILENO, &output) == 0 &&
         named.st_dev == output.st_dev && named.st_ino == output.st_ino;
}

std::string read_whole_file(const fs::path& file, std::size_t most) {
  const InputFile input(file);
  if (input.size() > most) input.refuse(fmt::format("its {} bytes are more than {}", input.size(), most));
  return input.read(0, input.size());
}

}  // namespace infoplane
