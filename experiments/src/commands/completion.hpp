#pragma once

#include <CLI/CLI.hpp>

#include <infoplane/experiment.hpp>

namespace infoplane::experiments {

/// `infoplane completion bash|zsh`: prints a script that completes commands, options, settings and names in the shell.
void add_completion(CLI::App& app, const Catalogue& catalogue);

/// `infoplane schema`: prints the JSON Schema (draft-07) of an experiment, for editors.
void add_schema(CLI::App& app, const Catalogue& catalogue);

}  // namespace infoplane::experiments
