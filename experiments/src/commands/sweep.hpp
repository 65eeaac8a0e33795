#pragma once

#include <CLI/CLI.hpp>

#include <infoplane/experiment.hpp>

namespace infoplane::experiments {

/// The command `sweep`. It exits with 1 where runs failed; all others have been made then.
void add_sweep(CLI::App& app, const Catalogue& catalogue);

}  // namespace infoplane::experiments
