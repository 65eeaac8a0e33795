#include <memory>

#include <infoplane/export_weights.hpp>

#include "commands/commands.hpp"
#include "commands/options.hpp"
#include "runs/run_folders.hpp"

namespace infoplane::experiments {
namespace {

struct ExportArguments {
  std::string folder;
  std::string weights;
};

}  // namespace

void add_export(CLI::App& app, const Catalogue&) {
  CLI::App& command = *app.add_subcommand("export", "Export a run's weights as safetensors");
  const auto arguments = std::make_shared<ExportArguments>();
  add_run_folder(command, arguments->folder);
  command.add_option("--weights", arguments->weights, "output file, every replica's weights by name")->required();
  command.footer("Example: infoplane export runs/twelve_bit_tanh/20260131T235959Z --weights tanh.safetensors");
  command.callback([arguments] { export_weights(run_folder(arguments->folder), arguments->weights); });
}

}  // namespace infoplane::experiments
