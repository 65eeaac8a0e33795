#include "figures/series.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <infoplane/error.hpp>

#include "base/index.hpp"
#include "results/curves.hpp"
#include "runs/selection.hpp"

namespace infoplane::experiments {
namespace {

constexpr double kOutside = 0.16;  // share of the replicas below the band, and above it

// The named series.
SeriesSet series_of(const Curves& curves, const std::vector<std::string>& names, std::size_t first, std::size_t count,
                    BandKind band) {
  if (names.size() > kMostSeries) {
    throw UsageError(
        fmt::format("a figure can show at most {} series, the results have {}: select some with the option layers",
                    kMostSeries, names.size()));
  }
  SeriesSet set;
  std::set<std::int64_t> epochs;
  for (const std::string& name : names) {
    const std::size_t s = curves.find(name);
    if (s == curves.series().size()) refuse("rows of", name, curves.series());
    Series series{name, curves.epochs(s), {}};
    for (std::size_t q = first; q < first + count; ++q) {
      std::vector<Band>& bands = series.quantities.emplace_back();
      for (const std::vector<double>& values : curves.samples(s, q)) bands.push_back(band_of(values, band));
    }
    epochs.insert(series.epochs.begin(), series.epochs.end());
    set.replicas = std::max(set.replicas, curves.replicas(s).size());
    set.series.push_back(std::move(series));
  }
  set.epochs.assign(epochs.begin(), epochs.end());
  return set;
}

// The largest movement of a layer between two epochs, as a share of the scale.
double movement(const std::vector<Series>& layers, std::int64_t from, std::int64_t to,
                const std::array<double, 2>& scale) {
  double largest = 0;
  for (const Series& layer : layers) {
    const auto before = place_at(layer, from), after = place_at(layer, to);
    if (!before || !after) continue;
    for (const std::size_t q : {0, 1}) {
      const double step = ((*after)[q] - (*before)[q]) / scale[q];
      if (std::isfinite(step)) largest = std::max(largest, std::abs(step));
    }
  }
  return largest;
}

// The named layers, or all if none is named.
std::vector<std::string> chosen_layers(const std::vector<std::string>& named, const Curves& curves) {
  for (const std::string& layer : named) {
    if (curves.find(layer) == curves.series().size()) refuse("layer", layer, curves.series());
  }
  return named.empty() ? curves.series() : named;
}

}  // namespace

EnumNames<BandKind> names(BandKind) {
  return {{BandKind::quantiles, "quantiles"},
          {BandKind::range, "range"},
          {BandKind::standard_deviation, "standard_deviation"}};
}

Band band_of(const std::vector<double>& values, BandKind band) {
  const Statistics of = statistics(values);
  if (band == BandKind::standard_deviation) {
    return {of.mean, of.mean - of.standard_deviation, of.mean + of.standard_deviation};
  }
  const double outside = band == BandKind::range ? 0 : kOutside;
  return {of.mean, quantile(values, outside), quantile(values, 1 - outside)};
}

std::string words_for(BandKind band) {
  return band == BandKind::quantiles ? "16-84 % band" : band == BandKind::range ? "range" : "standard deviation";
}

Field band_field(BandKind& band) {
  return field("band", band, "band around the mean over the replicas: 16-84 % quantiles, range or standard deviation");
}

Fields fields(InformationSelection& o) {
  return {field("layers", o.layers, "layers to show, in this order; empty: all"),
          field("estimator", o.estimator, "estimator name; empty: the first estimator")};
}

SeriesSet information_series(const RunResults& results, const InformationSelection& selection, BandKind band) {
  const std::string estimator = selected_estimator(results, selection.estimator);
  const Curves curves = information_curves(results.information, estimator);
  SeriesSet set = series_of(curves, chosen_layers(selection.layers, curves), kXt, 2, band);
  set.experiment = results.experiment;
  set.estimator = estimator;
  set.caps = {curves.largest(kXtCap), curves.largest(kTyCap)};
  if (results.truth) set.truths[1] = results.truth->i_xy_bits;
  return set;
}

ResultNeeds needs_of(const InformationSelection& selection) {
  ResultNeeds needs;
  needs.information = true;
  needs.layers = selection.layers;
  needs.most_layers = kMostSeries;
  if (!selection.estimator.empty()) needs.estimators = {selection.estimator};
  return needs;
}

bool is_measured(const SeriesSet& set, std::size_t quantity) {
  return std::any_of(set.series.begin(), set.series.end(), [&](const Series& series) {
    const std::vector<Band>& bands = series.quantities[quantity];
    return std::any_of(bands.begin(), bands.end(), [](const Band& band) { return !std::isnan(band.center); });
  });
}

SeriesSet bound_series(const RunResults& results, const InformationSelection& selection) {
  const std::string estimator = bounding_estimator(results, selection.estimator);
  SeriesSet set = information_series(results, {selection.layers, estimator + ".lower"});
  const SeriesSet upper = information_series(results, {selection.layers, estimator + ".upper"});
  for (std::size_t s = 0; s < set.series.size(); ++s) {
    if (set.series[s].epochs != upper.series[s].epochs) {
      throw UsageError(
          fmt::format("the results of {} have one bound of {} without the other", estimator, set.series[s].name));
    }
    for (const std::size_t q : {0, 1}) {
      for (std::size_t i = 0; i < set.series[s].epochs.size(); ++i) {
        const double low = set.series[s].quantities[q][i].center, high = upper.series[s].quantities[q][i].center;
        set.series[s].quantities[q][i] = {(low + high) / 2, low, high};
      }
    }
  }
  set.estimator = estimator;
  set.bounds = true;
  return set;
}

SeriesSet detail_series(const RunResults& results, const DetailCurvesOptions& options) {
  const std::string& detail = options.detail;
  const std::string estimator = selected_estimator(results, options.selection.estimator);
  const auto column = std::find(results.details.begin(), results.details.end(), detail);
  if (column == results.details.end()) refuse("detail", detail, results.details);
  const std::size_t d = column - results.details.begin();
  Curves curves("information.csv", 1);
  for (const Record& record : results.information) {
    if (record.estimator != estimator || std::isnan(record.details[d])) continue;
    curves.add(record.layer, record.replica, record.epoch, &record.details[d]);
  }
  if (curves.series().empty())
    throw UsageError(fmt::format("the results of {} have no {}", estimator, in_quotes(detail)));
  SeriesSet set = series_of(curves, chosen_layers(options.selection.layers, curves), 0, 1, options.band);
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
    throw UsageError(fmt::format(
        "a figure can show at most {1} elements of parameters, got {0}: select some with the option parameters",
        elements, kMostElements));
  }
  std::vector<std::string> names;
  for (const std::string& parameter : wanted) {
    for (std::int64_t i = 0; i < sizes[parameter]; ++i) {
      names.push_back(sizes[parameter] == 1 ? parameter : fmt::format("{} {}", parameter, i));
    }
  }
  Curves curves("parameters.csv", 1);
  for (const ParameterRecord& record : results.parameters) {
    const std::string& parameter = record.parameter;
    const std::string name = sizes[parameter] == 1 ? parameter : fmt::format("{} {}", parameter, record.index);
    if (std::find(names.begin(), names.end(), name) == names.end()) continue;
    const double value = options.magnitude ? std::abs(record.value) : record.value;
    curves.add(name, record.replica, record.epoch, &value);
  }
  SeriesSet set = series_of(curves, names, 0, 1, options.band);
  set.experiment = results.experiment;
  set.has_sign = !options.magnitude;
  return set;
}

