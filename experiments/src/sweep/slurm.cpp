#include "sweep/slurm.hpp"

#include <algorithm>
#include <future>
#include <optional>
#include <sstream>
#include <system_error>

#include <boost/asio/io_context.hpp>
#include <boost/process/args.hpp>
#include <boost/process/async.hpp>
#include <boost/process/child.hpp>
#include <boost/process/exe.hpp>
#include <boost/process/io.hpp>
#include <fmt/format.h>
#include <fmt/ranges.h>

#include "base/child_process.hpp"
#include "base/whole_file.hpp"
#include "run/run_content.hpp"
#include "text/shell.hpp"

namespace infoplane::experiments {
namespace {

namespace fs = std::filesystem;
namespace bp = boost::process;

constexpr int kNotFound = 127;
constexpr std::size_t kLongestJob = 1 << 16;

struct Output {
  int status;
  std::string out;
  std::string error;
};

// Runs a Slurm program, found through PATH as a shell does.
Output run_program(std::vector<std::string> command) {
  boost::asio::io_context context;
  std::future<std::string> out, error;
  std::error_code refused;
  const std::string what = command.front() + ": cannot start";
  bp::child child(bp::exe = "/usr/bin/env", bp::args = std::move(command), bp::std_in<bp::null, bp::std_out> out,
                  bp::std_err > error, context, refused);
  require_child(child.id(), what, refused);
  context.run();
  child.wait();
  return {child.exit_code(), out.get(), error.get()};
}

std::string first_line(const std::string& text) { return text.substr(0, text.find('\n')); }

// The error message of a Slurm program: its first line with "error: ", which warnings may precede.
std::string error_line(const Output& output) {
  const std::size_t error = output.error.find("error: ");
  const std::string text =
      first_line(output.error.substr(error == std::string::npos ? 0 : output.error.rfind('\n', error) + 1));
  return text.empty() ? fmt::format("exit status {}", output.status) : text;
}

fs::path folder_of(const SweepPlan& plan) { return fs::absolute(plan.folder / "slurm"); }

// A line for each option; a word that does not start with '-' belongs to the option before it.
std::string sbatch_lines(const std::string& options) {
  const bool control = std::any_of(options.begin(), options.end(), [](unsigned char c) { return c < 32 || c == 127; });
  std::istringstream words(options);
  std::string lines;
  for (std::string word; words >> word;) {
    if (control || (lines.empty() && word[0] != '-')) {
      throw UsageError("--slurm-options must be options of sbatch, each starting with '-', got " + in_quotes(options));
    }
    lines += (word[0] == '-' ? "\n#SBATCH " : " ") + word;
  }
  return lines;
}

// Creates runs' folders, and removes them again unless they are kept.
class NewRuns {
 public:
  ~NewRuns() {
    std::error_code ignored;
    for (Part* part : parts_) {
      fs::remove_all(part->folder, ignored);
      fs::remove(part->folder.parent_path(), ignored);  // if it is empty
      part->folder.clear();
    }
  }
  void make(Part& part, const Catalogue& catalogue) {
    part.folder = prepare(part.experiment, catalogue, part.out);
    parts_.push_back(&part);
  }
  void keep() { parts_.clear(); }

