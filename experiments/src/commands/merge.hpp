#pragma once

#include <CLI/CLI.hpp>

#include <infoplane/experiment.hpp>

namespace infoplane::experiments {

/// The command `merge`, which prints the folder of the run that it makes.
void add_merge(CLI::App& app, const Catalogue& catalogue);

}  // namespace infoplane::experiments
