#include <memory>

#include <infoplane/claim.hpp>
#include <infoplane/figure.hpp>

#include "base/interruption.hpp"
#include "commands/choices.hpp"
#include "commands/commands.hpp"
#include "commands/estimates.hpp"
#include "commands/options.hpp"
#include "results/provenance.hpp"
#include "results/run_files.hpp"
#include "text/standard_streams.hpp"

namespace infoplane::experiments {
namespace {

struct FiguresArguments {
  std::filesystem::path folder;
  std::vector<std::string> figures;  ///< YAML; none: those of the run's experiment
};

void draw_experiment(const std::filesystem::path& folder, const Catalogue& catalogue) {
  const Experiment experiment = read_experiment(load_yaml(folder / kExperimentFile), catalogue);
  draw_figures(experiment.figures, folder);
  if (!is_finished(folder)) return;
  for (const ClaimRecord& claim : evaluate_claims(experiment.claims, folder)) {
    print_stderr("{}: {}\n", experiment.name, printable(summary_of(claim)));
  }
}

void figures_command(const FiguresArguments& arguments, const Catalogue& catalogue) {
  const std::filesystem::path& folder = arguments.folder;
  if (!arguments.figures.empty()) {
    draw_figures(read_choices(arguments.figures, "--figure", catalogue.figures), folder);
  } else if (std::filesystem::exists(std::filesystem::symlink_status(folder / kExperimentFile))) {
    draw_experiment(folder, catalogue);
  } else {
    draw_figures(figures_of_estimates(catalogue, folder), folder);
  }
}

}  // namespace

void add_figures(CLI::App& app, const Catalogue& catalogue) {
  CLI::App& command = *app.add_subcommand("figures", "Redraw a run's figures, or draw others; evaluate its claims");
  const auto arguments = std::make_shared<FiguresArguments>();
  command.add_option("RUN", arguments->folder, "folder of a run")->required();
  command.add_option("--figure", arguments->figures, kChoiceInYaml)->allow_extra_args(false);
  command.footer("Example: infoplane figures runs/x/1 --figure '{type: information_plane, layers: [L5]}'");
  command.callback([arguments, &catalogue] {
    install_signal_handlers();
    figures_command(*arguments, catalogue);
  });
}

}  // namespace infoplane::experiments
