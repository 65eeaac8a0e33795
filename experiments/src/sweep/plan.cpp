#include "sweep/plan.hpp"

#include <algorithm>
#include <map>
#include <utility>

#include <fmt/format.h>

#include <infoplane/error_list.hpp>

#include "config/sweep.hpp"
#include "results/provenance.hpp"
#include "results/whole_tables.hpp"
#include "run/merge.hpp"
#include "run/run_content.hpp"

namespace infoplane::experiments {
namespace {

namespace fs = std::filesystem;
using Runs = std::map<std::string, fs::path>;

// One experiment, named by its settings; the name in the config is that of the sweep.
SweepRun read_run(Combination& combination, std::string& sweep, const Catalogue& catalogue) {
  SweepRun run{
      {read_experiment(combination.config, catalogue), {}, {}, false, {}}, std::move(combination.values), {}, {}};
  sweep = std::exchange(run.whole.experiment.name, combination.name);
  return run;
}

// The experiments of a config, named by their settings in the sweep.
void read_runs(const Node& config, SweepPlan& plan, const Catalogue& catalogue) {
  Sweep sweep = read_sweep(config);
  plan.paths = std::move(sweep.paths);
  ErrorList errors;
  for (Combination& combination : sweep.combinations) {
    errors.collect([&] { plan.runs.push_back(read_run(combination, plan.name, catalogue)); });
  }
  errors.raise();
}

void require_distinct(const SweepPlan& plan, const Catalogue& catalogue) {
  std::map<std::string, std::string> names;  // by content
  for (const SweepRun& run : plan.runs) {
    const std::string& name = run.whole.experiment.name;
    const auto [other, is_new] = names.emplace(content_of(run.whole.experiment, catalogue), name);
    if (!is_new)
      throw UsageError(fmt::format("{}: {} and {} are the same experiment", plan.config, other->second, name));
  }
}

void divide(SweepRun& run, std::int64_t shards, const fs::path& folder, const std::string& where) {
  const Experiment& whole = run.whole.experiment;
  if (shards > whole.replicas) {
    throw UsageError(
        fmt::format("{}: --shards must be at most its number of replicas, {}, got {}", where, whole.replicas, shards));
  }
  for (std::int64_t s = 0; shards > 1 && s < shards; ++s) {
    Part shard{whole, folder / ".shards", {}, false, {}};
    const std::int64_t first = whole.replicas * s / shards;
    shard.experiment.first_replica = whole.first_replica + first;
    shard.experiment.replicas = whole.replicas * (s + 1) / shards - first;
    shard.experiment.figures.clear();  // one may show a replica that is not in the shard
    run.shards.push_back(std::move(shard));
  }
}

void find_in(const Runs& runs, Part& part, const Catalogue& catalogue) {
  const auto found = runs.find(content_of(part.experiment, catalogue));
  if (found == runs.end()) return;
  part.folder = found->second;
  part.finished = is_finished(part.folder);
  if (!part.finished) return;
  try {
    require_whole_tables(part.folder);
  } catch (const UsageError& error) {
    part.finished = false;
    part.problem = error.what();
  }
}

bool all_finished(const std::vector<Part>& parts) {
  return std::all_of(parts.begin(), parts.end(), [](const Part& part) { return part.finished; });
}

}  // namespace

SweepPlan read_plan(const fs::path& config, const Assignments& assignments, const fs::path& out, std::int64_t shards,
                    const Catalogue& catalogue) {
  const auto [node, set] = read_config(config, assignments);
  SweepPlan plan{config.string(), "", {}, {}, {}};
  const bool sweeps = is_sweep(node);
  if (sweeps) {
    read_runs(node, plan, catalogue);
  } else if (shards > 1) {
    plan.runs.push_back({{read_experiment(node, catalogue), {}, {}, false, {}}, {}, {}, {}});
    plan.name = plan.runs[0].whole.experiment.name;
  } else {
    throw UsageError(config.string() + ": has no `sweep`, run it with `infoplane run`");
  }
  plan.folder = out / plan.name;
  require_distinct(plan, catalogue);
  Changes changes = set;
  changes.varied = plan.paths;
  ErrorList errors;
  for (SweepRun& run : plan.runs) {
    const std::string where = sweeps ? fmt::format("{}: {}", plan.config, run.whole.experiment.name) : plan.config;
    errors.collect([&] {
      run.fitted = fit(run.whole.experiment, changes, where);
      run.whole.out = sweeps ? plan.folder : out;
      divide(run, shards, plan.folder, where);
    });
  }
  errors.raise();
  return plan;
}

void look_up(SweepPlan& plan, const Catalogue& catalogue) {
  const Runs runs = runs_by_content(plan.runs[0].whole.out, catalogue);
  const Runs shards = runs_by_content(plan.folder / ".shards", catalogue);
  for (SweepRun& run : plan.runs) {
    find_in(runs, run.whole, catalogue);
    for (Part& shard : run.shards) find_in(shards, shard, catalogue);
  }
}

std::vector<Part*> to_run(SweepPlan& plan) {
  std::vector<Part*> parts;
  for (SweepRun& run : plan.runs) {
    if (run.whole.finished || !run.whole.problem.empty()) continue;
    if (run.shards.empty()) parts.push_back(&run.whole);
    for (Part& shard : run.shards) {
      if (!shard.finished && shard.problem.empty()) parts.push_back(&shard);
    }
  }
  return parts;
}

std::size_t unfinished(const SweepPlan& plan) {
  return std::count_if(plan.runs.begin(), plan.runs.end(), [](const SweepRun& run) { return !run.whole.finished; });
}

void merge_shards(SweepPlan& plan, const Catalogue& catalogue) {
  for (SweepRun& run : plan.runs) {
    Part& whole = run.whole;
    if (whole.finished || !whole.problem.empty() || run.shards.empty() || !all_finished(run.shards)) continue;
    std::vector<fs::path> folders;
    for (const Part& shard : run.shards) folders.push_back(shard.folder);
    try {
      whole.folder = merge(folders, whole.experiment, catalogue, whole.out);
      whole.finished = true;
    } catch (const Interrupted& stop) {
      throw interruption_of(plan, stop.signal);
    } catch (const Error& error) {
      whole.problem = error.what();
    }
  }
}

std::vector<std::string> problems_of(const SweepPlan& plan) {
  std::vector<std::string> problems;
  const auto add = [&](const Part& part) {
    if (!part.problem.empty()) problems.push_back(fmt::format("{}: {}", title_of(part, plan), part.problem));
  };
  for (const SweepRun& run : plan.runs) {
    add(run.whole);
    for (const Part& shard : run.shards) add(shard);
  }
  return problems;
}

Interrupted interruption_of(const SweepPlan& plan, int signal) {
  return Interrupted(fmt::format("{}: interrupted, {} of {} runs are finished, repeat the command to resume",
                                 plan.folder.string(), plan.runs.size() - unfinished(plan), plan.runs.size()),
                     signal);
}

std::string title_of(const Part& part, const SweepPlan& plan) {
  const Experiment& e = part.experiment;
  const bool is_whole =
      std::any_of(plan.runs.begin(), plan.runs.end(), [&](const SweepRun& run) { return &run.whole == &part; });
  if (is_whole) return e.name;
  return e.replicas == 1
             ? fmt::format("{}, replica {}", e.name, e.first_replica)
             : fmt::format("{}, replicas {} to {}", e.name, e.first_replica, e.first_replica + e.replicas - 1);
}

}  // namespace infoplane::experiments
