#include <filesystem>
#include <iostream>
#include <memory>

#include <infoplane/array_file.hpp>

#include "commands/commands.hpp"
#include "commands/options.hpp"
#include "runs/read_configs.hpp"

namespace infoplane::experiments {
namespace {

struct SimulateArguments {
  std::string config;
  Assignments assignments;
  std::filesystem::path out;
};

// Writes the data set of an experiment: its inputs [N, D] float32 to NAME.npy, its labels [N] int64 to NAME.labels.npy;
// prints both names.
void simulate_command(const SimulateArguments& arguments, const Catalogue& catalogue) {
  const Experiment experiment = read_configs({arguments.config}, arguments.assignments, catalogue)[0].experiment;
  const Dataset dataset = experiment.dataset(stream_seed(experiment.seed, 0, Purpose::dataset));
  validate(dataset);
  const std::filesystem::path labels = std::filesystem::path(arguments.out).replace_extension(".labels.npy");
  write_array(arguments.out, dataset.inputs);
  write_array(labels, dataset.labels);
  std::cout << printable(arguments.out.string()) << "\n" << printable(labels.string()) << std::endl;
}

}  // namespace

void add_simulate(CLI::App& app, const Catalogue& catalogue) {
  CLI::App& command = *app.add_subcommand("simulate", "Write an experiment's data set as .npy, for other programs");
  const auto arguments = std::make_shared<SimulateArguments>();
  command.add_option("CONFIG", arguments->config, "YAML file of an experiment")->required();
  add_set(command, arguments->assignments);
  command.add_option("--out", arguments->out, "NAME.npy for the inputs; labels go to NAME.labels.npy")->required();
  command.footer("Example: infoplane simulate wireless/tanh --out wireless.npy");
  command.callback([arguments, &catalogue] { simulate_command(*arguments, catalogue); });
}

}  // namespace infoplane::experiments
