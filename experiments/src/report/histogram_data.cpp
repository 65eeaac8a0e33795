#include <algorithm>
#include <cmath>
#include <map>

#include "base/index.hpp"
#include "report/curve_data.hpp"
#include "report/report_data.hpp"

namespace infoplane::experiments {
namespace {

using nlohmann::json;

constexpr std::size_t kMostUnits = 32;

struct LayerHistograms {
  std::vector<const HistogramRecord*> rows;
  Index<std::int64_t> epochs;
  std::int64_t units = 0;
  std::vector<std::int64_t> labels;  // ascending
  double low = HUGE_VAL, high = -HUGE_VAL, width = HUGE_VAL;

  void add(const HistogramRecord& row) {
    rows.push_back(&row);
    epochs.of(row.epoch);
    units = std::max(units, row.unit + 1);
    const auto place = std::lower_bound(labels.begin(), labels.end(), row.label);
    if (place == labels.end() || *place != row.label) labels.insert(place, row.label);
    low = std::min(low, row.low);
    high = std::max(high, row.high);
    if (row.high > row.low) width = std::min(width, row.high - row.low);
  }

  // As fine as the rows, at most 100.
  std::size_t bins() const {
    return high > low ? static_cast<std::size_t>(std::clamp(std::round((high - low) / width), 1.0, 100.0)) : 1;
  }
};

// Distributes the row's count over the bins in proportion to the overlap.
void share_out(const HistogramRecord& row, double low, double width, std::vector<double>& bins) {
  const auto bin_of = [&](double value) {  // NaN, from an infinite width, goes to the first
    const double place = width > 0 ? std::floor((value - low) / width + 1e-6) : 0;
    return place > 0 ? static_cast<std::size_t>(std::min(place, static_cast<double>(bins.size() - 1))) : 0;
  };
  const std::size_t first = bin_of(row.low);
  const auto count = static_cast<double>(row.count);
  if (row.high - row.low <= 1e-9 * std::max(1.0, std::abs(row.low))) {
    bins[first] += count;
    return;
  }
  for (std::size_t b = first; b < bins.size(); ++b) {
    const double begin = low + width * static_cast<double>(b);
    const double covered = std::min(row.high, begin + width) - std::max(row.low, begin);
    if (covered <= 0 && b > first) break;
    bins[b] += count * std::max(covered, 0.0) / (row.high - row.low);
  }
}

json percents(LayerHistograms& layer, std::size_t units, std::size_t bins) {
  const std::size_t epochs = layer.epochs.values().size(), labels = layer.labels.size();
  require_filled({epochs, units, labels}, layer.rows.size(), "histograms.csv");
  std::vector<std::vector<double>> counts(epochs * units * labels, std::vector<double>(bins));
  std::vector<double> totals(epochs * units);
  const double width = (layer.high - layer.low) / static_cast<double>(bins);
  for (const HistogramRecord* row : layer.rows) {
    const std::size_t unit = units == 1 ? 0 : static_cast<std::size_t>(row->unit);
    const std::size_t place = layer.epochs.of(row->epoch) * units + unit;
    const auto label = std::lower_bound(layer.labels.begin(), layer.labels.end(), row->label) - layer.labels.begin();
    totals[place] += static_cast<double>(row->count);
    share_out(*row, layer.low, width, counts[place * labels + static_cast<std::size_t>(label)]);
  }
  json all = json::array();
  for (std::size_t e = 0; e < epochs; ++e) {
    json& of_epoch = all.emplace_back(json::array());
    for (std::size_t u = 0; u < units; ++u) {
      json& of_unit = of_epoch.emplace_back(json::array());
      for (std::size_t k = 0; k < labels; ++k) {
        std::vector<double>& own = counts[(e * units + u) * labels + k];
        for (double& value : own) value *= 100 / std::max(1.0, totals[e * units + u]);
        of_unit.push_back(rounded(own));
      }
    }
  }
  return all;
}

}  // namespace

json histogram_data(const std::vector<HistogramRecord>& rows) {
  Index<std::string> names;
  std::vector<LayerHistograms> layers;
  for (const HistogramRecord& row : rows) {
    const std::size_t place = names.of(row.layer);
    if (place == layers.size()) layers.emplace_back();
    layers[place].add(row);
  }
  json all = json::array();
  for (std::size_t l = 0; l < layers.size(); ++l) {
    LayerHistograms& layer = layers[l];
    const std::size_t shown =
        static_cast<std::size_t>(layer.units) > kMostUnits ? 1 : static_cast<std::size_t>(layer.units);
    all.push_back({{"layer", names.values()[l]},
                   {"low", layer.low},
                   {"high", layer.high},
                   {"bins", layer.bins()},
                   {"units", layer.units},
                   {"labels", layer.labels},
                   {"epochs", layer.epochs.values()},
                   {"percent", percents(layer, shown, layer.bins())}});
  }
  return all;
}

}  // namespace infoplane::experiments
