#include "series.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <infoplane/error.hpp>

namespace infoplane::experiments {
namespace {

// The values of all replicas, of both quantities.
using Samples = std::array<std::vector<double>, 2>;

// By series and epoch.
using Table = std::map<std::string, std::map<std::int64_t, Samples>>;

Spread spread(const std::vector<double>& values) {
  const auto n = static_cast<double>(values.size());
  const double mean = std::accumulate(values.begin(), values.end(), 0.0) / n;
  double squares = 0;
  for (const double value : values) squares += (value - mean) * (value - mean);
  return {mean, values.size() > 1 ? std::sqrt(squares / (n - 1)) : 0};
}

std::vector<std::int64_t> common_epochs(const Table& table, const std::vector<std::string>& names) {
  std::map<std::int64_t, std::size_t> series_at;
  for (const std::string& name : names) {
    for (const auto& [epoch, samples] : table.at(name)) ++series_at[epoch];
  }
  std::vector<std::int64_t> epochs;
  for (const auto& [epoch, count] : series_at) {
    if (count == names.size()) epochs.push_back(epoch);
  }
  return epochs;
}

SeriesSet summarise(const Table& table, const std::vector<std::string>& names) {
  SeriesSet set;
  set.epochs = common_epochs(table, names);
  if (set.epochs.empty()) throw UsageError("the results have no epoch with rows for all that the figure shows");
  for (const std::string& name : names) {
    Series series{name, {}};
    for (const std::int64_t epoch : set.epochs) {
      const Samples& samples = table.at(name).at(epoch);
      series.points.push_back({spread(samples[0]), spread(samples[1])});
      set.replicas = std::max(set.replicas, samples[0].size());
    }
    set.series.push_back(std::move(series));
  }
  return set;
}

void add_distinct(std::vector<std::string>& names, const std::string& name) {
  if (std::find(names.begin(), names.end(), name) == names.end()) names.push_back(name);
}

[[noreturn]] void refuse(const std::string& kind, const std::string& name, const std::vector<std::string>& known) {
  throw UsageError(fmt::format("the results have no {} {}, only {}", kind, in_quotes(name), fmt::join(known, ", ")));
}

// The estimator of the results that `wanted` means.
std::string selected_estimator(const RunResults& results, const std::string& wanted) {
  std::vector<std::string> known;
  for (const Record& record : results.information) add_distinct(known, record.estimator);
  if (known.empty()) throw UsageError("the results have no rows in information.csv");
  if (wanted.empty()) return known.front();
  const auto is = [&](const std::string& name) { return name == wanted; };
  const auto is_value_of = [&](const std::string& name) { return name.rfind(wanted + ".", 0) == 0; };
  auto found = std::find_if(known.begin(), known.end(), is);
  if (found == known.end()) found = std::find_if(known.begin(), known.end(), is_value_of);
  if (found == known.end()) refuse("estimator", wanted, known);
  return *found;
}

}  // namespace

Fields fields(InformationSelection& o) {
  return {field("layers", o.layers, "which layers, in which order; none named: all"),
          field("estimator", o.estimator, "whose results; empty: the first estimator's")};
}

SeriesSet information_series(const RunResults& results, const InformationSelection& selection) {
  const std::string estimator = selected_estimator(results, selection.estimator);
  std::vector<std::string> known;
  Table table;
  std::array<double, 2> caps{};
  for (const Record& record : results.information) {
    if (record.estimator != estimator) continue;
    add_distinct(known, record.layer);
    Samples& samples = table[record.layer][record.epoch];
    samples[0].push_back(record.i_xt_bits);
    samples[1].push_back(record.i_ty_bits);
    caps[0] = std::max(caps[0], record.i_xt_cap_bits);
    caps[1] = std::max(caps[1], record.i_ty_cap_bits);
  }
  for (const std::string& layer : selection.layers) {
    if (table.count(layer) == 0) refuse("layer", layer, known);
  }
  SeriesSet set = summarise(table, selection.layers.empty() ? known : selection.layers);
  set.experiment = results.experiment;
  set.estimator = estimator;
  set.caps = caps;
  return set;
}

void InformationFigure::draw(const RunResults& results, const std::filesystem::path& folder,
                             const std::string& name) const {
  infoplane::draw(plot(information_series(results, selection_)), folder, name);
}

std::vector<std::string> InformationFigure::estimators() const {
  if (selection_.estimator.empty()) return {};
  return {selection_.estimator};
}

SeriesSet learning_series(const RunResults& results) {
  if (results.training.empty()) throw UsageError("the results have no rows in training.csv");
  Table table;
  for (const TrainingRecord& record : results.training) {
    Samples& samples = table[record.split][record.epoch];
    samples[0].push_back(record.loss_nats);
    samples[1].push_back(record.accuracy);
  }
  std::vector<std::string> splits;
  for (const char* split : {"train", "test"}) {
    if (table.count(split) != 0) splits.push_back(split);
  }
  SeriesSet set = summarise(table, splits);
  set.experiment = results.experiment;
  return set;
}

std::string data_row(const SeriesSet& set, std::size_t series, std::size_t point) {
  const auto& [a, b] = set.series[series].points[point];
  return fmt::format("{} {} {} {} {}\n", set.epochs[point], a.mean, a.deviation, b.mean, b.deviation);
}

std::string data_blocks(const SeriesSet& set) {
  std::string text;
  for (std::size_t series = 0; series < set.series.size(); ++series) {
    for (std::size_t point = 0; point < set.epochs.size(); ++point) text += data_row(set, series, point);
    text += "\n\n";
  }
  return text;
}

}  // namespace infoplane::experiments
