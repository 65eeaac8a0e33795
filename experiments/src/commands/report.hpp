#pragma once

#include <CLI/CLI.hpp>

namespace infoplane::experiments {

/// `infoplane report RUN... [--out FILE]`: writes the runs as one HTML file (see write_report) and prints its name.
void add_report(CLI::App& app);

}  // namespace infoplane::experiments
