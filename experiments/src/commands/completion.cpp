#include "commands/completion.hpp"

#include <iostream>
#include <memory>
#include <string>

#include "commands/completion_words.hpp"
#include "text/node_json.hpp"
#include "text/table.hpp"

namespace infoplane::experiments {

void add_completion(CLI::App& app, const Catalogue& catalogue) {
  CLI::App& command = *app.add_subcommand("completion", "Print a script that completes the command line in a shell");
  const auto shell = std::make_shared<std::string>();
  command.add_option("SHELL", *shell, "bash or zsh")->required()->check(CLI::IsMember({"bash", "zsh"}));
  command.footer("Example: infoplane completion bash > ~/.local/share/bash-completion/completions/infoplane");
  command.callback([&app, &catalogue, shell] {
    const CompletionWords words = completion_words(app, catalogue);
    std::cout << (*shell == "bash" ? bash_completion(words) : zsh_completion(words));
  });
}

void add_schema(CLI::App& app, const Catalogue& catalogue) {
  CLI::App& command = *app.add_subcommand("schema", "Print the JSON Schema of a config, for editors");
  command.footer(
      "Example: infoplane schema > experiment.schema.json\n"
      "and in the config: # yaml-language-server: $schema=experiment.schema.json");
  command.callback([&catalogue] { std::cout << printed(json_of(experiment_schema(catalogue))); });
}

}  // namespace infoplane::experiments
