#include "sweep/folder_lock.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>

#include <infoplane/error.hpp>

namespace infoplane::experiments {
namespace {

namespace fs = std::filesystem;

void make(const fs::path& folder) {
  std::error_code error;
  fs::create_directories(folder, error);
  if (error) throw UsageError(folder.string() + ": cannot make the folder: " + error.message());
}

}  // namespace

FolderLock::FolderLock(const fs::path& folder)
    : descriptor_((make(folder), open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC))) {
  if (descriptor_ < 0) throw UsageError(folder.string() + ": cannot open: " + std::system_category().message(errno));
  if (flock(descriptor_, LOCK_EX | LOCK_NB) == 0) return;
  const int reason = errno;
  close(descriptor_);
  throw UsageError(folder.string() + ": " +
                   (reason == EWOULDBLOCK ? "another sweep runs in it" : "cannot lock: " + std::system_category().message(reason)));
}

FolderLock::~FolderLock() { close(descriptor_); }

}  // namespace infoplane::experiments
