#pragma once

#include <functional>
#include <map>
#include <string>
#include <vector>

#include <CLI/CLI.hpp>

#include <infoplane/experiment.hpp>

namespace infoplane::experiments {

/// Words that a shell may complete on the command line.
struct CompletionWords {
  struct Option {
    std::string name;
    std::string doc;
    bool takes_value = false;
    std::vector<std::string> values;  ///< empty: a file or any text
  };
  struct Command {
    std::string name;
    std::string doc;
    std::vector<Option> options;
    std::vector<std::string> words;  ///< values of its first argument; empty: a file or any text
  };
  /// A path that `--set` accepts, "training.learning_rate" or "estimators.0.bins", where 0 stands for any index.
  struct Setting {
    std::string path;
    std::vector<std::string> values;  ///< names, or true and false; empty: any text
  };

  std::vector<Command> commands;
  std::vector<Setting> settings;
  std::map<std::string, std::vector<std::string>> kinds;  ///< arguments of `describe KIND`
};

/// The words of the tool's commands and the catalogue.
CompletionWords completion_words(const CLI::App& app, const Catalogue& catalogue);

/// A script for the shell, which calls no other program.
std::string bash_completion(const CompletionWords& words);
std::string zsh_completion(const CompletionWords& words);

/// Branches of the `case` statements that look up words, each written by `branch(pattern, words)`.
struct CompletionBranches {
  std::string values;     ///< by "COMMAND OPTION"
  std::string arguments;  ///< by "COMMAND ARGUMENTS-BEFORE"
  std::string settings;   ///< by the path given to `--set`
};
CompletionBranches branches_of(
    const CompletionWords& words,
    const std::function<std::string(const std::string&, const std::vector<std::string>&)>& branch);

}  // namespace infoplane::experiments
