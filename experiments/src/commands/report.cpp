#include <infoplane/experiments/report.hpp>

#include <filesystem>
#include <iostream>
#include <memory>

#include <fmt/format.h>

#include <infoplane/error.hpp>

#include "base/whole_file.hpp"
#include "commands/commands.hpp"
#include "results/run_files.hpp"
#include "run/run_folder.hpp"
#include "runs/run_folders.hpp"
#include "text/activity.hpp"

namespace infoplane::experiments {
namespace {

struct ReportArguments {
  std::vector<std::string> runs;
  std::string out;
};

}  // namespace

void add_report(CLI::App& app, const Catalogue& catalogue) {
  CLI::App& command = *app.add_subcommand("report", "Write runs as one HTML file for a browser");
  const auto arguments = std::make_shared<ReportArguments>();
  command.add_option("RUN", arguments->runs, "folders of runs, or folders to search for runs")->required();
  command.add_option("--out", arguments->out, "output file; default: report.html, in RUN if there is only one");
  command.footer("Example: infoplane report runs/twelve_bit_tanh/20260131T235959Z");
  command.callback([arguments, &catalogue] {
    const std::vector<std::string> folders = without_files(arguments->runs);
    const std::filesystem::path folder = folders.size() == 1 ? folders.front() : "";
    const std::vector<std::filesystem::path> runs = run_folders(folders);
    for (const auto& run : runs) require_own_experiment(run, catalogue);
    Activity activity;
    activity.begin(fmt::format("writing the report of {} run{}", runs.size(), runs.size() == 1 ? "" : "s"));
    const std::string page = report_page(runs);
    activity.end();
    if (!arguments->out.empty()) {
      write_output_file(arguments->out, page);
      if (!is_standard_output(arguments->out)) std::cout << printable(arguments->out) << "\n";
      return;
    }
    write_whole_file(folder / kReport, page);
    std::cout << printable((folder / kReport).string()) << "\n";
  });
}

}  // namespace infoplane::experiments
