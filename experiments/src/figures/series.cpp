#include "figures/series.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <infoplane/error.hpp>

#include "figures/index.hpp"

namespace infoplane::experiments {
namespace {

// The values of all replicas, of both quantities.
using Samples = std::array<std::vector<double>, 2>;

// By series and epoch.
using Table = std::map<std::string, std::map<std::int64_t, Samples>>;

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
  if (names.size() > kMostSeries) {
    throw UsageError(fmt::format("a figure can show {} series, the results have {}: name some by its option layers",
                                 kMostSeries, names.size()));
  }
  SeriesSet set;
  set.epochs = common_epochs(table, names);
  if (set.epochs.empty()) throw UsageError("the results have no epoch with rows for all that the figure shows");
  for (const std::string& name : names) {
    Series series{name, {}};
    for (const std::int64_t epoch : set.epochs) {
      const Samples& samples = table.at(name).at(epoch);
      series.points.push_back({spread(samples[0]), spread(samples[1])});  // NaN where there is no second quantity
      set.replicas = std::max(set.replicas, samples[0].size());
    }
    set.series.push_back(std::move(series));
  }
  return set;
}

}  // namespace

Spread spread(const std::vector<double>& values) {
  const auto n = static_cast<double>(values.size());
  const double mean = std::accumulate(values.begin(), values.end(), 0.0) / n;
  double squares = 0;
  for (const double value : values) squares += (value - mean) * (value - mean);
  return {mean, values.size() > 1 ? std::sqrt(squares / (n - 1)) : 0};
}

void add_distinct(std::vector<std::string>& names, const std::string& name) {
  if (std::find(names.begin(), names.end(), name) == names.end()) names.push_back(name);
}

void refuse(const std::string& kind, const std::string& name, const std::vector<std::string>& known) {
  throw UsageError(fmt::format("the results have no {} {}, only {}", kind, in_quotes(name), fmt::join(known, ", ")));
}

bool is_of_estimator(const std::string& name, const std::string& wanted) {
  return name == wanted || name.rfind(wanted + ".", 0) == 0;
}

std::string selected_estimator(const RunResults& results, const std::string& wanted) {
  Index<std::string> estimators;
  for (const Record& record : results.information) estimators.of(record.estimator);
  const std::vector<std::string>& known = estimators.values();
  if (known.empty()) throw UsageError("the results have no rows in information.csv");
  if (wanted.empty()) return known.front();
  auto found = std::find(known.begin(), known.end(), wanted);
  const auto is_of = [&](const std::string& name) { return is_of_estimator(name, wanted); };
  if (found == known.end()) found = std::find_if(known.begin(), known.end(), is_of);
  if (found == known.end()) refuse("estimator", wanted, known);
  return *found;
}

std::string bounding_estimator(const RunResults& results, const std::string& wanted) {
  const std::string first = selected_estimator(results, wanted);
  return first.substr(0, first.rfind('.'));
}

Fields fields(InformationSelection& o) {
  return {field("layers", o.layers, "which layers, in which order; none named: all"),
          field("estimator", o.estimator, "whose results; empty: the first estimator's")};
}

SeriesSet information_series(const RunResults& results, const InformationSelection& selection) {
  const std::string estimator = selected_estimator(results, selection.estimator);
  Index<std::string> layers;
  Table table;
  std::array<double, 2> caps{};
  for (const Record& record : results.information) {
    if (record.estimator != estimator) continue;
    layers.of(record.layer);
    Samples& samples = table[record.layer][record.epoch];
    samples[0].push_back(record.i_xt_bits);
    samples[1].push_back(record.i_ty_bits);
    caps[0] = std::max(caps[0], record.i_xt_cap_bits);
    caps[1] = std::max(caps[1], record.i_ty_cap_bits);
  }
  for (const std::string& layer : selection.layers) {
    if (table.count(layer) == 0) refuse("layer", layer, layers.values());
  }
  SeriesSet set = summarise(table, selection.layers.empty() ? layers.values() : selection.layers);
  set.experiment = results.experiment;
  set.estimator = estimator;
  set.caps = caps;
  if (results.truth) set.truths[1] = results.truth->i_xy_bits;
  return set;
}

void InformationFigure::draw(const RunResults& results, const std::filesystem::path& folder,
                             const std::string& name) const {
  infoplane::draw(plot(information_series(results, selection_)), folder, name);
}

ResultNeeds needs_of(const InformationSelection& selection) {
  ResultNeeds needs;
  needs.information = true;
  needs.layers = selection.layers;
  needs.most_layers = kMostSeries;
  if (!selection.estimator.empty()) needs.estimators = {selection.estimator};
  return needs;
}

