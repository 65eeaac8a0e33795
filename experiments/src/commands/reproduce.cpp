#include "reproduce/reproduce.hpp"

#include <iostream>
#include <memory>

#include <infoplane/runtime.hpp>

#include "base/interruption.hpp"
#include "commands/commands.hpp"
#include "commands/options.hpp"

namespace infoplane::experiments {

void add_reproduce(CLI::App& app, const Catalogue& catalogue) {
  CLI::App& command =
      *app.add_subcommand("reproduce", "Run all configs of studies and write a page of figures and claims");
  const auto options = std::make_shared<ReproduceOptions>();
  options->run.out = "reproduction";
  command.add_option("STUDY", options->studies, "studies: folders of configs; default: all");
  command.add_option("--configs", options->configs, "folder of the studies")->capture_default_str();
  command.add_option("--out", options->run.out, "folder for runs, figures and pages")->capture_default_str();
  command.add_flag("--quick", options->quick, "1/40 of the epochs, at most 3 replicas; less reliable verdicts");
  add_run_options(command, options->run);
  command.footer("Example: infoplane reproduce twelve_bit --quick");
  command.callback([options, &catalogue] {
    parse_device(options->run.device);
    install_signal_handlers();
    for (const std::filesystem::path& page : reproduce(*options, catalogue))
      std::cout << printable(page.string()) << std::endl;
  });
}

}  // namespace infoplane::experiments
