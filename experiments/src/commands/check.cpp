#include <infoplane/check.hpp>

#include <iostream>

#include "base/reason_of.hpp"
#include "commands/commands.hpp"
#include "config/sweep.hpp"
#include "sweep/plan.hpp"

namespace infoplane::experiments {

Node read_config(const std::filesystem::path& config, const std::vector<std::string>& assignments) {
  Node node = load_yaml(config);
  for (const std::string& assignment : assignments) set_value(node, assignment);
  return node;
}

void require_whole(const Experiment& experiment, const std::string& where) {
  try {
    check(experiment);
  } catch (const Error& error) {
    throw UsageError(where + ": " + error.what());
  } catch (const std::exception& error) {
    throw UsageError(where + ": its data set or model cannot be made: " + reason_of(error));
  }
}

std::vector<Experiment> read_configs(const std::vector<std::string>& configs,
                                     const std::vector<std::string>& assignments, const Catalogue& catalogue) {
  std::vector<Experiment> experiments;
  for (const std::string& config : configs) {
    experiments.push_back(read_experiment(read_config(config, assignments), catalogue));
    require_whole(experiments.back(), config);
  }
  return experiments;
}

void check_command(const std::vector<std::string>& configs, const std::vector<std::string>& assignments,
                   const Catalogue& catalogue) {
  std::vector<std::string> lines;
  for (const std::string& config : configs) {
    if (is_sweep(read_config(config, assignments))) {
      const std::size_t runs = read_plan(config, assignments, "", 1, catalogue).runs.size();
      lines.push_back(config + ": ok, a sweep of " + std::to_string(runs) + (runs == 1 ? " run" : " runs"));
    } else {
      read_configs({config}, assignments, catalogue);
      lines.push_back(config + ": ok");
    }
  }
  for (const std::string& line : lines) std::cout << printable(line) << "\n";
}

}  // namespace infoplane::experiments
