#include "reproduce/reproduce.hpp"

#include <algorithm>
#include <fstream>
#include <map>
#include <optional>

#include <fmt/format.h>

#include <infoplane/claim.hpp>
#include <infoplane/figure.hpp>

#include "reproduce/pages.hpp"
#include "reproduce/quick.hpp"
#include "results/available_results.hpp"
#include "runs/installed.hpp"
#include "runs/other_runs.hpp"
#include "runs/read_configs.hpp"
#include "text/progress_bar.hpp"

namespace infoplane::experiments {
namespace {

namespace fs = std::filesystem;

struct Config {
  std::string study;
  std::string file;
  std::string comment;  // the first comment, without '#'
  Experiment experiment;
  std::string scale;  // "12000 epochs, 50 replicas"
};

std::vector<std::string> sorted(const fs::path& folder, bool folders) {
  std::vector<std::string> names;
  if (!fs::is_directory(folder)) throw UsageError(folder.string() + ": no such folder");
  for (const auto& entry : fs::directory_iterator(folder)) {
    if (entry.is_directory() == folders && (folders || entry.path().extension() == ".yaml")) {
      names.push_back(entry.path().filename().string());
    }
  }
  std::sort(names.begin(), names.end());
  return names;
}

std::string first_comment(const fs::path& file) {
  std::ifstream stream(file);
  std::string comment;
  for (std::string line; std::getline(stream, line) && !line.empty() && line[0] == '#';) {
    const std::size_t start = line.find_first_not_of("# ");
    const bool is_for_editors = line.find("yaml-language-server:") != std::string::npos;
    if (start == std::string::npos || is_for_editors) continue;
    comment += (comment.empty() ? "" : " ") + line.substr(start);
  }
  return comment;
}

Config read_config(const std::string& study, const fs::path& file, bool quick, const Catalogue& catalogue) {
  Node node = load_yaml(file);
  if (quick) make_quick(node);
  Config config{study, file.string(), first_comment(file), read_experiment(node, catalogue), ""};
  fit(config.experiment, {}, config.file);
  config.scale = fmt::format("{} epochs, {} replica{}", config.experiment.training.epochs, config.experiment.replicas,
                             config.experiment.replicas == 1 ? "" : "s");
  return config;
}

std::vector<Config> read_all(const ReproduceOptions& options, const Catalogue& catalogue) {
  const fs::path folder = find_config(options.configs);
  const std::vector<std::string> known = sorted(folder, true);
  std::vector<Config> configs;
  for (const std::string& study : options.studies.empty() ? known : options.studies) {
    if (std::find(known.begin(), known.end(), study) == known.end()) {
      throw UsageError(fmt::format("unknown study {}{}", in_quotes(study), suggestion(study, known)));
    }
    for (const std::string& name : sorted(folder / study, false)) {
      configs.push_back(read_config(study, folder / study / name, options.quick, catalogue));
    }
  }
  if (configs.empty()) throw UsageError(folder.string() + ": contains no configs");
  return configs;
}

// Copies a run's pictures and lists them with their captions.
std::vector<Picture> pictures_of(const Config& config, const fs::path& run, const fs::path& pictures) {
  std::vector<Picture> list;
  for (const auto& choice : config.experiment.figures) {
    const std::string name = fmt::format("{}-{}.png", config.experiment.name, choice.name());
    fs::copy_file(run / "figures" / (choice.name() + ".png"), pictures / name, fs::copy_options::overwrite_existing);
    list.push_back({choice()->reproduces(), choice.name(), "pictures/" + name});
  }
  return list;
}

using ClaimNames = std::map<std::string, std::vector<std::string>>;  // by experiment

// Of all studies, also those that are not run.
ClaimNames claims_of_all(const fs::path& folder, const Catalogue& catalogue) {
  ClaimNames all;
  for (const std::string& study : sorted(folder, true)) {
    for (const std::string& file : sorted(folder / study, false)) {
      const Experiment experiment = read_experiment(load_yaml(folder / study / file), catalogue);
      std::vector<std::string>& names = all[experiment.name];
      for (const auto& claim : experiment.claims) names.push_back(claim.name());
    }
  }
  return all;
}

// Throws UsageError for a claim that refers to an experiment or a claim that no config has.
void require_known_references(const Config& config, const ClaimNames& known) {
  std::vector<std::string> experiments, claims;
  for (const auto& [experiment, names] : known) {
    experiments.push_back(experiment);
    for (const std::string& name : names) claims.push_back(experiment + "/" + name);
  }
  for (const auto& claim : config.experiment.claims) {
    const ResultNeeds needs = claim()->needs();
    const std::string where = fmt::format("{}: claim {}", config.file, in_quotes(claim.name()));
    require_known(needs.runs, experiments, where, "experiment");
    for (const std::string& name : needs.claims) {
      if (name.find('/') != std::string::npos) require_known({name}, claims, where, "claim");
    }
  }
}

bool compares_runs(const Config& config) {
  const auto& claims = config.experiment.claims;
  return std::any_of(claims.begin(), claims.end(), [](const auto& claim) { return !claim()->needs().runs.empty(); });
}

}  // namespace

std::vector<fs::path> reproduce(const ReproduceOptions& options, const Catalogue& catalogue) {
  const std::vector<Config> configs = read_all(options, catalogue);
  const ClaimNames known = claims_of_all(find_config(options.configs), catalogue);
  for (const Config& config : configs) require_known_references(config, known);
  const fs::path& out = options.run.out;
  RunOptions run_options = options.run;
  run_options.out = out / "runs";
  run_options.resume = true;
  std::map<std::string, fs::path> runs;  // by experiment
  const auto judge = [&](const Config& config) {
    const auto& claims = config.experiment.claims;
    const auto find = [&](const std::string& experiment) -> std::optional<fs::path> {
      const auto run = runs.find(experiment);
      return run == runs.end() ? std::nullopt : std::optional(run->second);
    };
    return evaluate_claims(claims, runs.at(config.experiment.name), other_runs(claims, find));
  };
  Pages pages{options.quick, {}};
  for (const Config& config : configs) {
    ProgressBar progress;
    const fs::path run = infoplane::run(config.experiment, catalogue, run_options, progress);
    runs[config.experiment.name] = run;
    fs::create_directories(out / "pictures");
    draw_figures(config.experiment.figures, run);
    pages.sections.push_back({config.study, config.experiment.name, config.file, config.comment, config.scale,
                              judge(config), read_run(run).truth, pictures_of(config, run, out / "pictures")});
    write_pages(pages, out);
  }
  for (std::size_t i = 0; i < configs.size(); ++i) {
    if (compares_runs(configs[i])) pages.sections[i].claims = judge(configs[i]);
  }
  write_pages(pages, out);
  return {out / "reproduction.md", out / "reproduction.html"};
}

}  // namespace infoplane::experiments
