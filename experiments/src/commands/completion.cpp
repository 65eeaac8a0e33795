#include <iostream>
#include <memory>
#include <string>

#include "commands/commands.hpp"
#include "commands/completion_words.hpp"

namespace infoplane::experiments {

void add_completion(CLI::App& app, const Catalogue& catalogue) {
  CLI::App& command = *app.add_subcommand("completion", "Print a completion script for a shell");
  const auto shell = std::make_shared<std::string>();
  command.add_option("SHELL", *shell, "bash or zsh")->required()->check(CLI::IsMember({"bash", "zsh"}));
  command.footer("Example: infoplane completion bash > ~/.local/share/bash-completion/completions/infoplane");
  command.callback([&app, &catalogue, shell] {
    const CompletionWords words = completion_words(app, catalogue);
    std::cout << (*shell == "bash" ? bash_completion(words) : zsh_completion(words));
  });
}

}  // namespace infoplane::experiments
