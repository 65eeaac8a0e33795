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

namespace infoplane::experiments {

using nlohmann::json;

namespace {

constexpr double kNone = std::numeric_limits<double>::quiet_NaN();

std::size_t place_of(std::int64_t epoch, const std::vector<std::int64_t>& epochs) {
  return std::lower_bound(epochs.begin(), epochs.end(), epoch) - epochs.begin();
}

// `value` of a quantity of all replicas.
json each_series(const Curves& curves, std::size_t quantity,
                 const std::function<double(const std::vector<double>&)>& value) {
  const std::vector<std::int64_t> epochs = all_epochs(curves);
  json all = json::array();
  for (std::size_t s = 0; s < curves.series().size(); ++s) {
    const std::vector<std::int64_t> own = curves.epochs(s);
    const std::vector<std::vector<double>> at = curves.samples(s, quantity);
    std::vector<double> values(epochs.size(), kNone);
    for (std::size_t e = 0; e < own.size(); ++e) values[place_of(own[e], epochs)] = value(at[e]);
    all.push_back(rounded(values));
  }
  return all;
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
  return each_series(curves, quantity, [](const auto& values) { return statistics(values).mean; });
}

json summary_of(const Curves& curves, std::size_t quantity) {
  return {
      {"mean", means_of(curves, quantity)},
      {"deviation", each_series(curves, quantity, [](const auto& of) { return statistics(of).standard_deviation; })},
      {"low", each_series(curves, quantity, [](const auto& of) { return quantile(of, 0.16); })},
      {"high", each_series(curves, quantity, [](const auto& of) { return quantile(of, 0.84); })}};
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
    const std::vector<Statistics> at = curves.statistics(s, quantity);
    if (std::any_of(at.begin(), at.end(), [](const Statistics& of) { return of.count > 0; })) return true;
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
