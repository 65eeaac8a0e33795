#include <iostream>
#include <memory>

#include "commands/commands.hpp"
#include "commands/options.hpp"
#include "config/sweep.hpp"
#include "runs/read_configs.hpp"
#include "sweep/plan.hpp"

namespace infoplane::experiments {
namespace {

struct CheckArguments {
  std::vector<std::string> configs;
  std::vector<std::string> assignments;
};

// Validates configs, including every experiment of a sweep; prints a line for each config.
void check_command(const CheckArguments& arguments, const Catalogue& catalogue) {
  std::vector<std::string> lines;
  for (const std::string& config : arguments.configs) {
    if (is_sweep(read_config(config, arguments.assignments))) {
      const std::size_t runs = read_plan(config, arguments.assignments, "", 1, catalogue).runs.size();
      lines.push_back(config + ": ok, a sweep of " + std::to_string(runs) + (runs == 1 ? " run" : " runs"));
    } else {
      read_configs({config}, arguments.assignments, catalogue);
      lines.push_back(config + ": ok");
    }
  }
  for (const std::string& line : lines) std::cout << printable(line) << "\n";
}

}  // namespace

void add_check(CLI::App& app, const Catalogue& catalogue) {
  CLI::App& command = *app.add_subcommand("check", "Validate experiments without running them");
  const auto arguments = std::make_shared<CheckArguments>();
  add_configs(command, arguments->configs, arguments->assignments);
  command.footer("Example: infoplane check configs/*/*.yaml");
  command.callback([arguments, &catalogue] { check_command(*arguments, catalogue); });
}

}  // namespace infoplane::experiments
