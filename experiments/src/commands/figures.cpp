#include <chrono>
#include <iostream>
#include <memory>

#include <fmt/format.h>

#include <infoplane/claim.hpp>
#include <infoplane/figure.hpp>

#include "base/interruption.hpp"
#include "base/signal_watch.hpp"
#include "commands/choices.hpp"
#include "commands/commands.hpp"
#include "commands/estimates.hpp"
#include "commands/options.hpp"
#include "results/provenance.hpp"
#include "results/run_files.hpp"
#include "results/run_summary.hpp"
#include "run/run_folder.hpp"
#include "runs/other_runs.hpp"
#include "runs/run_folders.hpp"
#include "text/activity.hpp"
#include "text/standard_streams.hpp"

namespace infoplane::experiments {
namespace {

struct FiguresArguments {
  std::string folder;
  std::vector<std::string> figures;  ///< YAML; none: those of the run's experiment
};

using FigureChoices = std::vector<Choice<FigureFactory>>;

// One list of the experiment. Drawing and evaluating need the tables, and not the types of the data set and the model,
// which another program may have registered.
template <class Signature>
std::vector<Choice<Signature>> read_list(const Node& experiment, const std::string& key,
                                         const Registry<Signature>& registry) {
  std::vector<Choice<Signature>> read;
  const Node* const list = experiment.find(key);
  if (list != nullptr) choices(key, read, registry, "").binding->read(*list, key);
  return read;
}

void draw(const FigureChoices& figures, const std::filesystem::path& folder) {
  Activity activity;
  activity.begin("drawing figures");
  draw_figures(figures, folder);
  activity.end();
  for (const auto& figure : figures) {
    for (const char* type : {".svg", ".png"}) {
      std::cout << printable((folder / kFigures / (figure.name() + type)).string()) << "\n";
    }
  }
}

// Why the run's claims cannot be evaluated; "" if they can.
std::string unfinished(const std::filesystem::path& folder) {
  if (is_finished(folder)) return "";
  const RunSummary summary = summarize_run(folder);
  if (summary.state == status_name(RunStatus::damaged)) return summary.problem;
  return fmt::format("the run is not finished, its status is {}", summary.state);
}

void evaluate(const Node& experiment, const std::filesystem::path& folder, const Catalogue& catalogue) {
  const auto claims = read_list(experiment, "claims", catalogue.claims);
  if (claims.empty()) return;
  if (const std::string reason = unfinished(folder); !reason.empty()) {
    return print_stderr("{}: claims not evaluated: {}\n", printable(folder.string()), printable(reason));
  }
  const Node* const name = experiment.find("name");
  const std::filesystem::path runs = std::filesystem::absolute(folder).lexically_normal().parent_path().parent_path();
  for (const ClaimRecord& claim : evaluate_claims(claims, folder, other_runs(claims, finished_in(runs)))) {
    print_stderr("{}: {}\n", printable(name != nullptr ? name->scalar : ""), printable(claim_summary(claim)));
  }
}

void draw_experiment(const std::filesystem::path& folder, const Catalogue& catalogue) {
  require_own_experiment(folder, catalogue);
  const Node experiment = load_yaml(folder / kExperimentFile);
  draw(read_list(experiment, "figures", catalogue.figures), folder);
  evaluate(experiment, folder, catalogue);
}

void figures_command(const FiguresArguments& arguments, const Catalogue& catalogue) {
  const std::filesystem::path folder = run_folder(arguments.folder);
  if (!arguments.figures.empty()) {
    draw(read_choices(arguments.figures, "--figure", catalogue.figures), folder);
  } else if (std::filesystem::exists(std::filesystem::symlink_status(folder / kExperimentFile))) {
    draw_experiment(folder, catalogue);
  } else {
    draw(figures_of_estimates(catalogue, folder), folder);
  }
}

}  // namespace

void add_figures(CLI::App& app, const Catalogue& catalogue) {
  CLI::App& command = *app.add_subcommand("figures", "Redraw a run's figures, or draw others; evaluate its claims");
  const auto arguments = std::make_shared<FiguresArguments>();
  add_run_folder(command, arguments->folder);
  command.add_option("--figure", arguments->figures, kChoiceInYaml)->allow_extra_args(false);
  command.footer("Example: infoplane figures runs/x/1 --figure '{type: information_plane, layers: [L5]}'");
  command.callback([arguments, &catalogue] {
    install_signal_handlers();
    const SignalWatch watch(std::chrono::seconds(1), [](int) { print_stderr("interrupted\n"); });
    figures_command(*arguments, catalogue);
  });
}

}  // namespace infoplane::experiments
