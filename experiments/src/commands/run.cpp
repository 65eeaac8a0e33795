#include <iostream>
#include <memory>

#include <infoplane/runtime.hpp>

#include "base/interruption.hpp"
#include "commands/commands.hpp"
#include "commands/options.hpp"
#include "runs/read_configs.hpp"
#include "text/progress_bar.hpp"

namespace infoplane::experiments {
namespace {

struct RunArguments {
  std::vector<std::string> configs;
  Assignments assignments;
  RunOptions run;
};

// Runs the experiments in turn and prints the folder of each.
void run_command(const RunArguments& arguments, const Catalogue& catalogue) {
  const auto experiments = read_configs(arguments.configs, arguments.assignments, catalogue);
  install_signal_handlers();  // until here a signal may end the process at once
  for (const ReadExperiment& read : experiments) {
    ProgressBar progress;
    print_left_out(read.config, read.fitted);
    std::cout << printable(run(read.experiment, catalogue, arguments.run, progress).string()) << std::endl;
  }
}

}  // namespace

void add_run(CLI::App& app, const Catalogue& catalogue) {
  CLI::App& command = *app.add_subcommand("run", "Run experiments: train, estimate information, draw figures");
  const auto arguments = std::make_shared<RunArguments>();
  add_configs(command, arguments->configs, arguments->assignments);
  add_out(command, arguments->run.out);
  command.add_flag("--resume", arguments->run.resume, "resume the latest run of each, if there is one");
  add_run_options(command, arguments->run);
  add_anyway(command, arguments->run.anyway);
  command.footer("Example: infoplane run twelve_bit/tanh --set replicas=10 --threads 2");
  command.callback([arguments, &catalogue] {
    parse_device(arguments->run.device);
    run_command(*arguments, catalogue);
  });
}

}  // namespace infoplane::experiments
