#include "runs/read_configs.hpp"

#include <system_error>
#include <utility>

#include <infoplane/error.hpp>
#include <infoplane/error_list.hpp>

#include "base/reason_of.hpp"
#include "config/config_parse.hpp"
#include "text/standard_streams.hpp"

namespace infoplane::experiments {
namespace {

namespace fs = std::filesystem;

bool is_file(const fs::path& path) {
  std::error_code ignored;
  return fs::is_regular_file(path, ignored);
}

// The folders of configs that belong to this program: PREFIX/share/infoplane of PREFIX/bin/infoplane, and the source's
// root of a program in a folder below it.
std::vector<fs::path> installed_folders() {
  std::error_code error;
  const fs::path program = fs::read_symlink("/proc/self/exe", error);
  std::vector<fs::path> folders;
  fs::path folder = program.parent_path();
  for (int levels = 0; !error && levels < 5 && folder.has_relative_path(); ++levels, folder = folder.parent_path()) {
    for (const fs::path& candidate : {folder / "share/infoplane", folder}) {
      if (is_file(candidate / "configs/experiment.schema.json")) folders.push_back(candidate);
    }
  }
  return folders;
}

std::string text_of(const Node* node) { return node == nullptr ? "" : to_inline_yaml(*node); }

}  // namespace

fs::path find_config(const fs::path& config) {
  std::error_code ignored;
  if (config.is_absolute() || fs::exists(config, ignored)) return config;
  for (const fs::path& folder : installed_folders()) {
    for (const fs::path& path : {folder / config, folder / "configs" / config}) {
      if (fs::exists(path, ignored)) return path;
      if (is_file(path.string() + ".yaml")) return path.string() + ".yaml";
    }
  }
  return config;
}

ChangedConfig read_config(const fs::path& config, const Assignments& assignments) {
  const Node file = load_yaml(find_config(config));
  ChangedConfig read{file, {}};
  std::vector<std::string> paths;
  ErrorList errors;
  for (const std::string& assignment : assignments.set) {
    errors.collect([&] { paths.push_back(set_value(read.node, assignment)); });
  }
  errors.raise();
  for (const std::string& path : paths) {
    if (text_of(value_at(file, path)) != text_of(value_at(read.node, path))) read.changes.set.push_back(path);
  }
  read.changes.judge_claims = assignments.judge_claims;
  return read;
}

Fitted fit(Experiment& experiment, const Changes& changes, const std::string& where) {
  try {
    return infoplane::fit(experiment, changes);
  } catch (const UsageErrors& errors) {
    std::vector<std::string> lines;
    for (const std::string& line : errors.lines) lines.push_back(where + ": " + line);
    throw UsageErrors(std::move(lines));
  } catch (const Error& error) {
    throw UsageError(where + ": " + error.what());
  } catch (const std::exception& error) {
    throw UsageError(where + ": its data set or model cannot be made: " + reason_of(error));
  }
}

std::vector<ReadExperiment> read_configs(const std::vector<std::string>& configs, const Assignments& assignments,
                                         const Catalogue& catalogue) {
  std::vector<ReadExperiment> experiments;
  ErrorList errors;
  for (const std::string& config : configs) {
    errors.collect([&] {
      const ChangedConfig read = read_config(config, assignments);
      ReadExperiment whole{config, read_experiment(read.node, catalogue), {}};
      whole.fitted = fit(whole.experiment, read.changes, config);
      experiments.push_back(std::move(whole));
    });
  }
  errors.raise();
  return experiments;
}

void print_left_out(const std::string& where, const Fitted& fitted) {
  if (!fitted.left_out.empty()) print_stderr("{}: left out: {}\n", printable(where), printable(fitted.left_out));
}

void print_warnings(const std::string& where, const Fitted& fitted) {
  for (const std::string& line : fitted.warnings) {
    print_stderr("{}{}: {}\n", kWarning, printable(where), printable(line));
  }
}

}  // namespace infoplane::experiments
