#include <infoplane/experiments/tool.hpp>

#include <algorithm>
#include <csignal>
#include <exception>
#include <string>
#include <utility>
#include <vector>

#include <CLI/CLI.hpp>

#include <infoplane/error_list.hpp>
#include <infoplane/runtime.hpp>
#include <infoplane/version.hpp>

#include "base/interruption.hpp"
#include "base/reason_of.hpp"
#include "commands/commands.hpp"
#include "runs/installed.hpp"
#include "text/standard_streams.hpp"

namespace infoplane::experiments {
namespace {

// Reports an unknown command; CLI11 would only say that a command is missing.
void require_known_command(const CLI::App& app, const std::vector<std::string>& arguments) {
  if (arguments.empty() || arguments[0].rfind('-', 0) == 0) return;
  const std::string& word = arguments[0];
  std::vector<std::string> known;
  for (const CLI::App* command : app.get_subcommands([](const CLI::App*) { return true; }))
    known.push_back(command->get_name());
  if (std::find(known.begin(), known.end(), word) != known.end()) return;
  throw UsageError("unknown command " + in_quotes(word) + suggestion(word, known));
}

// Lines "configs FOLDER" and "docs FOLDER", of those that there are.
std::string installed_text() {
  std::string text;
  for (const auto& [name, folder] : {std::pair{"\nconfigs ", installed_configs()}, {"\ndocs ", installed_docs()}}) {
    if (!folder.empty()) text += name + printable(folder.string());
  }
  return text;
}

int fail(int code, const std::string& message) {
  print_stderr("{}\n", printable(message));
  return code;
}

// A line for each, of at most twenty.
int fail(int code, const std::vector<std::string>& messages) {
  constexpr std::size_t most = 20;
  for (std::size_t i = 0; i < std::min(most, messages.size()); ++i) fail(code, messages[i]);
  if (messages.size() > most) {
    const std::size_t more = messages.size() - most;
    print_stderr("{} more error{}\n", more, more == 1 ? "" : "s");
  }
  return code;
}

// `help` as --help, `help run` as `run --help`, `version` as --version.
std::vector<std::string> arguments_of(int argc, const char* const* argv) {
  std::vector<std::string> words(argv + std::min(argc, 1), argv + argc);
  if (words.empty()) return words;
  if (words[0] == "version" && words.size() == 1) return {"--version"};
  if (words[0] != "help" || words.size() > 2) return words;
  if (words.size() == 1 || words[1] == "help") return {"--help"};
  return {words[1], "--help"};
}

// The command line of the help for a wrong one: that of its command, if it has one.
std::string help_for(const CLI::App& app) {
  const auto commands = app.get_subcommands();
  return commands.empty() ? "infoplane --help" : "infoplane " + commands[0]->get_name() + " --help";
}

}  // namespace

int tool(int argc, const char* const* argv, const Catalogue& catalogue) {
  const StandardStreams streams;
  CLI::App app("Watch neural networks learn in the information plane", "infoplane");
  app.require_subcommand(1);
  app.set_version_flag("--version", [] { return describe(version()) + installed_text(); });
  app.footer("Example: infoplane run twelve_bit/tanh; see infoplane COMMAND --help, and --version");
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
    std::vector<std::string> arguments = arguments_of(argc, argv);
    require_known_command(app, arguments);
    std::reverse(arguments.begin(), arguments.end());  // as CLI11 takes a vector
    app.parse(std::move(arguments));
    StandardStreams::require_printed();
    return 0;
  } catch (const CLI::Success& request) {
    return app.exit(request);
  } catch (const CLI::ParseError& error) {
    return fail(2, "infoplane: " + reason_of(error) + ", see " + help_for(app));
  } catch (const PipeClosed&) {
    return 128 + SIGPIPE;  // as a shell reports a process ended by the signal
  } catch (const Interrupted& stop) {
    return fail(128 + stop.signal, stop.what());
  } catch (const UsageErrors& errors) {
    return fail(2, errors.lines);
  } catch (const UsageError& error) {
    return fail(2, error.what());
  } catch (const std::exception& error) {
    return fail(1, reason_of(error));
  }
}

}  // namespace infoplane::experiments
