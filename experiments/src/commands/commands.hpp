#pragma once

#include <CLI/CLI.hpp>

#include <infoplane/experiment.hpp>

namespace infoplane::experiments {

/// Each adds one subcommand, with its options and what it does, to the command line `app`. The catalogue must outlive
/// the app.
void add_calibrate(CLI::App& app, const Catalogue& catalogue);
void add_check(CLI::App& app, const Catalogue& catalogue);
void add_compare(CLI::App& app, const Catalogue& catalogue);
void add_completion(CLI::App& app, const Catalogue& catalogue);
void add_describe(CLI::App& app, const Catalogue& catalogue);
void add_estimate(CLI::App& app, const Catalogue& catalogue);
void add_export(CLI::App& app, const Catalogue& catalogue);
void add_figures(CLI::App& app, const Catalogue& catalogue);
void add_list(CLI::App& app, const Catalogue& catalogue);
void add_merge(CLI::App& app, const Catalogue& catalogue);
void add_report(CLI::App& app, const Catalogue& catalogue);
void add_reproduce(CLI::App& app, const Catalogue& catalogue);
void add_resume(CLI::App& app, const Catalogue& catalogue);
void add_run(CLI::App& app, const Catalogue& catalogue);
void add_schema(CLI::App& app, const Catalogue& catalogue);
void add_show(CLI::App& app, const Catalogue& catalogue);
void add_simulate(CLI::App& app, const Catalogue& catalogue);
void add_sweep(CLI::App& app, const Catalogue& catalogue);

}  // namespace infoplane::experiments
