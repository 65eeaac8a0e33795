#include <iostream>
#include <memory>
#include <string>

#include "commands/commands.hpp"
#include "commands/options.hpp"
#include "runs/run_table.hpp"
#include "text/standard_streams.hpp"

namespace infoplane::experiments {
namespace {

struct ListArguments {
  std::string folder = "runs";
  std::string format = "table";
};

void list_command(const ListArguments& arguments, const Catalogue& catalogue) {
  std::vector<std::string> unreadable;
  const std::vector<NamedRun> runs = read_runs(find_runs(arguments.folder, &unreadable), catalogue);
  for (const std::string& problem : unreadable) print_stderr("{}{}\n", kWarning, printable(problem));
  if (arguments.format == "csv") {
    std::cout << as_csv(run_table(runs));
  } else if (arguments.format == "json") {
    std::cout << printed(as_json(run_table(runs)));
  } else if (runs.empty()) {
    print_stderr("{}\n", printable(arguments.folder + ": no runs found"));
  } else {
    std::cout << aligned(run_texts(runs));
  }
}

}  // namespace

void add_list(CLI::App& app, const Catalogue& catalogue) {
  CLI::App& command = *app.add_subcommand("list", "List the runs in a folder, finished or not");
  const auto arguments = std::make_shared<ListArguments>();
  command.add_option("DIR", arguments->folder, "folder to search for runs, at any depth")->capture_default_str();
  add_format(command, arguments->format);
  command.footer("Example: infoplane list runs/twelve_bit_tanh --format csv");
  command.callback([arguments, &catalogue] { list_command(*arguments, catalogue); });
}

}  // namespace infoplane::experiments
