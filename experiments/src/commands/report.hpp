#pragma once

#include <CLI/CLI.hpp>

#include <infoplane/experiment.hpp>

namespace infoplane::experiments {

/// `infoplane report RUN... [--out FILE]`: writes the runs as one HTML file (see write_report) and prints its name.
void add_report(CLI::App& app, const Catalogue& catalogue);

}  // namespace infoplane::experiments
