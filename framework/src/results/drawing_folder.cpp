#include "results/drawing_folder.hpp"

#include <stdlib.h>

#include <string>
#include <system_error>

#include <fmt/format.h>

#include "base/abandoned.hpp"
#include "base/file.hpp"
#include "base/folder_lock.hpp"

namespace infoplane {
namespace {

namespace fs = std::filesystem;

const std::string kName = ".drawing-";

// None where another process has the folder, or has removed it.
std::shared_ptr<void> lock_of(const fs::path& folder) {
  bool is_taken = false;
  const auto taken = [&] {
    is_taken = true;
    return std::string("in use");
  };
  try {
    return lock_folder(folder, taken);
  } catch (const Error&) {
    if (is_taken || !fs::exists(folder)) return nullptr;
    throw;
  }
}

}  // namespace

DrawingFolder::DrawingFolder(const fs::path& pictures) {
  const std::error_code error = remove_abandoned(pictures, [](const fs::path& path) {
    std::error_code ignored;
    return path.filename().string().rfind(kName, 0) == 0 &&
           fs::symlink_status(path, ignored).type() == fs::file_type::directory;
  });
  if (error) throw Error(fmt::format("{}: cannot read: {}", pictures.string(), error.message()));
  while (path_.empty()) {  // another process may take it for abandoned before it is locked
    std::string name = (pictures / (kName + "XXXXXX")).string();
    if (mkdtemp(name.data()) == nullptr) throw write_error(pictures);
    try {
      lock_ = lock_of(name);
    } catch (...) {
      fs::remove(name);
      throw;
    }
    if (lock_ != nullptr && fs::exists(name)) path_ = name;
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
