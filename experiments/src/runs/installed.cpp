#include "runs/installed.hpp"

#include <algorithm>
#include <initializer_list>
#include <system_error>
#include <vector>

#include <infoplane/error.hpp>

namespace infoplane::experiments {
namespace {

namespace fs = std::filesystem;

bool is_file(const fs::path& path) {
  std::error_code ignored;
  return fs::is_regular_file(path, ignored);
}

// The first of these folders, relative to the program's folder or one of the four above it, that holds the file.
fs::path folder_with(std::initializer_list<const char*> folders, const char* file) {
  std::error_code error;
  fs::path base = fs::read_symlink("/proc/self/exe", error).parent_path();
  for (int levels = 0; !error && levels < 5 && base.has_relative_path(); ++levels, base = base.parent_path()) {
    for (const char* folder : folders) {
      if (is_file(base / folder / file)) return base / folder;
    }
  }
  return {};
}

}  // namespace

fs::path installed_configs() { return folder_with({"share/infoplane/configs", "configs"}, "experiment.schema.json"); }

fs::path installed_docs() { return folder_with({"share/doc/infoplane", "docs"}, "reference.md"); }

std::string config_suggestion(const fs::path& config) {
  std::vector<std::string> known;
  std::error_code error;
  const fs::path folder = installed_configs();
  for (const auto& entry : fs::recursive_directory_iterator(folder, error)) {
    if (entry.path().extension() != ".yaml") continue;
    known.push_back(entry.path().lexically_relative(folder).replace_extension().string());
  }
  std::sort(known.begin(), known.end());
  const std::string meant = nearest(fs::path(config).replace_extension().string(), known);
  return meant.empty() ? "" : ", did you mean '" + meant + "'?";
}

fs::path find_config(const fs::path& config) {
  std::error_code ignored;
  const fs::path folder = installed_configs();
  if (config.is_absolute() || fs::exists(config, ignored) || folder.empty()) return config;
  for (const fs::path& path : {folder / config, folder.parent_path() / config}) {
    if (fs::exists(path, ignored)) return path;
    if (is_file(path.string() + ".yaml")) return path.string() + ".yaml";
  }
  return config;
}

}  // namespace infoplane::experiments
