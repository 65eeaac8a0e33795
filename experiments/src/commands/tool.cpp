#include <infoplane/experiments/tool.hpp>

#include <algorithm>
#include <csignal>
#include <exception>

#include <CLI/CLI.hpp>

#include <infoplane/error.hpp>
#include <infoplane/runtime.hpp>
#include <infoplane/version.hpp>

#include "base/interruption.hpp"
#include "base/reason_of.hpp"
#include "commands/commands.hpp"
#include "text/standard_streams.hpp"

namespace infoplane::experiments {
namespace {

// Reports an unknown command; CLI11 would only say that a command is missing.
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
  print_stderr("{}\n", printable(message));
  return code;
}

}  // namespace

int tool(int argc, const char* const* argv, const Catalogue& catalogue) {
  const StandardStreams streams;
  CLI::App app("Watch neural networks learn in the information plane", "infoplane");
  app.require_subcommand(1);
  app.set_version_flag("--version", [] { return describe(version()); });
  app.footer("Example: infoplane run configs/twelve_bit/tanh.yaml; see infoplane COMMAND --help, and --version");
  for (const auto add : {add_run, add_resume, add_list, add_show, add_compare, add_sweep, add_merge, add_reproduce,
                         add_export, add_simulate, add_check, add_estimate, add_calibrate, add_figures, add_report,
                         add_describe, add_schema, add_completion}) {
    add(app, catalogue);
  }
  // Mentioned in the last line, so that the help fits a screen; set last, as commands inherit what is set before.
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
    return 128 + SIGPIPE;  // as a shell reports a process ended by the signal
  } catch (const Interrupted& stop) {
    return fail(128 + stop.signal, stop.what());
  } catch (const UsageError& error) {
    return fail(2, error.what());
  } catch (const std::exception& error) {
    return fail(1, reason_of(error));
  }
}

}  // namespace infoplane::experiments
