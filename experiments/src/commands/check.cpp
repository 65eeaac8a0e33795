#include <algorithm>
#include <iostream>
#include <memory>
#include <utility>

#include <infoplane/error_list.hpp>

#include "base/in_parallel.hpp"
#include "commands/commands.hpp"
#include "commands/options.hpp"
#include "config/sweep.hpp"
#include "runs/read_configs.hpp"
#include "sweep/plan.hpp"
#include "text/progress_bar.hpp"
#include "text/standard_streams.hpp"

namespace infoplane::experiments {
namespace {

struct CheckArguments {
  std::vector<std::string> configs;
  Assignments assignments;
};

// What is said of one config.
struct Checked {
  std::string config, line;
  std::vector<std::pair<std::string, Fitted>> parts;  // its experiments, each with its place
};

Checked check_config(const std::string& config, const Assignments& assignments, const Catalogue& catalogue) {
  if (!is_sweep(read_config(config, assignments).node)) {
    return {config, config + ": ok", {{config, read_configs({config}, assignments, catalogue)[0].fitted}}};
  }
  const SweepPlan plan = read_plan(config, assignments, "", 1, catalogue);
  const std::size_t runs = plan.runs.size();
  Checked checked{config, config + ": ok, a sweep of " + std::to_string(runs) + (runs == 1 ? " run" : " runs"), {}};
  for (const SweepRun& run : plan.runs) {
    checked.parts.emplace_back(config + ": " + run.whole.experiment.name, run.fitted);
  }
  return checked;
}

// Of all together, one after the other, on all cores.
std::string expectation_of(const std::vector<std::pair<std::string, Fitted>>& parts) {
  double seconds = 0, bytes = 0;
  for (const auto& [where, fitted] : parts) {
    seconds += fitted.work.seconds / static_cast<double>(std::min(cores(), fitted.work.replicas));
    bytes = std::max(bytes, fitted.work.bytes);
  }
  return expectation(seconds, bytes) + (seconds > kDay ? "; to run it requires --anyway" : "");
}

// Validates configs, including every experiment of a sweep; prints a line for each config.
void check_command(const CheckArguments& arguments, const Catalogue& catalogue) {
  std::vector<Checked> all;
  ErrorList errors;
  for (const std::string& config : arguments.configs) {
    errors.collect([&] { all.push_back(check_config(config, arguments.assignments, catalogue)); });
  }
  errors.raise();
  for (const Checked& checked : all) {
    for (const auto& [where, fitted] : checked.parts) {
      print_left_out(where, fitted);
      print_warnings(where, fitted);
    }
    print_stderr("{}: {}\n", printable(checked.config), expectation_of(checked.parts));
    std::cout << printable(checked.line) << "\n";
  }
}

}  // namespace

void add_check(CLI::App& app, const Catalogue& catalogue) {
  CLI::App& command = *app.add_subcommand("check", "Validate experiments without running them");
  const auto arguments = std::make_shared<CheckArguments>();
  add_configs(command, arguments->configs, arguments->assignments);
  command.footer("Example: infoplane check twelve_bit/tanh --set training.epochs=500");
  command.callback([arguments, &catalogue] { check_command(*arguments, catalogue); });
}

}  // namespace infoplane::experiments
