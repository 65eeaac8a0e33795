#include <infoplane/experiments/tool.hpp>

#include <algorithm>
#include <csignal>
#include <exception>

#include <CLI/CLI.hpp>

#include <infoplane/error.hpp>
#include <infoplane/export_weights.hpp>
#include <infoplane/run.hpp>
#include <infoplane/runtime.hpp>
#include <infoplane/version.hpp>

#include "base/interruption.hpp"
#include "base/reason_of.hpp"
#include "commands/calibrate.hpp"
#include "commands/commands.hpp"
#include "commands/compare.hpp"
#include "commands/completion.hpp"
#include "commands/describe.hpp"
#include "commands/estimate.hpp"
#include "commands/list.hpp"
#include "commands/merge.hpp"
#include "commands/options.hpp"
#include "commands/report.hpp"
#include "commands/reproduce.hpp"
#include "commands/show.hpp"
#include "commands/sweep.hpp"
#include "runs/read_configs.hpp"
#include "text/standard_streams.hpp"

namespace infoplane::experiments {
namespace {

struct Arguments {
  std::vector<std::string> configs;
  std::vector<std::string> assignments;
  RunOptions run;
  EstimateArguments estimate;
  CalibrateArguments calibrate;
  ReproduceArguments reproduce;
  std::string folder;
  std::string progress = "bar";
  std::string weights;
  std::string out;
  std::vector<std::string> figures;
};

void add_configs(CLI::App& command, Arguments& arguments) {
  command.add_option("CONFIG", arguments.configs, "YAML experiments")->required();
  command.add_option("--set", arguments.assignments, "K=V: puts the value V at the dotted path K of each config")
      ->allow_extra_args(false);
}

void add_run_options(CLI::App& command, RunOptions& options) {
  command.add_option("--device", options.device, "auto, cpu, cuda or cuda:N")->capture_default_str();
  command.add_option("--threads", options.threads, "threads that share the replicas; 0: one a core")
      ->check(whole_range(0, 1024))
      ->capture_default_str();
  add_checkpoint_every(command, options.checkpoint_seconds);
}

void add_run(CLI::App& app, Arguments& arguments, const Catalogue& catalogue) {
  CLI::App& command = *app.add_subcommand("run", "Train, observe and draw experiments");
  add_configs(command, arguments);
  command.add_option("--out", arguments.run.out, "folder that holds the runs")->capture_default_str();
  command.add_flag("--resume", arguments.run.resume, "go on with the latest run of each, where there is one");
  add_run_options(command, arguments.run);
  command.footer("Example: infoplane run configs/twelve_bit/tanh.yaml --set replicas=10 --threads 2");
  command.callback([&] {
    parse_device(arguments.run.device);
    install_signal_handlers();
    run_command(read_configs(arguments.configs, arguments.assignments, catalogue), catalogue, arguments.run);
  });
}

void add_resume(CLI::App& app, Arguments& arguments, const Catalogue& catalogue) {
  CLI::App& command = *app.add_subcommand("resume", "Go on with a run that was stopped");
  command.add_option("RUN", arguments.folder, "a run's folder")->required();
  add_run_options(command, arguments.run);
  command.add_option("--progress", arguments.progress, "bar, or json: lines for the program that called")
      ->check(CLI::IsMember({"bar", "json"}))
      ->group("");
  command.footer("Example: infoplane resume runs/twelve_bit_tanh/20260131T235959Z");
  command.callback([&] {
    parse_device(arguments.run.device);
    install_signal_handlers();
    resume_command(arguments.folder, catalogue, arguments.run, arguments.progress);
  });
}

void add_reproduce(CLI::App& app, Arguments& arguments, const Catalogue& catalogue) {
  CLI::App& command = *app.add_subcommand("reproduce", "Run all configs of studies and report figures and claims");
  ReproduceArguments& a = arguments.reproduce;
  a.run.out = "reproduction";
  command.add_option("STUDY", a.studies, "folders of configs; else all of them");
  command.add_option("--configs", a.configs, "folder that holds the studies")->capture_default_str();
  command.add_option("--out", a.run.out, "folder for runs, pictures and report")->capture_default_str();
  command.add_flag("--quick", a.quick, "a fortieth of the epochs and at most 3 replicas: verdicts are weaker");
  add_run_options(command, a.run);
  command.footer("Example: infoplane reproduce twelve_bit --quick");
  command.callback([&] {
    parse_device(a.run.device);
    install_signal_handlers();
    reproduce_command(a, catalogue);
  });
}

void add_export(CLI::App& app, Arguments& arguments) {
  CLI::App& command = *app.add_subcommand("export", "Write the weights of a run as safetensors");
  command.add_option("RUN", arguments.folder, "a run's folder")->required();
  command.add_option("--weights", arguments.weights, "the file to write: every replica's weights by name")->required();
  command.footer("Example: infoplane export runs/twelve_bit_tanh/20260131T235959Z --weights tanh.safetensors");
  command.callback([&] { export_weights(arguments.folder, arguments.weights); });
}

void add_simulate(CLI::App& app, Arguments& arguments, const Catalogue& catalogue) {
  CLI::App& command =
      *app.add_subcommand("simulate", "Write the data set of an experiment as .npy, for other programs");
  command.add_option("CONFIG", arguments.configs, "a YAML experiment")->required()->expected(1);
  command.add_option("--set", arguments.assignments, "K=V: puts the value V at the dotted path K of the config")
      ->allow_extra_args(false);
  command.add_option("--out", arguments.out, "NAME.npy for the inputs; the labels go to NAME.labels.npy")->required();
  command.footer("Example: infoplane simulate configs/wireless/tanh.yaml --out wireless.npy");
  command.callback(
      [&] { simulate_command(read_configs(arguments.configs, arguments.assignments, catalogue)[0], arguments.out); });
}

void add_check(CLI::App& app, Arguments& arguments, const Catalogue& catalogue) {
  CLI::App& command = *app.add_subcommand("check", "Validate experiments without running them");
  add_configs(command, arguments);
  command.footer("Example: infoplane check configs/*/*.yaml");
  command.callback([&] { check_command(arguments.configs, arguments.assignments, catalogue); });
}

void add_estimate(CLI::App& app, Arguments& arguments, const Catalogue& catalogue) {
  CLI::App& command = *app.add_subcommand("estimate", "Estimate the information of activations saved by any program");
  EstimateArguments& a = arguments.estimate;
  command
      .add_option("--activations", a.activations, ".npy, .csv or .idx, [N, M] or [E, N, M] for E epochs; a layer each")
      ->required()
      ->allow_extra_args(false);
  command.add_option("--labels", a.labels, ".npy, .csv or .idx, an integer a sample")->required();
  command.add_option("--input", a.input, ".npy, .csv or .idx, [N, D]; else every sample is an input of its own");
  command.add_option("--estimator", a.estimators, "YAML: NAME or {type: NAME, option: value, ...}")
      ->required()
      ->allow_extra_args(false);
  add_format(command, a.format);
  CLI::Option* out = command.add_option("--out", a.out, "folder that holds runs: store the rows there and draw them");
  command.add_flag("--report", a.report, "write report.html, too, for a browser")->needs(out);
  command.footer("Example: infoplane estimate --activations L3.npy --labels y.npy --estimator '{type: binning}'");
  command.callback([&] { estimate_command(a, catalogue); });
}

void add_calibrate(CLI::App& app, Arguments& arguments, const Catalogue& catalogue) {
  CLI::App& command = *app.add_subcommand("calibrate", "Compare estimators with information that is known");
  CalibrateArguments& a = arguments.calibrate;
  const CLI::Validator samples = whole_range(1, std::int64_t{1} << 24), seeds = whole_range(1, std::int64_t{1} << 32);
  command.add_option("--estimator", a.estimators, "YAML: NAME or {type: NAME, option: value, ...}; else every one")
      ->allow_extra_args(false);
  command.add_option("--case", a.cases, "a distribution of docs/estimators.md; else every one")
      ->allow_extra_args(false);
  command.add_option("--samples", a.options.samples, "samples of each draw")->check(samples)->capture_default_str();
  command.add_option("--seeds", a.options.seeds, "draws of each distribution")->check(seeds)->capture_default_str();
  add_format(command, a.format);
  command.footer("Example: infoplane calibrate --case normal --estimator '{type: ksg, noise_variance: 1e-9}'");
  command.callback([&] { calibrate_command(a, catalogue); });
}

void add_figures(CLI::App& app, Arguments& arguments, const Catalogue& catalogue) {
  CLI::App& command = *app.add_subcommand("figures", "Draw a run's figures again, or others, and evaluate its claims");
  command.add_option("RUN", arguments.folder, "a run's folder")->required();
  command.add_option("--figure", arguments.figures, "YAML: NAME or {type: NAME, option: value, ...}")
      ->allow_extra_args(false);
  command.footer("Example: infoplane figures runs/x/1 --figure '{type: information_plane, layers: [L5]}'");
  command.callback([&] {
    install_signal_handlers();
    figures_command(arguments.folder, arguments.figures, catalogue);
  });
}

// Tells of a word that is no command; CLI11 would only miss one.
void require_known_command(const CLI::App& app, int argc, const char* const* argv) {
  if (argc < 2 || argv[1][0] == '-') return;
  const std::string word = argv[1];
  std::vector<std::string> known;
  for (const CLI::App* command : app.get_subcommands([](const CLI::App*) { return true; }))
    known.push_back(command->get_name());
  if (std::find(known.begin(), known.end(), word) != known.end()) return;
  throw UsageError("unknown command " + in_quotes(word) + suggestion(word, known));
}

int fail(int code, const std::string& message) {
  tell("{}\n", printable(message));
  return code;
}

}  // namespace

int tool(int argc, const char* const* argv, const Catalogue& catalogue) {
  const StandardStreams streams;
  Arguments arguments;
  CLI::App app("Neural networks learning, seen through the information plane", "infoplane");
  app.require_subcommand(1);
  app.set_version_flag("--version", [] { return describe(version()); });
  app.footer("Example: infoplane run configs/twelve_bit/tanh.yaml; see infoplane COMMAND --help, and --version");
  add_run(app, arguments, catalogue);
  add_resume(app, arguments, catalogue);
  add_list(app);
  add_show(app);
  add_compare(app);
  add_sweep(app, catalogue);
  add_merge(app, catalogue);
  add_reproduce(app, arguments, catalogue);
  add_export(app, arguments);
  add_simulate(app, arguments, catalogue);
  add_check(app, arguments, catalogue);
  add_estimate(app, arguments, catalogue);
  add_calibrate(app, arguments, catalogue);
  add_figures(app, arguments, catalogue);
  add_report(app);
  add_describe(app, catalogue);
  add_schema(app, catalogue);
  add_completion(app, catalogue);
  // Told by the last line, so that all fits a screen; set last, as commands take over what is set before.
  app.get_help_ptr()->group("");
  app.get_version_ptr()->group("");
  try {
    configure_runtime();
    require_known_command(app, argc, argv);
    app.parse(argc, argv);
    StandardStreams::require_printed();
    return 0;
  } catch (const CLI::Success& request) {
    return app.exit(request);
  } catch (const CLI::ParseError& error) {
    return fail(2, "infoplane: " + reason_of(error) + ", see infoplane --help");
  } catch (const PipeClosed&) {
    return 128 + SIGPIPE;  // as a shell tells of what the signal ends
  } catch (const Interrupted& stop) {
    return fail(128 + stop.signal, stop.what());
  } catch (const UsageError& error) {
    return fail(2, error.what());
  } catch (const std::exception& error) {
    return fail(1, reason_of(error));
  }
}

}  // namespace infoplane::experiments
