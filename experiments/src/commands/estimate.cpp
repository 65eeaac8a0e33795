#include <memory>

#include <infoplane/experiments/report.hpp>
#include <infoplane/figure.hpp>

#include "commands/choices.hpp"
#include "commands/commands.hpp"
#include "commands/estimates.hpp"
#include "commands/options.hpp"
#include "results/provenance.hpp"
#include "results/run_files.hpp"
#include "results/store.hpp"
#include "text/standard_streams.hpp"
#include "text/table.hpp"

namespace infoplane::experiments {
namespace {

struct EstimateArguments {
  EstimateInputs inputs;
  std::vector<std::string> estimators;  ///< YAML, as in a config's list
  std::string format = "table";         ///< table, csv or json
  std::string out;                      ///< empty: store nothing
  bool report = false;                  ///< with `out`: also write report.html
};

void print(const Estimates& estimates, const std::string& format) {
  std::vector<std::string> columns = {"estimator",     "epoch",         "i_xt_bits", "i_ty_bits",
                                      "i_xt_cap_bits", "i_ty_cap_bits", "layer"};
  columns.insert(columns.end(), estimates.details.begin(), estimates.details.end());
  TablePrinter printer(columns, format);
  for (const Record& row : estimates.rows) {
    std::vector<Cell> cells = {row.estimator,     row.epoch,         row.i_xt_bits, row.i_ty_bits,
                               row.i_xt_cap_bits, row.i_ty_cap_bits, row.layer};
    cells.insert(cells.end(), row.details.begin(), row.details.end());
    printer.add(std::move(cells));
  }
  printer.finish();
}

// Prints the rows; with --out, stores them as a run whose layers have their files' names, with its origin
// (estimate.yaml, provenance.json), and draws their plane and curves.
void estimate_command(const EstimateArguments& arguments, const Catalogue& catalogue) {
  Provenance provenance;
  const Estimators estimators = read_choices(arguments.estimators, "--estimator", catalogue.estimators);
  const Estimates estimates = estimate_layers(arguments.inputs, estimators);
  if (arguments.out.empty()) return print(estimates, arguments.format);
  Store store(arguments.out, status_name(RunStatus::estimate), {estimates.details});
  store.append(estimates.rows);
  store.write_file(kEstimateFile, to_yaml(origin_of_estimates(arguments.inputs, estimators, catalogue)));
  store.write_digests();
  provenance.seed = arguments.inputs.seed;
  provenance.device = "cpu";
  provenance.status = RunStatus::estimate;
  store.write_file(kProvenance, provenance.json());
  print_stderr("{}\n", printable(store.folder().string()));
  print(estimates, arguments.format);
  if (arguments.report) {
    store.write_file(kReport, report_page({store.folder()}));
    print_stderr("{}\n", printable((store.folder() / kReport).string()));
  }
  draw_figures(figures_of_estimates(catalogue, store.folder()), store.folder());  // last, since only this needs gnuplot
}

}  // namespace

void add_estimate(CLI::App& app, const Catalogue& catalogue) {
  CLI::App& command = *app.add_subcommand("estimate", "Estimate mutual information from saved activations");
  const auto arguments = std::make_shared<EstimateArguments>();
  EstimateInputs& inputs = arguments->inputs;
  command
      .add_option("--activations", inputs.activations,
                  ".npy, .csv or .idx, [N, M] or [E, N, M] for E epochs; a file per layer")
      ->required();
  command.add_option("--labels", inputs.labels, ".npy, .csv or .idx, an integer per sample")->required();
  command.add_option("--input", inputs.input, ".npy, .csv or .idx, [N, D]; default: every sample is a distinct input");
  command.add_option("--estimator", arguments->estimators, kChoiceInYaml)->required();
  add_format(command, arguments->format);
  add_anyway(command, inputs.anyway);
  CLI::Option* out =
      command.add_option("--out", arguments->out, "folder for runs: store the rows there as a run, with figures");
  command.add_flag("--report", arguments->report, "also write report.html")->needs(out);
  command.footer("Example: infoplane estimate --activations L*.npy --labels y.npy --estimator '{type: binning}'");
  command.callback([arguments, &catalogue] { estimate_command(*arguments, catalogue); });
}

}  // namespace infoplane::experiments
