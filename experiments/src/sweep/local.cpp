#include "sweep/local.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "base/in_parallel.hpp"
#include "base/interruption.hpp"
#include "run/run_content.hpp"
#include "sweep/children.hpp"
#include "sweep/display.hpp"
#include "text/json_progress.hpp"
#include "text/standard_streams.hpp"

namespace infoplane::experiments {
namespace {

std::vector<Task> tasks_of(const std::vector<Part*>& parts, const SweepPlan& plan) {
  std::vector<Task> tasks;
  for (const Part* part : parts) {
    const Experiment& e = part->experiment;
    tasks.push_back({title_of(*part, plan), static_cast<double>(e.training.epochs) * static_cast<double>(e.replicas)});
  }
  return tasks;
}

/// Each part as a child process, `infoplane resume FOLDER`.
class Runs : public Children {
 public:
  Runs(const SweepPlan& plan, std::vector<Part*> parts, std::vector<std::string> options, const Catalogue& catalogue)
      : parts_(std::move(parts)),
        options_(std::move(options)),
        catalogue_(catalogue),
        last_lines_(parts_.size()),
        display_(plan.name, tasks_of(parts_, plan)) {}
  ~Runs() override { display_.end(); }

  std::vector<std::string> start(std::size_t i) override {
    Part& part = *parts_[i];
    if (part.folder.empty()) part.folder = prepare(part.experiment, catalogue_, part.out);
    display_.started(i);
    std::vector<std::string> arguments = {"resume", part.folder.string(), "--progress", "json"};
    arguments.insert(arguments.end(), options_.begin(), options_.end());
    return arguments;
  }

  void wrote(std::size_t i, const std::string& line) override {
    const double done = completed_part(line);
    if (done >= 0) {
      display_.advanced(i, done);
    } else if (line.rfind(kWarning, 0) == 0) {
      display_.warned(line);
    } else {
      last_lines_[i] = line;
    }
  }

  void ended(std::size_t i, const std::string& reason) override {
    Part& part = *parts_[i];
    part.finished = reason.empty();
    const bool gave_reason = reason.rfind("exit status", 0) == 0 && !last_lines_[i].empty();  // a killed one could not
    part.problem = gave_reason ? last_lines_[i] : reason;
    display_.ended(i, part.problem);
  }

  void interrupted(std::size_t i) override { display_.interrupted(i); }

 private:
  std::vector<Part*> parts_;
  std::vector<std::string> options_;
  const Catalogue& catalogue_;
  std::vector<std::string> last_lines_;  // the last of each that is not progress
  SweepDisplay display_;
};

}  // namespace

void run_here(SweepPlan& plan, std::int64_t jobs, const RunOptions& options, const Catalogue& catalogue) {
  const std::vector<Part*> parts = to_run(plan);
  const auto count = static_cast<std::int64_t>(parts.size());
  const std::int64_t threads = options.threads > 0 ? options.threads : cores();
  const std::int64_t at_once = std::min(jobs > 0 ? jobs : threads, count);
  const std::int64_t threads_each = std::max<std::int64_t>(1, threads / std::max<std::int64_t>(1, at_once));
  const bool sharded = !plan.runs[0].shards.empty();
  print_stderr("{}: {} run{}, {} already finished, {}{} at a time with {} thread{} each\n", plan.name, plan.runs.size(),
               plan.runs.size() == 1 ? "" : "s", plan.runs.size() - unfinished(plan),
               sharded ? fmt::format("{} shards left, ", count) : "", at_once, threads_each,
               threads_each == 1 ? "" : "s");
  {
    Runs runs(plan, parts,
              {"--threads", std::to_string(threads_each), "--device", options.device, "--checkpoint-every",
               fmt::format("{}", options.checkpoint_seconds)},
              catalogue);
    const int signal = run_children(parts.size(), static_cast<std::size_t>(at_once), runs);
    if (signal != 0) throw interruption_of(plan, signal);
  }
  install_signal_handlers();  // run_children replaced them
  merge_shards(plan, catalogue);
}

}  // namespace infoplane::experiments
