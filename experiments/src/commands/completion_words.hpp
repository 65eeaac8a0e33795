#pragma once

#include <functional>
#include <map>
#include <string>
#include <vector>

#include <CLI/CLI.hpp>

#include <infoplane/experiment.hpp>

namespace infoplane::experiments {

/// What may stand on the command line, as a shell completes it.
struct CompletionWords {
  struct Option {
    std::string name;
    std::string doc;
    bool takes_value = false;
    std::vector<std::string> values;  ///< empty: the value is a file, or free
  };
  struct Command {
    std::string name;
    std::string doc;
    std::vector<Option> options;
    std::vector<std::string> words;  ///< of its first argument; empty: that is a file, or free
  };
  /// A path that `--set` takes, "training.learning_rate" or "estimators.0.bins", where 0 stands for any index.
  struct Setting {
    std::string path;
    std::vector<std::string> values;  ///< names and true, false; empty: free
  };

  std::vector<Command> commands;
  std::vector<Setting> settings;
  std::map<std::string, std::vector<std::string>> kinds;  ///< what `describe KIND` knows
};

/// Of the tool's commands and the catalogue.
CompletionWords completion_words(const CLI::App& app, const Catalogue& catalogue);

/// A script for the shell, which runs no other program.
std::string bash_completion(const CompletionWords& words);
std::string zsh_completion(const CompletionWords& words);

/// The branches of `case` statements that find words, as `branch(pattern, words)` writes one.
struct CompletionBranches {
  std::string values;     ///< by "COMMAND OPTION"
  std::string arguments;  ///< by "COMMAND ARGUMENTS-BEFORE"
  std::string settings;   ///< by the path that `--set` takes
};
CompletionBranches branches_of(
    const CompletionWords& words,
    const std::function<std::string(const std::string&, const std::vector<std::string>&)>& branch);

}  // namespace infoplane::experiments
