#pragma once

#include <CLI/CLI.hpp>

namespace infoplane::experiments {

/// `infoplane list [DIR]`: a row for every run in the folder and below it, whatever became of the run.
void add_list(CLI::App& app);

}  // namespace infoplane::experiments
