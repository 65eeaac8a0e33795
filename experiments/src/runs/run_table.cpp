#include "runs/run_table.hpp"

#include <algorithm>
#include <cmath>
#include <functional>
#include <map>

#include <fmt/format.h>

#include <infoplane/error.hpp>

#include "base/in_parallel.hpp"
#include "results/run_status.hpp"
#include "run/run_folder.hpp"
#include "runs/run_information.hpp"

namespace infoplane::experiments {
namespace {

namespace fs = std::filesystem;

constexpr double kMissing = std::numeric_limits<double>::quiet_NaN();

// A scalar of the experiment, as text.
std::string text_at(const Node& experiment, const std::vector<std::string>& path) {
  const Node* at = &experiment;
  for (const std::string& key : path) {
    at = at->find(key);
    if (at == nullptr) return "";
  }
  return at->kind == Node::Kind::scalar ? at->scalar : "";
}

std::string experiment_of(const NamedRun& run) {
  const std::string name = text_at(run.summary.experiment, {"name"});
  return name.empty() ? fs::absolute(run.folder / "").parent_path().parent_path().filename().string() : name;
}

std::string number_of(const NamedRun& run) { return fs::absolute(run.folder / "").parent_path().filename().string(); }

Cell whole_number(const std::string& text) {
  const bool is_number = !text.empty() && text.size() < 19 && text.find_first_not_of("0123456789") == std::string::npos;
  return is_number ? Cell(static_cast<std::int64_t>(std::stoll(text))) : Cell(kMissing);
}

std::int64_t holding(const RunSummary& summary) {
  return std::count_if(summary.claims.begin(), summary.claims.end(),
                       [](const ClaimRecord& c) { return c.verdict == Verdict::holds; });
}

// Renames runs that share a name.
void make_unique_names(std::vector<NamedRun>& runs, const std::function<std::string(const NamedRun&)>& otherwise) {
  std::map<std::string, int> counts;
  for (const NamedRun& run : runs) ++counts[run.name];
  for (NamedRun& run : runs) {
    if (counts[run.name] > 1) run.name = otherwise(run);
  }
}

}  // namespace

std::vector<NamedRun> read_runs(const std::vector<fs::path>& folders, const Catalogue& catalogue) {
  std::vector<NamedRun> runs(folders.size());
  in_parallel(static_cast<std::int64_t>(folders.size()), cores(), [&](std::int64_t i) {
    runs[i] = {folders[i].string(), folders[i], summarize_run(folders[i])};
    if (runs[i].summary.state == status_name(RunStatus::damaged)) return;
    try {
      require_own_experiment(folders[i], catalogue);
    } catch (const Error& error) {
      runs[i].summary.set_damaged(error.what(), folders[i]);
    }
  });
  return runs;
}

void shorten_names(std::vector<NamedRun>& runs) {
  for (NamedRun& run : runs) run.name = experiment_of(run);
  make_unique_names(runs, [](const NamedRun& run) { return experiment_of(run) + "/" + number_of(run); });
  make_unique_names(runs, [](const NamedRun& run) { return run.folder.string(); });
}

Table run_table(const std::vector<NamedRun>& runs) {
  Table table{{"run", "state", "replicas", "epoch", "epochs", "accuracy", "accuracy_deviation", "claims_hold", "claims",
               "started", "wall_s", "problem"},
              {}};
  for (const auto& [name, folder, s] : runs) {
    const Statistics accuracy = statistics(values_of(s.last_epoch, "test", &TrainingRecord::accuracy));
    table.rows.push_back({name, s.state, whole_number(text_at(s.experiment, {"replicas"})),
                          s.last_epoch.empty() ? Cell(kMissing) : Cell(s.last_epoch.back().epoch),
                          whole_number(text_at(s.experiment, {"training", "epochs"})), accuracy.mean,
                          accuracy.standard_deviation, holding(s), static_cast<std::int64_t>(s.claims.size()),
                          s.started, s.wall_seconds, s.problem});
  }
  return table;
}

Table run_texts(const std::vector<NamedRun>& runs) {
  const auto is_well = [](const NamedRun& run) { return run.summary.problem.empty(); };
  const bool problems = !std::all_of(runs.begin(), runs.end(), is_well);
  Table table{{"run", "state", "replicas", "epoch", "accuracy", "claims", "started", "wall_s"}, {}};
  if (problems) table.columns.emplace_back("problem");
  for (const auto& [name, folder, s] : runs) {
    const std::string epochs = text_at(s.experiment, {"training", "epochs"});
    const std::vector<double> accuracies = values_of(s.last_epoch, "test", &TrainingRecord::accuracy);
    std::string epoch = s.last_epoch.empty() ? "" : fmt::format("{}", s.last_epoch.back().epoch);
    if (!epoch.empty() && !epochs.empty()) epoch += "/" + epochs;
    table.rows.push_back({name, s.state, text_at(s.experiment, {"replicas"}), epoch,
                          text_of(statistics(accuracies), accuracies.size()),
                          s.claims.empty() ? "" : fmt::format("{}/{}", holding(s), s.claims.size()), s.started,
                          std::isnan(s.wall_seconds) ? "" : fmt::format("{:.1f}", s.wall_seconds)});
    if (problems) table.rows.back().emplace_back(s.problem);
  }
  return table;
}

}  // namespace infoplane::experiments
