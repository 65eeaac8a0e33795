#include "commands/commands.hpp"

namespace infoplane::experiments {

std::vector<Experiment> read_configs(const std::vector<std::string>& configs,
                                     const std::vector<std::string>& assignments, const Catalogue& catalogue) {
  std::vector<Experiment> experiments;
  for (const std::string& config : configs) {
    Node node = load_yaml(config);
    for (const std::string& assignment : assignments) set_value(node, assignment);
    experiments.push_back(read_experiment(node, catalogue));
    try {
      check(experiments.back());
    } catch (const Error& error) {
      throw UsageError(config + ": " + error.what());
    } catch (const std::exception& error) {
      throw UsageError(config + ": its data set or model cannot be made: " + reason_of(error));
    }
  }
  return experiments;
}

}  // namespace infoplane::experiments
