#include <infoplane/folder_lock.hpp>

#include <fcntl.h>
#include <sys/file.h>

#include <cerrno>
#include <system_error>

#include "file.hpp"

namespace infoplane {

std::shared_ptr<void> lock_folder(const std::filesystem::path& folder, const std::function<std::string()>& taken) {
  auto descriptor = std::make_shared<Descriptor>(open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (descriptor->number() < 0) {
    throw UsageError(folder.string() + ": cannot open: " + std::system_category().message(errno));
  }
  if (flock(descriptor->number(), LOCK_EX | LOCK_NB) == 0) return descriptor;
  if (errno == EWOULDBLOCK) throw UsageError(folder.string() + ": " + taken());
  throw write_error(folder);
}

}  // namespace infoplane
