#pragma once

#include <CLI/CLI.hpp>

namespace infoplane::experiments {

/// `infoplane report RUN... [--out FILE]`: writes the runs as one HTML file (see report_page) and prints its name.
void add_report(CLI::App& app);

}  // namespace infoplane::experiments
