#include <iostream>

#include "commands/commands.hpp"
#include "config/sweep.hpp"
#include "runs/read_configs.hpp"
#include "sweep/plan.hpp"

namespace infoplane::experiments {

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
