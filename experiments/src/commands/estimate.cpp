#include "commands/estimate.hpp"

#include <algorithm>
#include <iostream>
#include <limits>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <infoplane/array_file.hpp>
#include <infoplane/run.hpp>

#include "commands/choices.hpp"

namespace infoplane::experiments {
namespace {

// The labels as 0 .. K-1, in the order of the integers in the file.
struct Labels {
  torch::Tensor values;
  std::int64_t classes = 0;
};

struct Table {
  std::vector<std::string> details;
  std::vector<Record> rows;
};

Labels read_labels(const std::string& file) {
  const torch::Tensor read = read_array(file).squeeze();
  if (read.dim() > 1) throw UsageError(file + ": labels must be one integer a sample, got " + c10::str(read.sizes()));
  const torch::Tensor whole = read.reshape({-1}).to(torch::kInt64);
  if (read.is_floating_point() && !torch::equal(whole.to(torch::kFloat64), read.reshape({-1}).to(torch::kFloat64))) {
    throw UsageError(file + ": labels must be integers");
  }
  const auto [distinct, index] = at::_unique(whole, true, true);
  return {index, distinct.size(0)};
}

torch::Tensor as_floats(const torch::Tensor& array) {
  return array.is_floating_point() ? array : array.to(torch::kFloat64);
}

// [E, N, M], from [N, M] or [E, N, M...]; N tells which.
torch::Tensor read_activations(const std::string& file, std::int64_t samples) {
  const torch::Tensor array = as_floats(read_array(file));
  if (array.dim() >= 3 && array.size(1) == samples) return array.flatten(2);
  if (array.size(0) == samples) return array.reshape({1, samples, -1});
  throw UsageError(fmt::format("{}: activations of {} do not fit {} labels, they must be [{}, units] or [epochs, {}, units]",
                               file, c10::str(array.sizes()), samples, samples, samples));
}

torch::Tensor read_inputs(const std::string& file, std::int64_t samples) {
  if (file.empty()) return torch::arange(samples, torch::kFloat64).unsqueeze(1);
  const torch::Tensor array = as_floats(read_array(file));
  if (array.size(0) == samples) return array.reshape({samples, -1});
  throw UsageError(fmt::format("{}: inputs of {} do not fit {} labels, they must be [{}, columns]", file,
                               c10::str(array.sizes()), samples, samples));
}

// One estimator with the place of each of its details in the table.
struct Column {
  std::string name;
  std::unique_ptr<Estimator> estimator;
  std::vector<std::size_t> details;
  std::shared_ptr<const Prepared> prepared;
};

std::vector<Column> make_columns(const std::vector<Choice<EstimatorFactory>>& choices, const LayerSamples& samples,
                                 std::vector<std::string>& names) {
  std::vector<Column> columns;
  for (const auto& choice : choices) {
    Column column{choice.name(), choice(stream_seed(1, 0, Purpose::estimation)), {}, {}};
    for (const std::string& detail : column.estimator->details()) {
      const auto at = std::find(names.begin(), names.end(), detail);
      column.details.push_back(at - names.begin());
      if (at == names.end()) names.push_back(detail);
    }
    column.prepared = column.estimator->prepare(samples);
    columns.push_back(std::move(column));
  }
  return columns;
}

void estimate_layer(const torch::Tensor& epochs, LayerSamples samples, const Column& column, std::size_t details,
                    std::vector<Record>& rows) {
  samples.prepared = column.prepared;
  for (std::int64_t e = 0; e < epochs.size(0); ++e) {
    samples.activations = epochs[e];
    const Estimate estimate = column.estimator->estimate(samples);
    samples.previous = estimate.state;
    for (const Information& value : estimate.values) {
      Record row{0, e, samples.layer, column.name + (value.value.empty() ? "" : "." + value.value), value.i_xt_bits,
                 value.i_ty_bits, value.i_xt_cap_bits, value.i_ty_cap_bits,
                 std::vector<double>(details, std::numeric_limits<double>::quiet_NaN())};
      for (std::size_t d = 0; d < value.details.size(); ++d) row.details[column.details[d]] = value.details[d];
      rows.push_back(std::move(row));
    }
  }
}

Table estimate_all(const EstimateArguments& arguments, const std::vector<Choice<EstimatorFactory>>& choices) {
  const Labels labels = read_labels(arguments.labels);
  LayerSamples samples;
  samples.labels = labels.values;
  samples.classes = labels.classes;
  samples.inputs = read_inputs(arguments.input, labels.values.size(0));
  Table table;
  const std::vector<Column> columns = make_columns(choices, samples, table.details);
  for (const std::string& file : arguments.activations) {
    const torch::Tensor epochs = read_activations(file, labels.values.size(0));
    samples.layer = std::filesystem::path(file).stem().string();
    for (const Column& column : columns) estimate_layer(epochs, samples, column, table.details.size(), table.rows);
  }
  std::stable_sort(table.rows.begin(), table.rows.end(),
                   [](const Record& a, const Record& b) { return a.epoch < b.epoch; });
  return table;
}

std::vector<std::string> heads(const Table& table) {
  std::vector<std::string> heads = {"estimator",     "epoch", "i_xt_bits", "i_ty_bits", "i_xt_cap_bits",
                                    "i_ty_cap_bits", "layer"};
  heads.insert(heads.end(), table.details.begin(), table.details.end());
  return heads;
}

std::vector<std::string> cells(const Record& row, const char* number) {
  const auto text = [&](double x) { return x != x ? std::string() : fmt::format(fmt::runtime(number), x); };
  std::vector<std::string> cells = {row.estimator,      std::to_string(row.epoch), text(row.i_xt_bits),
                                    text(row.i_ty_bits), text(row.i_xt_cap_bits),   text(row.i_ty_cap_bits),
                                    row.layer};
  for (const double detail : row.details) cells.push_back(text(detail));
  return cells;
}

void print_json(const Table& table) {
  nlohmann::ordered_json list = nlohmann::ordered_json::array();
  for (const Record& row : table.rows) {
    nlohmann::ordered_json object = {{"estimator", row.estimator},         {"epoch", row.epoch},
                                     {"i_xt_bits", row.i_xt_bits},         {"i_ty_bits", row.i_ty_bits},
                                     {"i_xt_cap_bits", row.i_xt_cap_bits}, {"i_ty_cap_bits", row.i_ty_cap_bits},
                                     {"layer", row.layer}};
    for (std::size_t d = 0; d < row.details.size(); ++d) {
      if (row.details[d] == row.details[d]) object[table.details[d]] = row.details[d];
    }
    list.push_back(object);
  }
  std::cout << list.dump(2) << "\n";
}

void print_csv(const Table& table) {
  fmt::print("{}\n", fmt::join(heads(table), ","));
  for (const Record& row : table.rows) fmt::print("{}\n", fmt::join(cells(row, "{}"), ","));
}

void print_table(const Table& table) {
  std::vector<std::vector<std::string>> lines = {heads(table)};
  for (const Record& row : table.rows) lines.push_back(cells(row, "{:.6g}"));
  std::vector<std::size_t> widths(lines[0].size());
  for (const auto& line : lines) {
    for (std::size_t c = 0; c < line.size(); ++c) widths[c] = std::max(widths[c], line[c].size());
  }
  for (const auto& line : lines) {
    std::string text;
    for (std::size_t c = 0; c < line.size(); ++c) text += fmt::format("{:<{}}", line[c], widths[c] + 2);
    fmt::print("{}\n", text.substr(0, text.find_last_not_of(' ') + 1));
  }
}

}  // namespace

void estimate_command(const EstimateArguments& arguments, const Catalogue& catalogue) {
  const Table table =
      estimate_all(arguments, read_choices(arguments.estimators, "--estimator", catalogue.estimators));
  if (!arguments.out.empty()) {
    Store store(arguments.out, "estimate", table.details);
    store.append(table.rows);
    std::cerr << store.folder().string() << "\n";
  }
  if (arguments.format == "json") return print_json(table);
  if (arguments.format == "csv") return print_csv(table);
  print_table(table);
}

}  // namespace infoplane::experiments
