#include "run/merge.hpp"

#include <filesystem>
#include <iostream>
#include <memory>

#include "base/interruption.hpp"
#include "commands/commands.hpp"
#include "commands/options.hpp"
#include "runs/run_folders.hpp"

namespace infoplane::experiments {
namespace {

struct MergeArguments {
  std::vector<std::string> runs;
  std::filesystem::path out = "runs";
};

}  // namespace

void add_merge(CLI::App& app, const Catalogue& catalogue) {
  CLI::App& command = *app.add_subcommand("merge", "Merge runs with different replicas of one experiment");
  const auto arguments = std::make_shared<MergeArguments>();
  command.add_option("RUN", arguments->runs, "folders of finished runs with consecutive replicas")->required();
  add_out(command, arguments->out);
  command.footer("Example: infoplane merge parts/twelve_bit_tanh/* --out runs");
  command.callback([arguments, &catalogue] {
    install_signal_handlers();
    const std::vector<std::string> runs = without_files(arguments->runs);
    std::cout << printable(merge({runs.begin(), runs.end()}, catalogue, arguments->out).string()) << std::endl;
  });
}

}  // namespace infoplane::experiments
