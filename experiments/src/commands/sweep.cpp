#include <iostream>
#include <memory>
#include <system_error>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <infoplane/run.hpp>
#include <infoplane/runtime.hpp>

#include "base/folder_lock.hpp"
#include "base/interruption.hpp"
#include "commands/commands.hpp"
#include "commands/options.hpp"
#include "sweep/local.hpp"
#include "sweep/overview.hpp"
#include "sweep/plan.hpp"
#include "sweep/slurm.hpp"
#include "text/standard_streams.hpp"
#include "text/table.hpp"

namespace infoplane::experiments {
namespace {

struct SweepArguments {
  std::string config;
  Assignments assignments;
  RunOptions run;
  std::int64_t jobs = 0;
  std::int64_t shards = 1;
  std::string launcher = "local";
  std::string slurm_options;
  bool dry_run = false;
};

std::string state_of(const Part& part) {
  return part.finished ? "finished" : !part.problem.empty() ? "damaged" : part.folder.empty() ? "new" : "not finished";
}

void print(const SweepPlan& plan) {
  std::vector<std::string> columns = {"run"};
  columns.insert(columns.end(), plan.paths.begin(), plan.paths.end());
  columns.insert(columns.end(), {"state", "folder"});
  TablePrinter table(columns, "table");
  for (const SweepRun& run : plan.runs) {
    std::vector<const Part*> parts = {&run.whole};
    if (!run.whole.finished && !run.shards.empty()) parts.clear();
    for (const Part& shard : run.shards) {
      if (!run.whole.finished) parts.push_back(&shard);
    }
    for (const Part* part : parts) {
      std::vector<Cell> row = {title_of(*part, plan)};
      row.insert(row.end(), run.values.begin(), run.values.end());
      row.insert(row.end(), {state_of(*part), part->folder.string()});
      table.add(std::move(row));
    }
  }
  table.finish();
}

// The files to look at: the overview of a sweep, or the run of one experiment in shards.
std::vector<std::filesystem::path> results_of(const SweepPlan& plan) {
  if (!plan.paths.empty()) return write_overview(plan);
  const Part& whole = plan.runs[0].whole;
  return whole.finished ? std::vector{whole.folder} : std::vector<std::filesystem::path>{};
}

void print_results(const SweepPlan& plan) {
  for (const std::filesystem::path& file : results_of(plan)) std::cout << printable(file.string()) << std::endl;
}

void submit_command(const SweepArguments& arguments, SweepPlan& plan, const Catalogue& catalogue) {
  const std::size_t tasks = to_run(plan).size();
  const std::vector<std::string> jobs =
      submit(plan, {arguments.slurm_options, arguments.jobs}, arguments.run, catalogue);
  const bool is_one = jobs.size() == 1;
  print_stderr("{}: submitted Slurm job{} {} with {} task{}; repeat the command to collect the results when {} ended\n",
               plan.name, is_one ? "" : "s", printable(fmt::format("{}", fmt::join(jobs, ", "))), tasks,
               tasks == 1 ? "" : "s", is_one ? "it has" : "they have");
  results_of(plan);
  for (const std::string& job : jobs) std::cout << printable(job) << std::endl;
}

// Keeps other processes out of the sweep's folder.
std::shared_ptr<void> lock_sweep(const SweepPlan& plan) {
  std::error_code error;
  std::filesystem::create_directories(plan.folder, error);
  if (error) throw UsageError(plan.folder.string() + ": cannot create the folder: " + error.message());
  return lock_folder(plan.folder, [] { return "another sweep is running in it"; });
}

void sweep_command(const SweepArguments& arguments, const Catalogue& catalogue) {
  SweepPlan plan = read_plan(arguments.config, arguments.assignments, arguments.run.out, arguments.shards, catalogue);
  for (const SweepRun& run : plan.runs) {
    print_left_out(plan.paths.empty() ? plan.name : plan.name + ": " + run.whole.experiment.name, run.fitted);
  }
  if (arguments.dry_run) {
    look_up(plan, catalogue);
    return print(plan);
  }
  const std::shared_ptr<void> lock = lock_sweep(plan);
  require_left_the_queue(plan);
  install_signal_handlers();
  look_up(plan, catalogue);
  merge_shards(plan, catalogue);
  const bool has_work = !to_run(plan).empty();
  if (has_work && arguments.launcher == "slurm") return submit_command(arguments, plan, catalogue);
  if (has_work) run_here(plan, arguments.jobs, arguments.run, catalogue);
  if (!has_work)
    print_stderr("{}: {} of {} runs are finished\n", plan.name, plan.runs.size() - unfinished(plan), plan.runs.size());
  std::vector<std::string> problems = problems_of(plan);
  try {
    print_results(plan);
  } catch (const Error& error) {
    problems.push_back(error.what());
  }
  if (problems.empty()) return;
  throw Error(fmt::format("{}: {} of {} runs failed: {}", plan.folder.string(), unfinished(plan), plan.runs.size(),
                          fmt::join(problems, "; ")));
}

void add_launcher(CLI::App& command, SweepArguments& arguments) {
  add_anyway(command, arguments.run.anyway);
  const CLI::Validator count = whole_range(0, 1024);
  command.add_option("--jobs", arguments.jobs, "runs at a time; 0: as many as threads, or as Slurm allows")
      ->check(count)
      ->capture_default_str();
  command.add_option("--threads", arguments.run.threads, "threads to divide among the runs; 0: one per core")
      ->check(count)
      ->capture_default_str();
  command.add_option("--shards", arguments.shards, "runs to divide each experiment's replicas into and merge")
      ->check(whole_range(1, 1000000))
      ->capture_default_str();
  command.add_option("--launcher", arguments.launcher, "local, or slurm: an array job with a task per run or shard")
      ->check(CLI::IsMember({"local", "slurm"}))
      ->capture_default_str();
  command.add_option("--slurm-options", arguments.slurm_options,
                     "options for sbatch: --slurm-options='--time=60 --mem=2G'");
}

}  // namespace

void add_sweep(CLI::App& app, const Catalogue& catalogue) {
  CLI::App& command = *app.add_subcommand("sweep", "Run every experiment of a config with `sweep:`");
  const auto arguments = std::make_shared<SweepArguments>();
  command.add_option("CONFIG", arguments->config, "YAML file of an experiment with `sweep:`")->required();
  add_set(command, arguments->assignments);
  add_claims(command, arguments->assignments);
  add_out(command, arguments->run.out);
  add_launcher(command, *arguments);
  add_device(command, arguments->run.device);
  add_checkpoint_every(command, arguments->run.checkpoint_seconds);
  command.add_flag("--dry-run", arguments->dry_run, "list the runs and their states; run nothing");
  command.footer("Example: infoplane sweep rates.yaml --jobs 2");
  command.callback([arguments, &catalogue] {
    const bool elsewhere = arguments->launcher == "slurm" && arguments->run.device.rfind("cuda", 0) == 0;
    if (!elsewhere) parse_device(arguments->run.device);
    if (arguments->launcher == "local" && !arguments->slurm_options.empty()) {
      throw UsageError("--slurm-options needs --launcher slurm");
    }
    sweep_command(*arguments, catalogue);
  });
}

}  // namespace infoplane::experiments
