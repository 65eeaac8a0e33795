#include "base/abandoned.hpp"

#include <fcntl.h>
#include <sys/file.h>

#include <vector>

#include "base/file.hpp"

namespace infoplane {

std::error_code remove_abandoned(const std::filesystem::path& folder,
                                 const std::function<bool(const std::filesystem::path&)>& is_of_kind) {
  namespace fs = std::filesystem;
  std::error_code error, ignored;
  std::vector<fs::path> found;
  for (fs::directory_iterator entry(folder, error), end; !error && entry != end; entry.increment(error)) {
    if (is_of_kind(entry->path())) found.push_back(entry->path());
  }
  for (const fs::path& path : found) {
    const Descriptor left(open(path.c_str(), O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC));
    if (left.number() >= 0 && flock(left.number(), LOCK_EX | LOCK_NB) == 0) fs::remove_all(path, ignored);
  }
  return error;
}

}  // namespace infoplane
