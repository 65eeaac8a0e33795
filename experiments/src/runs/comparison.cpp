#include "runs/comparison.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "text/node_json.hpp"

namespace infoplane::experiments {
namespace {

std::string value_text(const Node& value) {
  return value.kind == Node::Kind::null ? "" : value.kind == Node::Kind::scalar ? value.scalar : to_inline_yaml(value);
}

// The longer side goes down.
Table settings_texts(const Comparison& c) {
  Table table;
  if (c.settings.size() > c.runs.size()) {
    table.columns = {"setting"};
    for (const NamedRun& run : c.runs) table.columns.push_back(run.name);
    for (const Difference& difference : c.settings) {
      table.rows.push_back({difference.setting});
      for (const Node& value : difference.values) table.rows.back().emplace_back(value_text(value));
    }
    return table;
  }
  table.columns = {"run"};
  for (const Difference& difference : c.settings) table.columns.push_back(difference.setting);
  for (std::size_t r = 0; r < c.runs.size(); ++r) {
    table.rows.push_back({c.runs[r].name});
    for (const Difference& difference : c.settings) table.rows.back().emplace_back(value_text(difference.values[r]));
  }
  return table;
}

// What differs; the runs without settings are named, as they may differ in any.
std::string settings_text(const Comparison& c) {
  std::vector<std::string> unknown;
  for (const NamedRun& run : c.runs) {
    if (settings_of(run.summary.experiment).empty()) unknown.push_back(printable(run.name));
  }
  std::string text;
  if (!c.settings.empty()) {
    text = "\nsettings that differ\n" + aligned(settings_texts(c));
  } else if (unknown.size() + 1 < c.runs.size()) {
    text = fmt::format("\nthe {}experiments have the same settings\n", unknown.empty() ? "" : "other ");
  }
  if (unknown.empty()) return text;
  return text + fmt::format("\nunknown settings: {} (no readable experiment.yaml)\n", fmt::join(unknown, ", "));
}

// The rows of the runs, grouped by layer and estimator.
Table layer_texts(const Comparison& c) {
  Table table;
  std::vector<std::pair<std::string, std::string>> order;
  for (const auto& run : c.information) {
    for (const LayerInformation& of : run) {
      const std::pair of_what(of.layer, of.estimator);
      if (std::find(order.begin(), order.end(), of_what) == order.end()) order.push_back(of_what);
    }
  }
  for (const auto& [layer, estimator] : order) {
    for (std::size_t r = 0; r < c.runs.size(); ++r) {
      for (const LayerInformation& of : c.information[r]) {
        if (of.layer != layer || of.estimator != estimator) continue;
        Table part = information_texts(std::vector{of});
        part.columns.insert(part.columns.begin() + 2, "run");
        part.rows[0].insert(part.rows[0].begin() + 2, c.runs[r].name);
        table.columns = part.columns;
        table.rows.push_back(part.rows[0]);
      }
    }
  }
  return table;
}

// A row by run, layer and estimator, with the run's values of what differs.
Table information_rows(const Comparison& c) {
  Table table = information_table({});
  const auto is_new = [&](const Difference& of) {  // the number of replicas is a setting and a column already
    return std::find(table.columns.begin(), table.columns.end(), of.setting) == table.columns.end();
  };
  std::vector<Difference> settings;
  std::copy_if(c.settings.begin(), c.settings.end(), std::back_inserter(settings), is_new);
  std::vector<std::string> start{"run", "folder"};
  for (const Difference& difference : settings) start.push_back(difference.setting);
  table.columns.insert(table.columns.begin(), start.begin(), start.end());
  for (std::size_t r = 0; r < c.runs.size(); ++r) {
    std::vector<Cell> cells{c.runs[r].name, c.runs[r].folder.string()};
    for (const Difference& difference : settings) cells.emplace_back(value_text(difference.values[r]));
    for (std::vector<Cell>& row : information_table(c.information[r]).rows) {
      row.insert(row.begin(), cells.begin(), cells.end());
      table.rows.push_back(std::move(row));
    }
  }
  return table;
}

}  // namespace

std::string comparison_text(const Comparison& c) {
  std::string text = aligned(run_texts(c.runs));
  text += settings_text(c);
  const Table layers = layer_texts(c);
  return text + (layers.rows.empty()
                     ? "\nno run has results\n"
                     : "\ninformation, mean +- standard deviation over the replicas\n" + aligned(layers));
}

std::string comparison_csv(const Comparison& c) { return as_csv(information_rows(c)); }

std::string comparison_json(const Comparison& c) {
  nlohmann::ordered_json runs = as_json(run_table(c.runs));
  for (std::size_t r = 0; r < c.runs.size(); ++r) {
    runs[r]["folder"] = c.runs[r].folder.string();
    runs[r]["settings"] = nlohmann::ordered_json::object();
    for (const Difference& difference : c.settings) {
      runs[r]["settings"][difference.setting] = json_of(difference.values[r]);
    }
    runs[r]["information"] = as_json(information_table(c.information[r]));
  }
  return printed(runs);
}

}  // namespace infoplane::experiments
