#include "commands/options.hpp"

#include <charconv>
#include <system_error>

#include <fmt/format.h>

#include <infoplane/error.hpp>

namespace infoplane::experiments {
namespace {

// CLI11's own range words its error by its version, and accepts nan.
template <class Number>
CLI::Validator range(const std::string& kind, std::int64_t low, std::int64_t high) {
  const auto error_of = [=](const std::string& text) {
    Number number{};
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    const bool fits =
        error == std::errc() && end == text.data() + text.size() && number >= Number(low) && number <= Number(high);
    return fits ? std::string() : fmt::format("must be {} from {} to {}, got {}", kind, low, high, in_quotes(text));
  };
  return CLI::Validator(error_of, fmt::format("{}..{}", low, high));
}

}  // namespace

CLI::Validator whole_range(std::int64_t low, std::int64_t high) {
  return range<std::int64_t>("a whole number", low, high);
}

void add_set(CLI::App& command, Assignments& assignments) {
  command.add_option("--set", assignments.set, "K=V: set the config's value at the dotted path K to V; K+=V: append V")
      ->allow_extra_args(false);
  command.add_option_function<std::string>(
      "--seed", [&assignments](const std::string& seed) { assignments.set.push_back("seed=" + seed); },
      "N: the same as --set seed=N");
}

void add_claims(CLI::App& command, Assignments& assignments) {
  command.add_flag("--claims", assignments.judge_claims, "keep claims although --set changed what they are about");
}

void add_configs(CLI::App& command, std::vector<std::string>& configs, Assignments& assignments) {
  command.add_option("CONFIG", configs, "YAML files, an experiment each, or installed configs: twelve_bit/tanh")
      ->required();
  add_set(command, assignments);
  add_claims(command, assignments);
}

void add_run_folder(CLI::App& command, std::string& folder) {
  command.add_option("RUN", folder, "folder of a run, or of an experiment for its latest run")->required();
}

void add_out(CLI::App& command, std::filesystem::path& out) {
  command.add_option("--out", out, "folder for the runs")->capture_default_str();
}

void add_format(CLI::App& command, std::string& format) {
  command.add_option("--format", format, "table, csv or json")
      ->check(CLI::IsMember({"table", "csv", "json"}))
      ->capture_default_str();
}

void add_device(CLI::App& command, std::string& device) {
  command.add_option("--device", device, "auto, cpu, cuda or cuda:N")->capture_default_str();
}

void add_checkpoint_every(CLI::App& command, double& seconds) {
  command.add_option("--checkpoint-every", seconds, "seconds between checkpoints")
      ->check(range<double>("seconds", 0, 1000000000).description(""))  // on one line of the help
      ->capture_default_str();
}

void add_anyway(CLI::App& command, bool& anyway) {
  command.add_flag("--anyway", anyway, "even if it is expected to take more than a day");
}

void add_run_options(CLI::App& command, RunOptions& options) {
  add_device(command, options.device);
  command.add_option("--threads", options.threads, "threads to divide the replicas among; 0: one per core")
      ->check(whole_range(0, 1024))
      ->capture_default_str();
  add_checkpoint_every(command, options.checkpoint_seconds);
}

}  // namespace infoplane::experiments
