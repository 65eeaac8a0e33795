#include "results/new_folders.hpp"

#include <fcntl.h>
#include <sys/stat.h>

#include <cerrno>
#include <cstdio>
#include <regex>
#include <system_error>

#include <fmt/format.h>

#include <infoplane/error.hpp>

#include "base/abandoned.hpp"
#include "base/file.hpp"
#include "results/run_files.hpp"

namespace infoplane {
namespace {

namespace fs = std::filesystem;

const std::string kHidden = ".new-";

std::string numbered(const std::string& name, int number) {
  return number == 1 ? name : fmt::format("{}-{}", name, number);
}

// False where something of the new name exists.
bool rename_to_new(const fs::path& folder, const fs::path& name) {
  if (renameat2(AT_FDCWD, folder.c_str(), AT_FDCWD, name.c_str(), RENAME_NOREPLACE) == 0) return true;
  if (errno == EEXIST) return false;
  if (errno != EINVAL && errno != ENOSYS) throw write_error(folder);
  struct stat status;  // a file system that cannot rename so
  if (lstat(name.c_str(), &status) == 0) return false;
  if (std::rename(folder.c_str(), name.c_str()) != 0) throw write_error(folder);
  return true;
}

}  // namespace

NewFolders::~NewFolders() {
  std::error_code ignored;
  if (!run_.empty()) fs::remove_all(run_, ignored);
  for (auto folder = made_.rbegin(); folder != made_.rend(); ++folder) fs::remove(*folder, ignored);
}

void NewFolders::make(const fs::path& folder) {
  std::error_code ignored;
  if (folder.empty() || fs::is_directory(folder, ignored)) return;
  make(folder.parent_path());
  make_one(folder);
}

fs::path NewFolders::make_run(const fs::path& parent, const std::string& name) {
  for (int i = 1;; ++i) {
    const fs::path folder = parent / numbered(name, i);
    if (make_one(folder)) return run_ = folder;
  }
}

void NewFolders::keep() {
  made_.clear();
  run_.clear();
}

bool NewFolders::make_one(const fs::path& folder) {
  if (mkdir(folder.c_str(), 0777) == 0) {
    made_.push_back(folder);
    return true;
  }
  if (errno == EEXIST) return false;
  const std::string reason = std::system_category().message(errno);
  throw UsageError(fmt::format("{}: cannot make the folder: {}", folder.string(), reason));
}

bool is_run_name(const std::string& name) {
  static const std::regex pattern("[0-9]{8}T[0-9]{6}Z(-[1-9][0-9]{0,8})?");
  return std::regex_match(name, pattern);
}

std::string hidden(const std::string& id) { return kHidden + id; }

fs::path show_run(const fs::path& folder) {
  const std::string name = folder.filename().string().substr(kHidden.size());
  const std::string id = name.substr(0, name.find('-'));
  for (int i = 1;; ++i) {
    const fs::path shown = folder.parent_path() / numbered(id, i);
    if (rename_to_new(folder, shown)) return shown;
  }
}

void remove_hidden(const fs::path& parent) {
  // A writer locks its folder before it makes a table, so that one with tables and without a lock has no writer.
  remove_abandoned(parent, [](const fs::path& folder) {
    std::error_code ignored;
    return folder.filename().string().rfind(kHidden, 0) == 0 && fs::exists(folder / kTraining, ignored);
  });
}

}  // namespace infoplane
