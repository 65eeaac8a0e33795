#include "run/merge.hpp"

#include <filesystem>
#include <iostream>
#include <memory>

#include "base/interruption.hpp"
#include "commands/merge.hpp"

namespace infoplane::experiments {

void add_merge(CLI::App& app, const Catalogue& catalogue) {
  CLI::App& command = *app.add_subcommand("merge", "Join runs of an experiment's parts, which have other replicas");
  struct Arguments {
    std::vector<std::filesystem::path> runs;
    std::filesystem::path out = "runs";
  };
  const auto arguments = std::make_shared<Arguments>();
  command.add_option("RUN", arguments->runs, "folders of finished runs whose replicas follow each other")->required();
  command.add_option("--out", arguments->out, "folder that holds the runs")->capture_default_str();
  command.footer("Example: infoplane merge parts/twelve_bit_tanh/* --out runs");
  command.callback([arguments, &catalogue] {
    install_signal_handlers();
    std::cout << printable(merge(arguments->runs, catalogue, arguments->out).string()) << std::endl;
  });
}

}  // namespace infoplane::experiments
