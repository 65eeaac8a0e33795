#include "commands/estimate.hpp"

#include <algorithm>
#include <iostream>
#include <set>

#include <fmt/format.h>

#include <infoplane/experiments/array_dataset.hpp>
#include <infoplane/experiments/report.hpp>

#include "commands/choices.hpp"
#include "commands/estimate_arrays.hpp"
#include "results/provenance.hpp"
#include "results/run_files.hpp"
#include "results/store.hpp"
#include "run/estimation.hpp"
#include "text/standard_streams.hpp"
#include "text/table.hpp"

namespace infoplane::experiments {
namespace {

using Estimators = std::vector<Choice<EstimatorFactory>>;

constexpr std::uint64_t kSeed = 1;

struct Estimates {
  std::vector<std::string> details;
  std::vector<Record> rows;
};

void require_inputs(const EstimateArguments& arguments, const Estimators& estimators) {
  for (const auto& choice : estimators) {
    if (!arguments.input.empty() || !choice(kSeed)->compares_inputs()) continue;
    throw UsageError(fmt::format("{} compares the samples' inputs: give them by --input", choice.name()));
  }
}

Estimates estimate_all(const EstimateArguments& arguments, const Estimators& estimators) {
  const Labels labels = read_labels(arguments.labels);
  LayerSamples samples;
  samples.labels = labels.values;
  samples.classes = labels.classes;
  samples.inputs = read_inputs(arguments.input, labels.values.size(0));
  require_inputs(arguments, estimators);
  Estimation estimation(estimators, samples, stream_seed(kSeed, 0, Purpose::estimation));
  const Recorder recorder(estimators);
  Estimates table{recorder.details(), {}};
  std::set<std::string> layers;
  for (const std::string& file : arguments.activations) {
    LayerActivations layer;
    layer.name = layer_of(file);
    const auto number = static_cast<std::int64_t>(layers.size());
    if (!layers.insert(layer.name).second) {
      throw UsageError(fmt::format("{}: a layer is called {} already, files must have names of their own", file,
                                   in_quotes(layer.name)));
    }
    const torch::Tensor epochs = read_activations(file, labels.values.size(0));
    Record head;
    for (head.epoch = 0; head.epoch < epochs.size(0); ++head.epoch) {
      layer.values = epochs[head.epoch];
      estimation.append(number, layer, head, recorder, table.rows);
    }
  }
  std::stable_sort(table.rows.begin(), table.rows.end(),
                   [](const Record& a, const Record& b) { return a.epoch < b.epoch; });
  return table;
}

void print(const Estimates& table, const std::string& format) {
  std::vector<std::string> columns = {"estimator",     "epoch",         "i_xt_bits", "i_ty_bits",
                                      "i_xt_cap_bits", "i_ty_cap_bits", "layer"};
  columns.insert(columns.end(), table.details.begin(), table.details.end());
  TablePrinter printer(columns, format);
  for (const Record& row : table.rows) {
    std::vector<Cell> cells = {row.estimator,     row.epoch,         row.i_xt_bits, row.i_ty_bits,
                               row.i_xt_cap_bits, row.i_ty_cap_bits, row.layer};
    cells.insert(cells.end(), row.details.begin(), row.details.end());
    printer.add(std::move(cells));
  }
  printer.finish();
}

// Where it will be found from any folder, in letters that YAML takes; "" where no file is given.
std::string place_of(const std::string& file) {
  return file.empty() ? "" : printable(std::filesystem::absolute(file).lexically_normal().string());
}

// What the rows were made of, with every default.
Node origin_of(const EstimateArguments& arguments, Estimators estimators, const Catalogue& catalogue) {
  std::uint64_t seed = kSeed;
  std::vector<std::string> activations;
  for (const std::string& file : arguments.activations) activations.push_back(place_of(file));
  std::string labels = place_of(arguments.labels), input = place_of(arguments.input);
  return write_fields({
      field("seed", seed, "of the estimators that draw random numbers"),
      field("activations", activations, "files, a layer each"),
      field("labels", labels, "file"),
      field("input", input, "file; none: every sample is an input of its own"),
      choices("estimators", estimators, catalogue.estimators, "how information was estimated"),
  });
}

}  // namespace

void estimate_command(const EstimateArguments& arguments, const Catalogue& catalogue) {
  Provenance provenance;
  const Estimators estimators = read_choices(arguments.estimators, "--estimator", catalogue.estimators);
  const Estimates table = estimate_all(arguments, estimators);
  if (arguments.out.empty()) return print(table, arguments.format);
  Store store(arguments.out, status_name(RunStatus::estimate), {table.details});
  store.append(table.rows);
  store.write_file(kEstimateFile, to_yaml(origin_of(arguments, estimators, catalogue)));
  store.write_digests();
  provenance.seed = kSeed;
  provenance.device = "cpu";
  provenance.status = RunStatus::estimate;
  store.write_file(kProvenance, provenance.json());
  tell("{}\n", printable(store.folder().string()));
  print(table, arguments.format);
  if (arguments.report) {
    store.write_file(kReport, report_page({store.folder()}));
    tell("{}\n", printable((store.folder() / kReport).string()));
  }
  figures_command(store.folder(), {}, catalogue);  // last, as it needs gnuplot and all else does not
}

}  // namespace infoplane::experiments
