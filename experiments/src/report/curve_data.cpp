#include "report/curve_data.hpp"

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>
#include <map>
#include <numeric>
#include <set>

#include <fmt/format.h>

#include <infoplane/error.hpp>

#include "figures/series.hpp"

namespace infoplane::experiments {

using nlohmann::json;

namespace {

constexpr double kNone = std::numeric_limits<double>::quiet_NaN();

std::size_t place_of(std::int64_t epoch, const std::vector<std::int64_t>& epochs) {
  return std::lower_bound(epochs.begin(), epochs.end(), epoch) - epochs.begin();
}

// The values at a series' own epochs, null at the others.
json at_all(const std::vector<std::int64_t>& epochs, const std::vector<std::int64_t>& own,
            const std::vector<double>& values) {
  std::vector<double> all(epochs.size(), kNone);
  for (std::size_t e = 0; e < own.size(); ++e) all[place_of(own[e], epochs)] = values[e];
  return rounded(all);
}

}  // namespace

void require_filled(const std::vector<std::size_t>& sizes, std::size_t rows, const std::string& table) {
  const double cells = std::accumulate(sizes.begin(), sizes.end(), 1.0, std::multiplies<>());
  if (cells <= 4 * static_cast<double>(rows) + 10000) return;  // a stopped run lacks some
  throw UsageError(fmt::format("{}: {} rows for {:.0f} combinations, most of them are missing", table, rows, cells));
}

std::vector<std::int64_t> all_epochs(const Curves& curves) {
  std::set<std::int64_t> all;
  for (std::size_t s = 0; s < curves.series().size(); ++s) {
    for (const std::int64_t epoch : curves.epochs(s)) all.insert(epoch);
  }
  return {all.begin(), all.end()};
}

json means_of(const Curves& curves, std::size_t quantity) {
  const std::vector<std::int64_t> epochs = all_epochs(curves);
  json all = json::array();
  for (std::size_t s = 0; s < curves.series().size(); ++s) {
    std::vector<double> means;
    for (const Statistics& of : curves.statistics(s, quantity)) means.push_back(of.mean);
    all.push_back(at_all(epochs, curves.epochs(s), means));
  }
  return all;
}

json summary_of(const Curves& curves, std::size_t quantity) {
  const std::vector<std::int64_t> epochs = all_epochs(curves);
  json summary = {
      {"mean", json::array()}, {"deviation", json::array()}, {"low", json::array()}, {"high", json::array()}};
  for (std::size_t s = 0; s < curves.series().size(); ++s) {
    std::vector<double> means, deviations, lows, highs;
    for (const std::vector<double>& values : curves.samples(s, quantity)) {
      const Band band = band_of(values, BandKind::quantiles);
      means.push_back(band.center);
      deviations.push_back(statistics(values).standard_deviation);
      lows.push_back(band.low);
      highs.push_back(band.high);
    }
    const std::vector<std::int64_t> own = curves.epochs(s);
    summary["mean"].push_back(at_all(epochs, own, means));
    summary["deviation"].push_back(at_all(epochs, own, deviations));
    summary["low"].push_back(at_all(epochs, own, lows));
    summary["high"].push_back(at_all(epochs, own, highs));
  }
  return summary;
}

json replicas_of(const Curves& curves, std::size_t quantity, const std::vector<std::int64_t>& numbers) {
  const std::vector<std::int64_t> epochs = all_epochs(curves);
  json all = json::array();
  for (std::size_t s = 0; s < curves.series().size(); ++s) {
    const std::map<std::int64_t, Curve> replicas = curves.curves(s, quantity);
    json& own = all.emplace_back(json::array());
    for (const std::int64_t number : numbers) {
      std::vector<double> values(epochs.size(), kNone);
      const auto replica = replicas.find(number);
      if (replica != replicas.end()) {
        for (const auto& [epoch, value] : replica->second) values[place_of(epoch, epochs)] = value;
      }
      own.push_back(rounded(values));
    }
  }
  return all;
}

bool is_measured(const Curves& curves, std::size_t quantity) {
  for (std::size_t s = 0; s < curves.series().size(); ++s) {
    for (const std::vector<double>& values : curves.samples(s, quantity)) {
      if (!std::all_of(values.begin(), values.end(), [](double value) { return std::isnan(value); })) return true;
    }
  }
  return false;
}

json rounded(double value) {
  if (!std::isfinite(value)) return nullptr;
  if (value == std::round(value) && std::abs(value) < 1e9) return static_cast<std::int64_t>(value);
  const double decimals = 5 - std::ceil(std::log10(std::abs(value)));
  const double unit = std::pow(10, std::abs(decimals));
  return decimals > 0 ? std::round(value * unit) / unit : std::round(value / unit) * unit;
}

json rounded(const std::vector<double>& values) {
  json all = json::array();
  const bool constant = std::adjacent_find(values.begin(), values.end(), std::not_equal_to<>()) == values.end();
  for (const double value : values) {
    all.push_back(rounded(value));
    if (constant) break;
  }
  return all;
}

}  // namespace infoplane::experiments