 private:
  std::vector<Part*> parts_;
};

// The largest number of tasks of an array, MaxArraySize; none if Slurm does not say.
std::optional<std::size_t> most_tasks() {
  const std::string key = "MaxArraySize";
  const Output output = run_program({"scontrol", "show", "config"});
  std::istringstream lines(output.out);
  for (std::string line; output.status == 0 && std::getline(lines, line);) {
    std::istringstream words(line);
    std::string name, equals;
    std::size_t most = 0;
    if (words >> name >> equals >> most && name == key && most > 0) return most;
  }
  return std::nullopt;
}

std::string limit_of(const SlurmOptions& options) { return options.jobs > 0 ? fmt::format("%{}", options.jobs) : ""; }

// Tasks first .. first + count - 1 of a script.
struct Chunk {
  std::size_t first;
  std::size_t count;
};

// Submits a part of the script's tasks, all of them with sbatch alone, and returns sbatch's line "JOB" or
// "JOB;CLUSTER". With a limit of concurrent tasks, a part waits for the job before it.
std::string submit_chunk(const fs::path& script, const Chunk& chunk, const SlurmOptions& options,
                         const std::vector<std::string>& before) {
  std::vector<std::string> command{"sbatch", "--parsable"};
  if (chunk.first > 0) {
    command.push_back(fmt::format("--array=0-{}{}", chunk.count - 1, limit_of(options)));
    if (options.jobs > 0) command.push_back("--dependency=afterany:" + before.back());
  }
  command.push_back(script.string());
  if (chunk.first > 0) command.push_back(std::to_string(chunk.first));
  const Output output = run_program(command);
  if (output.status == kNotFound) throw UsageError("--launcher slurm needs Slurm's sbatch, which was not found");
  if (output.status != 0) {
    const std::string error = error_line(output);
    const bool is_size = error.find("job array") != std::string::npos;
    throw Error(fmt::format(
        "{}: {}{}", script.string(), error,
        is_size ? fmt::format(": {} tasks, the limit is MaxArraySize of `scontrol show config`", chunk.count) : ""));
  }
  const std::string job = first_line(output.out);
  if (job.empty()) throw Error(script.string() + ": sbatch printed no job number");
  return job;
}

std::string number_of(const std::string& job) { return job.substr(0, job.find(';')); }

// The jobs in the file: a line "JOB" or "JOB;CLUSTER" each.
std::vector<std::string> read_jobs(const fs::path& file) {
  std::vector<std::string> numbers;
  std::istringstream lines(read_whole_file(file, kLongestJob));
  for (std::string line; std::getline(lines, line);) {
    numbers.push_back(number_of(line));
    if (!numbers.back().empty() && numbers.back().find_first_not_of("0123456789") == std::string::npos) continue;
    throw UsageError(fmt::format("{}: must start with a job number, got {}", file.string(), in_quotes(line)));
  }
  if (numbers.empty()) throw UsageError(file.string() + ": must start with a job number, got ''");
  return numbers;
}

void require_left_the_queue(const std::string& number, const fs::path& folder) {
  const Output output = run_program({"squeue", "--noheader", "--jobs", number});
  if (output.status == kNotFound) return;  // the folder was copied from a cluster
  if (output.status != 0 && output.error.find("Invalid job id") != std::string::npos) return;  // it ended long ago
  if (output.status != 0)
    throw Error(
        fmt::format("{}: cannot tell whether job {} has ended: {}", folder.string(), number, error_line(output)));
  if (output.out.empty()) return;
  throw Error(fmt::format("{}: Slurm job {} has not ended, see `squeue --jobs {}`", folder.string(), number, number));
}

}  // namespace

std::string array_script(const std::vector<fs::path>& runs, const fs::path& logs, const SlurmOptions& options,
                         const RunOptions& run_options) {
  std::string list;
  for (const fs::path& run : runs) list += "  " + shell_quoted(run.string()) + "\n";
  return fmt::format(
      R"(#!/bin/bash
# Written by `infoplane sweep --launcher slurm`, to be submitted with sbatch. Each task resumes one run; an argument is the index
# of the first.
#SBATCH --job-name=infoplane
#SBATCH --array=0-{last}{limit}
#SBATCH --output=/dev/null
#SBATCH --requeue
#SBATCH --signal=B:USR1@60{options}
runs=(
{runs})
index=$((${{1:-0}} + SLURM_ARRAY_TASK_ID))
cd {here} || exit 1
exec >>{logs}/"$index.log" 2>&1

{tool} resume "${{runs[index]}}" --threads "${{SLURM_CPUS_PER_TASK:-1}}" --device {device} \
  --checkpoint-every {seconds} &
tool=$!

# The time limit is near: the run writes a checkpoint, and the task is requeued.
requeue() {{
  local status=0
  kill -TERM "$tool"
  wait "$tool" || status=$?
  [ "$status" -ne 143 ] || scontrol requeue "${{SLURM_ARRAY_JOB_ID}}_$SLURM_ARRAY_TASK_ID"
  exit "$status"
}}
trap requeue USR1
wait "$tool"
)",
      fmt::arg("last", std::min(runs.size(), options.most) - 1), fmt::arg("limit", limit_of(options)),
      fmt::arg("options", sbatch_lines(options.sbatch)), fmt::arg("runs", list),
      fmt::arg("here", shell_quoted(fs::current_path().string())), fmt::arg("logs", shell_quoted(logs.string())),
      fmt::arg("tool", shell_quoted(fs::read_symlink("/proc/self/exe").string())),
      fmt::arg("device", shell_quoted(run_options.device)), fmt::arg("seconds", run_options.checkpoint_seconds));
}

void require_left_the_queue(const SweepPlan& plan) {
  const fs::path folder = folder_of(plan);
  if (!fs::exists(fs::symlink_status(folder / "job"))) return;
  for (const std::string& number : read_jobs(folder / "job")) require_left_the_queue(number, folder);
}

std::vector<std::string> submit(SweepPlan& plan, const SlurmOptions& given, const RunOptions& run_options,
                                const Catalogue& catalogue) {
  sbatch_lines(given.sbatch);
  const fs::path folder = folder_of(plan);
  NewRuns made;
  std::vector<fs::path> runs;
  for (Part* part : to_run(plan)) {
    if (part->folder.empty()) made.make(*part, catalogue);
    runs.push_back(fs::absolute(part->folder));
  }
  fs::create_directories(folder);
  const fs::path script = folder / "array.sh";
  SlurmOptions options = given;
  options.most = std::min(most_tasks().value_or(runs.size()), given.most);
  write_whole_file(script, array_script(runs, folder, options, run_options));
  std::vector<std::string> jobs, numbers;
  try {
    for (std::size_t first = 0; first < runs.size(); first += options.most) {
      const Chunk chunk{first, std::min(options.most, runs.size() - first)};
      jobs.push_back(submit_chunk(script, chunk, options, numbers));
      numbers.push_back(number_of(jobs.back()));
      made.keep();
      write_whole_file(folder / "job", fmt::format("{}\n", fmt::join(jobs, "\n")));
    }
  } catch (const Error& error) {
    if (jobs.empty()) throw;
    throw Error(fmt::format("{}; submitted before: {}", error.what(), fmt::join(numbers, ", ")));
  }
  return jobs;
}

}  // namespace infoplane::experiments