std::optional<std::array<double, 2>> place_at(const Series& series, std::int64_t epoch) {
  const auto found = std::lower_bound(series.epochs.begin(), series.epochs.end(), epoch);
  if (found == series.epochs.end() || *found != epoch) return std::nullopt;
  const std::size_t i = found - series.epochs.begin();
  return std::array{series.quantities[0][i].center, series.quantities[1][i].center};
}

std::vector<std::size_t> joined_epochs(const std::vector<Series>& layers, const std::vector<std::int64_t>& epochs,
                                       const std::array<double, 2>& scale, double least) {
  constexpr std::size_t most = 25;
  for (double step = least;; step *= 1.3) {
    std::vector<std::size_t> joined{0};
    for (std::size_t i = 1; i < epochs.size(); ++i) {
      if (movement(layers, epochs[joined.back()], epochs[i], scale) >= step) joined.push_back(i);
    }
    if (joined.size() <= most) return joined;
  }
}

std::vector<std::string> names_of(const SeriesSet& set) {
  std::vector<std::string> names;
  for (const Series& series : set.series) names.push_back(series.name);
  return names;
}

SeriesSet learning_series(const RunResults& results, BandKind band) {
  if (results.training.empty()) throw UsageError("the results have no rows in training.csv");
  const Curves curves = training_curves(results.training);
  std::vector<std::string> splits;
  for (const char* split : {"train", "test"}) {
    if (curves.find(split) < curves.series().size()) splits.push_back(split);
  }
  SeriesSet set = series_of(curves, splits, kLoss, 2, band);
  set.experiment = results.experiment;
  if (results.truth) set.truths[1] = results.truth->best_accuracy;
  return set;
}

std::string data_row(const Series& series, std::size_t point) {
  std::string row = fmt::format("{}", series.epochs[point]);
  for (const std::vector<Band>& bands : series.quantities) {
    row += fmt::format(" {} {} {}", bands[point].center, bands[point].low, bands[point].high);
  }
  return row + "\n";
}

std::string data_blocks(const SeriesSet& set) {
  std::string text;
  for (const Series& series : set.series) {
    for (std::size_t point = 0; point < series.epochs.size(); ++point) text += data_row(series, point);
    text += "\n\n";
  }
  return text;
}

}  // namespace infoplane::experiments
