#include "sweep/overview.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "base/in_parallel.hpp"
#include "base/whole_file.hpp"
#include "figures/compared_planes.hpp"
#include "figures/overlaid_planes.hpp"
#include "runs/comparison.hpp"
#include "runs/selection.hpp"
#include "sweep/claims_by_run.hpp"
#include "text/markdown.hpp"

namespace infoplane::experiments {
namespace {

using Row = std::vector<std::string>;

// All runs in order, with results only for finished ones.
Comparison comparison_of(const SweepPlan& plan) {
  Comparison c;
  for (const SweepRun& run : plan.runs) c.runs.push_back({run.whole.experiment.name, run.whole.folder, {}});
  c.information.resize(plan.runs.size());
  in_parallel(static_cast<std::int64_t>(plan.runs.size()), cores(), [&](std::int64_t r) {
    NamedRun& run = c.runs[r];
    if (!plan.runs[r].whole.finished) return;
    run.summary = summarize_run(run.folder);
    c.information[r] = read_information(run.folder, run.summary);
  });
  return c;
}

std::string state_of(const Part& part, const RunSummary& summary) {
  return part.finished           ? summary.state
         : !part.problem.empty() ? "failed"
         : part.folder.empty()   ? "not begun"
                                 : "not finished";
}

std::vector<double> test_values(const NamedRun& run, double TrainingRecord::* quantity) {
  return values_of(run.summary.last_epoch, "test", quantity);
}

// Whether the losses of all runs have this unit.
bool has_nats(const Comparison& c) {
  return std::all_of(c.runs.begin(), c.runs.end(),
                     [](const NamedRun& run) { return loss_of(run.summary.experiment) == Loss::cross_entropy; });
}

// A row for each run, layer and estimator; one row for a run without information.
Table table_of(const SweepPlan& plan, const Comparison& c) {
  Table table{{"run", "state", "folder"}, {}};
  const Table head = information_table({});
  std::vector<std::size_t> varying;  // the number of replicas has a column already
  for (std::size_t p = 0; p < plan.paths.size(); ++p) {
    if (std::find(head.columns.begin(), head.columns.end(), plan.paths[p]) == head.columns.end()) varying.push_back(p);
  }
  for (const std::size_t p : varying) table.columns.push_back(plan.paths[p]);
  const std::string unit = has_nats(c) ? unit_suffix(Loss::cross_entropy) : "";
  table.columns.insert(table.columns.end(),
                       {"test_accuracy", "test_accuracy_deviation", "test_loss" + unit, "test_loss_deviation" + unit});
  table.columns.insert(table.columns.end(), head.columns.begin(), head.columns.end());
  for (std::size_t r = 0; r < plan.runs.size(); ++r) {
    const NamedRun& run = c.runs[r];
    std::vector<Cell> cells{run.name, state_of(plan.runs[r].whole, run.summary), run.folder.string()};
    for (const std::size_t p : varying) cells.emplace_back(plan.runs[r].values[p]);
    for (const auto quantity : {&TrainingRecord::accuracy, &TrainingRecord::loss}) {
      const Statistics of = statistics(test_values(run, quantity));
      cells.insert(cells.end(), {of.mean, of.standard_deviation});
    }
    std::vector<std::vector<Cell>> rows = information_table(c.information[r]).rows;
    if (rows.empty()) rows.emplace_back(head.columns.size(), "");
    for (const std::vector<Cell>& row : rows) {
      table.rows.push_back(cells);
      table.rows.back().insert(table.rows.back().end(), row.begin(), row.end());
    }
  }
  return table;
}

std::string in_short(const NamedRun& run, double TrainingRecord::* quantity) {
  const std::vector<double> values = test_values(run, quantity);
  return text_of(statistics(values), values.size());
}

std::vector<Row> runs_table(const SweepPlan& plan, const Comparison& c) {
  std::vector<Row> rows = {{"run"}};
  rows[0].insert(rows[0].end(), plan.paths.begin(), plan.paths.end());
  rows[0].insert(rows[0].end(), {"state", "test accuracy", has_nats(c) ? "test loss (nats)" : "test loss", "folder"});
  for (std::size_t r = 0; r < plan.runs.size(); ++r) {
    Row row = {c.runs[r].name};
    row.insert(row.end(), plan.runs[r].values.begin(), plan.runs[r].values.end());
    row.push_back(state_of(plan.runs[r].whole, c.runs[r].summary));
    row.push_back(in_short(c.runs[r], &TrainingRecord::accuracy));
    row.push_back(in_short(c.runs[r], &TrainingRecord::loss));
    row.push_back(c.runs[r].folder.string());
    rows.push_back(std::move(row));
  }
  return rows;
}

// The table of one estimator: a row for each run, a column for each layer.
std::vector<Row> layers_table(const Comparison& c, const std::string& estimator, const std::string& quantity) {
  std::vector<Row> rows = {{"run"}};
  for (std::size_t r = 0; r < c.runs.size(); ++r) {
    if (c.information[r].empty()) continue;
    Row row = {c.runs[r].name};
    const Table texts = information_texts(c.information[r]);
    const auto column_of = [&](const std::string& name) {
      return std::find(texts.columns.begin(), texts.columns.end(), name) - texts.columns.begin();
    };
    for (const std::vector<Cell>& cells : texts.rows) {
      const auto text = [&](const std::string& name) { return std::get<std::string>(cells[column_of(name)]); };
      if (text("estimator") != estimator) continue;
      Row& head = rows.front();
      const auto column = std::find(head.begin() + 1, head.end(), text("layer")) - head.begin();
      if (column == static_cast<std::ptrdiff_t>(head.size())) head.push_back(text("layer"));
      row.resize(std::max(row.size(), head.size()));
      row[column] = fmt::format("{} ({})", text(quantity + "_final_bits"), text(quantity + "_peak_bits"));
    }
    rows.push_back(std::move(row));
  }
  for (Row& row : rows) row.resize(rows.front().size());
  return rows;
}

std::string markdown_of(const SweepPlan& plan, const Comparison& c, const DrawnPlanes& planes) {
  std::vector<std::string> estimators;
  for (const auto& information : c.information) {
    for (const LayerInformation& of : information) add_distinct(estimators, of.estimator);
  }
  std::string text =
      "# " + escape_markdown(plan.name) + "\n\n" + markdown_table(runs_table(plan, c)) +
      "\nAccuracy and loss after the last epoch, mean and standard deviation over the replicas. Below: "
      "information after the last epoch and, in parentheses, its peak, each replica's largest value over all "
      "epochs. `infoplane report RUN...` writes an HTML page of some of these runs.\n";
  for (const std::string& problem : problems_of(plan)) text += "\n- " + escape_markdown(problem) + "\n";
  std::string which = planes.left_out > 0 ? fmt::format("the first {} runs", kMostPlanes) : "the runs";
  if (!planes.without.empty()) which += " with rows of " + escape_markdown(planes.estimator);
  if (!planes.picture.empty())
    text += fmt::format("\n![The information planes of {}]({})\n", which, planes.picture.filename().string());
  if (const auto claims = claims_by_run(c); !claims.empty()) text += "\n## Claims\n\n" + markdown_table(claims);
  for (const std::string& estimator : estimators) {
    for (const auto& [quantity, name] : {std::pair("i_xt", "I(X;T)"), std::pair("i_ty", "I(T;Y)")}) {
      text += fmt::format("\n## {} in bits, {}\n\n", name, escape_markdown(estimator)) +
              markdown_table(layers_table(c, estimator, quantity));
    }
  }
  return text;
}

}  // namespace

std::vector<std::filesystem::path> write_overview(const SweepPlan& plan) {
  const Comparison comparison = comparison_of(plan);
  const DrawnPlanes planes = draw_planes(comparison, {}, plan.folder);
  std::vector<std::filesystem::path> files = {plan.folder / "overview.md", plan.folder / "overview.csv"};
  write_whole_file(files[0], markdown_of(plan, comparison, planes));
  write_whole_file(files[1], as_csv(table_of(plan, comparison)));
  if (!planes.picture.empty()) files.push_back(planes.picture);
  return files;
}

}  // namespace infoplane::experiments
