#include "drawing_folder.hpp"

#include <stdlib.h>

#include <chrono>
#include <string>
#include <system_error>
#include <thread>
#include <vector>

#include <fmt/format.h>

#include <infoplane/folder_lock.hpp>

#include "file.hpp"

namespace infoplane {
namespace {

namespace fs = std::filesystem;

const std::string kName = ".drawing-";

// None where another process has the folder, or has removed it.
std::shared_ptr<void> lock_of(const fs::path& folder) {
  try {
    return lock_folder(folder, [] { return "in use"; });
  } catch (const Error&) {
    return nullptr;
  }
}

// Another process may have taken it for abandoned since it was made, and be removing it; where it stays, this file system
// has no locks.
std::shared_ptr<void> lock_before_it_goes(const fs::path& folder) {
  std::shared_ptr<void> lock = lock_of(folder);
  for (int looks = 0; lock == nullptr && looks < 50 && fs::exists(folder); ++looks) {
    std::this_thread::sleep_for(std::chrono::milliseconds(2));
    lock = lock_of(folder);
  }
  return lock;
}

void remove_abandoned(const fs::path& beside) {
  std::vector<fs::path> found;
  std::error_code error, ignored;
  for (fs::directory_iterator entry(beside, error), end; !error && entry != end; entry.increment(error)) {
    const bool is_ours = entry->path().filename().string().rfind(kName, 0) == 0;
    if (is_ours && entry->symlink_status(ignored).type() == fs::file_type::directory) found.push_back(entry->path());
  }
  for (const fs::path& folder : found) {
    if (lock_of(folder)) fs::remove_all(folder, ignored);
  }
}

}  // namespace

DrawingFolder::DrawingFolder(const fs::path& beside) {
  remove_abandoned(beside);
  while (path_.empty()) {
    std::string name = (beside / (kName + "XXXXXX")).string();
    if (mkdtemp(name.data()) == nullptr) throw write_error(beside);
    lock_ = lock_before_it_goes(name);
    if (fs::exists(name)) path_ = name;
  }
}

DrawingFolder::~DrawingFolder() {
  std::error_code ignored;
  if (!path_.empty()) fs::remove_all(path_, ignored);
}

void DrawingFolder::remove() {
  std::error_code error;
  fs::remove_all(path_, error);
  if (error) throw Error(fmt::format("{}: cannot remove: {}", path_.string(), error.message()));
  path_.clear();
}

}  // namespace infoplane
