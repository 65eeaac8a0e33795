#include <algorithm>
#include <iostream>
#include <memory>
#include <string>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "base/in_parallel.hpp"
#include "commands/commands.hpp"
#include "commands/options.hpp"
#include "figures/compared_planes.hpp"
#include "figures/overlaid_planes.hpp"
#include "runs/comparison.hpp"
#include "runs/run_folders.hpp"
#include "runs/selection.hpp"
#include "text/standard_streams.hpp"

namespace infoplane::experiments {
namespace {

struct CompareArguments {
  std::vector<std::string> runs;
  std::vector<std::string> layers;  ///< empty: all
  std::string estimator;            ///< "": all in the tables, the first in the figure
  std::string out = "comparison";
  std::string format = "table";
};

// Keeps the selected layers and estimators. Throws UsageError for one that no run has.
void select(const CompareArguments& arguments, std::vector<std::vector<LayerInformation>>& information) {
  std::vector<std::string> layers, estimators;
  for (const auto& run : information) {
    for (const LayerInformation& of : run) {
      add_distinct(layers, of.layer);
      add_distinct(estimators, of.estimator);
    }
  }
  for (const std::string& layer : arguments.layers) {
    if (std::find(layers.begin(), layers.end(), layer) == layers.end()) refuse("layer", layer, layers);
  }
  const auto is_wanted = [&](const std::string& name) {
    return arguments.estimator.empty() || is_of_estimator(name, arguments.estimator);
  };
  if (!arguments.estimator.empty() && std::none_of(estimators.begin(), estimators.end(), is_wanted)) {
    refuse("estimator", arguments.estimator, estimators);
  }
  const auto is_omitted = [&](const LayerInformation& of) {
    const auto& names = arguments.layers;
    return !is_wanted(of.estimator) ||
           (!names.empty() && std::find(names.begin(), names.end(), of.layer) == names.end());
  };
  for (auto& run : information) run.erase(std::remove_if(run.begin(), run.end(), is_omitted), run.end());
}

Comparison compare(const CompareArguments& arguments, const Catalogue& catalogue) {
  Comparison comparison;
  const std::vector<std::filesystem::path> folders = run_folders(arguments.runs);
  if (folders.size() < 2) throw UsageError(fmt::format("compare needs at least two runs, got {}", folders[0].string()));
  comparison.runs = read_runs(folders, catalogue);
  shorten_names(comparison.runs);
  comparison.information.resize(comparison.runs.size());
  in_parallel(static_cast<std::int64_t>(comparison.runs.size()), cores(), [&](std::int64_t i) {
    comparison.information[i] = read_information(comparison.runs[i].folder, comparison.runs[i].summary);
  });
  select(arguments, comparison.information);
  std::vector<Settings> settings;
  for (const NamedRun& run : comparison.runs) {
    settings.push_back(settings_of(with_current_keys(run.summary.experiment, catalogue)));
  }
  comparison.settings = differences(settings);
  return comparison;
}

void compare_command(const CompareArguments& arguments, const Catalogue& catalogue) {
  const Comparison comparison = compare(arguments, catalogue);
  if (arguments.format == "csv") {
    std::cout << comparison_csv(comparison);
  } else if (arguments.format == "json") {
    std::cout << comparison_json(comparison);
  } else {
    std::cout << comparison_text(comparison);
  }
  std::cout.flush();
  const DrawnPlanes drawn = draw_planes(comparison, arguments.layers, arguments.out);
  if (drawn.left_out > 0) {
    print_stderr("the figure shows the first {} runs and omits {}\n", kMostPlanes, drawn.left_out);
  }
  if (!drawn.too_deep.empty()) {
    print_stderr("the figure shows up to {} layers and omits {}, with more: choose layers with --layer\n", kMostSeries,
                 printable(fmt::format("{}", fmt::join(drawn.too_deep, ", "))));
  }
  if (!drawn.without.empty()) {
    const std::string names = fmt::format("{}", fmt::join(drawn.without, ", "));
    print_stderr("the figure omits {}: no rows of {}\n", printable(names), printable(drawn.estimator));
  }
  if (!drawn.picture.empty()) print_stderr("{}\n", printable(drawn.picture.string()));
}

}  // namespace

void add_compare(CLI::App& app, const Catalogue& catalogue) {
  CLI::App& command = *app.add_subcommand("compare", "Compare settings, results and information planes of runs");
  const auto arguments = std::make_shared<CompareArguments>();
  command.add_option("RUN", arguments->runs, "folders of runs, or folders to search for runs")->required();
  command.add_option("--layer", arguments->layers, "layer to compare; default: all")->allow_extra_args(false);
  command.add_option("--estimator", arguments->estimator, "estimator to compare; default: all, and the first is drawn");
  command.add_option("--out", arguments->out, "folder for planes.svg and planes.png")->capture_default_str();
  add_format(command, arguments->format);
  command.footer("Example: infoplane compare runs/twelve_bit_tanh runs/twelve_bit_relu --layer L5");
  command.callback([arguments, &catalogue] { compare_command(*arguments, catalogue); });
}

}  // namespace infoplane::experiments
