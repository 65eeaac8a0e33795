#include <iostream>

#include "commands/commands.hpp"
#include "commands/experiment_schema.hpp"
#include "text/node_json.hpp"
#include "text/table.hpp"

namespace infoplane::experiments {

void add_schema(CLI::App& app, const Catalogue& catalogue) {
  CLI::App& command = *app.add_subcommand("schema", "Print the JSON Schema of configs, for editors");
  command.footer(
      "Example: infoplane schema > experiment.schema.json\n"
      "and in the config: # yaml-language-server: $schema=experiment.schema.json");
  command.callback([&catalogue] { std::cout << printed(json_of(experiment_schema(catalogue))); });
}

}  // namespace infoplane::experiments