ResultNeeds of_bounds(ResultNeeds needs) {
  needs.values = {"lower", "upper"};
  return needs;
}

ResultNeeds InformationFigure::needs() const { return needs_of(selection_); }

SeriesSet bound_series(const RunResults& results, const InformationSelection& selection) {
  const std::string estimator = bounding_estimator(results, selection.estimator);
  SeriesSet set = information_series(results, {selection.layers, estimator + ".lower"});
  const SeriesSet upper = information_series(results, {selection.layers, estimator + ".upper"});
  for (std::size_t s = 0; s < set.series.size(); ++s) {
    for (std::size_t i = 0; i < set.epochs.size(); ++i) {
      for (const std::size_t q : {0, 1}) {
        const double low = set.series[s].points[i][q].mean, high = upper.series[s].points[i][q].mean;
        set.series[s].points[i][q] = {(low + high) / 2, (high - low) / 2};
      }
    }
  }
  set.estimator = estimator;
  set.bounds = true;
  return set;
}

SeriesSet detail_series(const RunResults& results, const InformationSelection& selection, const std::string& detail) {
  const std::string estimator = selected_estimator(results, selection.estimator);
  const auto column = std::find(results.details.begin(), results.details.end(), detail);
  if (column == results.details.end()) refuse("detail", detail, results.details);
  const std::size_t d = column - results.details.begin();
  Index<std::string> layers;
  Table table;
  for (const Record& record : results.information) {
    if (record.estimator != estimator || std::isnan(record.details[d])) continue;
    layers.of(record.layer);
    table[record.layer][record.epoch][0].push_back(record.details[d]);
  }
  const std::vector<std::string>& known = layers.values();
  if (known.empty()) throw UsageError(fmt::format("the results of {} have no {}", estimator, in_quotes(detail)));
  for (const std::string& layer : selection.layers) {
    if (table.count(layer) == 0) refuse("layer", layer, known);
  }
  SeriesSet set = summarise(table, selection.layers.empty() ? known : selection.layers);
  set.experiment = results.experiment;
  set.estimator = estimator;
  return set;
}

SeriesSet parameter_series(const RunResults& results, const ParameterCurvesOptions& options) {
  if (results.parameters.empty()) throw UsageError("the results have no rows in parameters.csv");
  std::map<std::string, std::int64_t> sizes;
  Index<std::string> parameters;
  for (const ParameterRecord& record : results.parameters) {
    parameters.of(record.parameter);
    sizes[record.parameter] = std::max(sizes[record.parameter], record.index + 1);
  }
  const std::vector<std::string>& known = parameters.values();
  const std::vector<std::string>& wanted = options.parameters.empty() ? known : options.parameters;
  std::int64_t elements = 0;
  for (const std::string& parameter : wanted) {
    if (sizes.count(parameter) == 0) refuse("parameter", parameter, known);
    elements += sizes[parameter];
  }
  if (elements > static_cast<std::int64_t>(kMostElements)) {
    throw UsageError(
        fmt::format("{} elements of parameters cannot be told apart in one figure, name some with at most {}", elements,
                    kMostElements));
  }
  std::vector<std::string> names;
  for (const std::string& parameter : wanted) {
    for (std::int64_t i = 0; i < sizes[parameter]; ++i) {
      names.push_back(sizes[parameter] == 1 ? parameter : fmt::format("{} {}", parameter, i));
    }
  }
  Table table;
  for (const ParameterRecord& record : results.parameters) {
    const std::string& parameter = record.parameter;
    const std::string name = sizes[parameter] == 1 ? parameter : fmt::format("{} {}", parameter, record.index);
    if (std::find(names.begin(), names.end(), name) == names.end()) continue;
    table[name][record.epoch][0].push_back(options.magnitude ? std::abs(record.value) : record.value);
  }
  SeriesSet set = summarise(table, names);
  set.experiment = results.experiment;
  set.has_sign = !options.magnitude;
  return set;
}

std::vector<std::size_t> joined_epochs(std::size_t epochs, double least,
                                       const std::function<double(std::size_t from, std::size_t to)>& movement) {
  constexpr std::size_t most = 25;
  for (double step = least;; step *= 1.3) {
    std::vector<std::size_t> joined{0};
    for (std::size_t i = 1; i < epochs; ++i) {
      if (movement(joined.back(), i) >= step) joined.push_back(i);
    }
    if (joined.size() <= most) return joined;
  }
}

std::vector<std::string> names_of(const SeriesSet& set) {
  std::vector<std::string> names;
  for (const Series& series : set.series) names.push_back(series.name);
  return names;
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
  if (results.truth) set.truths[1] = results.truth->best_accuracy;
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
