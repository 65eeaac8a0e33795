#include "sweep/overview.hpp"

#include <algorithm>
#include <cstdlib>
#include <map>
#include <optional>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <infoplane/whole_file.hpp>

#include "commands/markdown.hpp"
#include "sweep/outcome.hpp"

namespace infoplane::experiments {
namespace {

using Row = std::vector<std::string>;

// Of each run that finished.
using Outcomes = std::vector<std::optional<Outcome>>;

Outcomes outcomes_of(const SweepPlan& plan) {
  Outcomes outcomes;
  for (const SweepRun& run : plan.runs) {
    outcomes.push_back(run.whole.finished ? std::optional(outcome_of(run.whole.folder)) : std::nullopt);
  }
  return outcomes;
}

std::string state_of(const Part& part) {
  return part.finished ? "finished" : part.folder.empty() ? "not begun" : "not finished";
}

// A text that no spreadsheet takes for a formula.
std::string harmless(const std::string& text) {
  if (text.empty() || std::string("=+-@\t").find(text[0]) == std::string::npos) return text;
  char* end = nullptr;
  std::strtod(text.c_str(), &end);
  return *end == '\0' ? text : "'" + text;
}

std::string csv_line(const Row& row) {
  Row fields;
  for (const std::string& text : row) {
    std::string field;
    for (const char c : text) field += c == '"' ? "\"\"" : std::string(1, c);
    fields.push_back(text.find_first_of(",\"\r\n") == std::string::npos ? field : "\"" + field + "\"");
  }
  return fmt::format("{}\n", fmt::join(fields, ","));
}

void append(const Spread& spread, Row& row) {
  for (const double number : {spread.mean, spread.deviation}) row.push_back(fmt::format("{}", number));
}

std::string csv_of(const SweepPlan& plan, const Outcomes& outcomes) {
  Row head = {"run", "state", "folder"};
  head.insert(head.end(), plan.paths.begin(), plan.paths.end());
  for (const char* column :
       {"test_accuracy", "test_accuracy_deviation", "test_loss_nats", "test_loss_deviation_nats", "layer", "estimator",
        "i_xt_peak_bits", "i_xt_peak_deviation_bits", "i_xt_final_bits", "i_xt_final_deviation_bits", "i_ty_peak_bits",
        "i_ty_peak_deviation_bits", "i_ty_final_bits", "i_ty_final_deviation_bits"}) {
    head.emplace_back(column);
  }
  std::string csv = csv_line(head);
  const auto add = [&](Row row) {
    row.resize(head.size());
    csv += csv_line(row);
  };
  for (std::size_t r = 0; r < plan.runs.size(); ++r) {
    const Part& part = plan.runs[r].whole;
    Row row = {part.experiment.name, state_of(part), part.folder.string()};
    for (const std::string& value : plan.runs[r].values) row.push_back(harmless(value));
    if (outcomes[r]) append(outcomes[r]->accuracy, row);
    if (outcomes[r]) append(outcomes[r]->loss_nats, row);
    if (!outcomes[r] || outcomes[r]->layers.empty()) add(row);
    for (const LayerOutcome& of : outcomes[r] ? outcomes[r]->layers : std::vector<LayerOutcome>()) {
      Row of_layer = row;
      of_layer.insert(of_layer.end(), {of.layer, of.estimator});
      for (const std::size_t q : {0, 1}) append(of.peak[q], of_layer), append(of.final[q], of_layer);
      add(of_layer);
    }
  }
  return csv;
}

std::string in_short(const Spread& spread) {
  const std::string mean = fmt::format("{:.4g}", spread.mean);
  return spread.deviation > 0 ? mean + fmt::format(" +- {:.2g}", spread.deviation) : mean;
}

Row runs_row(const SweepRun& run, const std::optional<Outcome>& outcome) {
  Row row = {run.whole.experiment.name};
  row.insert(row.end(), run.values.begin(), run.values.end());
  row.push_back(state_of(run.whole));
  row.push_back(outcome ? in_short(outcome->accuracy) : "");
  row.push_back(outcome ? in_short(outcome->loss_nats) : "");
  row.push_back(run.whole.folder.string());
  return row;
}

// The table of one estimator: a row for each run, a column for each layer.
std::vector<Row> layers_table(const SweepPlan& plan, const Outcomes& outcomes, const std::string& estimator, std::size_t q) {
  std::vector<Row> rows = {{"run"}};
  for (std::size_t r = 0; r < outcomes.size(); ++r) {
    if (!outcomes[r]) continue;
    Row row = {plan.runs[r].whole.experiment.name};
    for (const LayerOutcome& of : outcomes[r]->layers) {
      if (of.estimator != estimator) continue;
      Row& head = rows.front();
      auto column = std::find(head.begin() + 1, head.end(), of.layer) - head.begin();
      if (column == static_cast<std::ptrdiff_t>(head.size())) head.push_back(of.layer);
      row.resize(std::max(row.size(), head.size()));
      row[column] = fmt::format("{} ({})", in_short(of.final[q]), in_short(of.peak[q]));
    }
    rows.push_back(std::move(row));
  }
  for (Row& row : rows) row.resize(rows.front().size());
  return rows;
}

std::vector<std::string> estimators_in(const Outcomes& outcomes) {
  std::vector<std::string> names;
  for (const auto& outcome : outcomes) {
    for (const LayerOutcome& of : outcome ? outcome->layers : std::vector<LayerOutcome>()) {
      if (std::find(names.begin(), names.end(), of.estimator) == names.end()) names.push_back(of.estimator);
    }
  }
  return names;
}

std::string markdown_of(const SweepPlan& plan, const Outcomes& outcomes) {
  std::vector<Row> runs = {{"run"}};
  runs[0].insert(runs[0].end(), plan.paths.begin(), plan.paths.end());
  runs[0].insert(runs[0].end(), {"state", "test accuracy", "test loss (nats)", "folder"});
  for (std::size_t r = 0; r < plan.runs.size(); ++r) runs.push_back(runs_row(plan.runs[r], outcomes[r]));
  std::string text = "# " + escape_markdown(plan.name) + "\n\n" + markdown_table(runs) +
                     "\nAccuracy and loss after the last epoch, means over the replicas and their standard deviations; below, "
                     "information after the last epoch and in parentheses its peak, each replica's largest value of any "
                     "epoch. `infoplane report RUN...` makes a page of some of these runs to look into.\n";
  for (const std::string& estimator : estimators_in(outcomes)) {
    for (const std::size_t q : {0, 1}) {
      text += fmt::format("\n## {} in bits, {}\n\n", q == 0 ? "I(X;T)" : "I(T;Y)", escape_markdown(estimator)) +
              markdown_table(layers_table(plan, outcomes, estimator, q));
    }
  }
  return text;
}

}  // namespace

void write_overview(const SweepPlan& plan) {
  const Outcomes outcomes = outcomes_of(plan);
  write_whole_file(plan.folder / "overview.csv", csv_of(plan, outcomes));
  write_whole_file(plan.folder / "overview.md", markdown_of(plan, outcomes));
}

}  // namespace infoplane::experiments
