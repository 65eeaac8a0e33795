#include <algorithm>
#include <iostream>
#include <memory>
#include <string>

#include <fmt/format.h>

#include <infoplane/claim.hpp>

#include "commands/commands.hpp"
#include "commands/options.hpp"
#include "results/provenance.hpp"
#include "results/run_files.hpp"
#include "runs/run_folders.hpp"
#include "runs/run_information.hpp"
#include "runs/run_table.hpp"
#include "text/node_json.hpp"

namespace infoplane::experiments {
namespace {

namespace fs = std::filesystem;

struct ShowArguments {
  std::string folder;
  std::string format = "table";
};

struct ShownRun {
  NamedRun run;
  std::vector<LayerInformation> information;
  std::vector<std::string> pictures;  ///< relative to the run's folder
};

Table training_table(const std::vector<TrainingRecord>& rows, Loss kind) {
  const std::string unit = unit_suffix(kind);
  Table table{{"split", "loss" + unit, "loss_deviation" + unit, "accuracy", "accuracy_deviation"}, {}};
  for (const char* split : {"train", "test"}) {
    const std::vector<double> losses = values_of(rows, split, &TrainingRecord::loss);
    const Statistics loss = statistics(losses),
                     accuracy = statistics(values_of(rows, split, &TrainingRecord::accuracy));
    if (!losses.empty())
      table.rows.push_back({split, loss.mean, loss.standard_deviation, accuracy.mean, accuracy.standard_deviation});
  }
  return table;
}

Table claims_table(const std::vector<ClaimRecord>& claims) {
  Table table{{"claim", "verdict", "holds", "replicas", "share_low", "share_high", "mean", "deviation", "unit",
               "measured", "doubt"},
              {}};
  for (const ClaimRecord& c : claims) {
    table.rows.push_back({c.name, verdict_name(c.verdict), c.holds, c.replicas, c.share.low, c.share.high, c.mean,
                          c.deviation, c.unit, c.measured, c.doubt});
  }
  return table;
}

std::vector<std::string> pictures_in(const fs::path& folder) {
  std::vector<std::string> names;
  std::error_code error;
  for (fs::directory_iterator entry(folder / kFigures, error), end; !error && entry != end; entry.increment(error)) {
    if (entry->path().extension() == ".png") names.push_back("figures/" + entry->path().filename().string());
  }
  std::sort(names.begin(), names.end());
  return names;
}

nlohmann::ordered_json run_json(const ShownRun& shown) {
  const RunSummary& summary = shown.run.summary;
  nlohmann::ordered_json json{{"run", shown.run.name}, {"state", summary.state}};
  if (!summary.problem.empty()) json["problem"] = summary.problem;
  for (const auto& [name, value] : summary.provenance) json["provenance"][name] = value;
  json["experiment"] = json_of(summary.experiment);
  json["training"] = as_json(training_table(summary.last_epoch, loss_of(summary.experiment)));
  json["information"] = as_json(information_table(shown.information));
  json["claims"] = as_json(claims_table(summary.claims));
  json["pictures"] = shown.pictures;
  return json;
}

// The table under a heading; "" without rows.
std::string section(const std::string& heading, const Table& table) {
  return table.rows.empty() ? "" : fmt::format("\n{}\n{}", heading, aligned(table, 4));
}

std::string run_text(const ShownRun& shown) {
  const RunSummary& summary = shown.run.summary;
  std::string text = aligned(run_texts({shown.run}));
  Table provenance{{"provenance", ""}, {}};
  for (const auto& [name, value] : summary.provenance) provenance.rows.push_back({name, value});
  if (!provenance.rows.empty()) text += "\n" + aligned(provenance);
  if (!summary.experiment.entries.empty())
    text += summary.state == status_name(RunStatus::estimate) ? "\nestimate\n" : "\nexperiment\n";
  for (const auto& [key, place, value] : summary.experiment.entries) {
    if (key != "figures" && key != "claims")
      text += printable(fmt::format("{}: {}", key, to_inline_yaml(value))) + "\n";
  }
  text += section("last epoch, over the replicas", training_table(summary.last_epoch, loss_of(summary.experiment)));
  text += section("information, mean +- standard deviation over the replicas", information_texts(shown.information));
  text += section("claims", claims_table(summary.claims));
  if (!shown.pictures.empty()) text += "\npictures\n";
  for (const std::string& picture : shown.pictures) text += printable((shown.run.folder / picture).string()) + "\n";
  return text;
}

void show_command(const ShowArguments& arguments, const Catalogue& catalogue) {
  const fs::path folder = run_folder(arguments.folder);
  if (!is_run(folder)) {
    throw UsageError(arguments.folder + ": not a run, it has neither provenance.json nor information.csv");
  }
  ShownRun shown{read_runs({folder}, catalogue)[0], {}, pictures_in(folder)};
  shown.information = read_information(shown.run.folder, shown.run.summary);
  if (arguments.format == "csv") {
    std::cout << as_csv(information_table(shown.information));
  } else if (arguments.format == "json") {
    std::cout << printed(run_json(shown));
  } else {
    std::cout << run_text(shown);
  }
}

}  // namespace

void add_show(CLI::App& app, const Catalogue& catalogue) {
  CLI::App& command = *app.add_subcommand("show", "Show a run's settings and results");
  const auto arguments = std::make_shared<ShowArguments>();
  add_run_folder(command, arguments->folder);
  add_format(command, arguments->format);
  command.footer("Example: infoplane show runs/twelve_bit_tanh/20260131T235959Z");
  command.callback([arguments, &catalogue] { show_command(*arguments, catalogue); });
}

}  // namespace infoplane::experiments
