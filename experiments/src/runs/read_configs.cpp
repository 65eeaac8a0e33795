#include "runs/read_configs.hpp"

#include <system_error>
#include <utility>

#include <infoplane/error.hpp>
#include <infoplane/error_list.hpp>

#include "base/reason_of.hpp"
#include "config/config_parse.hpp"
#include "runs/installed.hpp"
#include "text/standard_streams.hpp"

namespace infoplane::experiments {
namespace {

namespace fs = std::filesystem;

Node load(const fs::path& config) {
  const fs::path file = find_config(config);
  try {
    return load_yaml(file);
  } catch (const UsageError& error) {
    std::error_code ignored;
    throw UsageError(error.what() + (fs::exists(file, ignored) ? "" : config_suggestion(config)));
  }
}

std::string text_of(const Node* node) { return node == nullptr ? "" : to_inline_yaml(*node); }

}  // namespace

ChangedConfig read_config(const fs::path& config, const Assignments& assignments) {
  const Node file = load(config);
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
