#include "runs/read_configs.hpp"

#include <infoplane/check.hpp>
#include <infoplane/error.hpp>

#include "base/reason_of.hpp"

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

}  // namespace infoplane::experiments
