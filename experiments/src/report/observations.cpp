#include "report/observations.hpp"

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>
#include <numeric>

#include <fmt/format.h>

#include <infoplane/error.hpp>

namespace infoplane::experiments {

using nlohmann::json;

void require_filled(const std::vector<std::size_t>& sizes, std::size_t rows, const std::string& table) {
  const double cells = std::accumulate(sizes.begin(), sizes.end(), 1.0, std::multiplies<>());
  if (cells <= 4 * static_cast<double>(rows) + 10000) return;  // a run that was stopped lacks some
  throw UsageError(
      fmt::format("{}: it has {} rows for {:.0f} combinations, most of them are missing", table, rows, cells));
}

Observations::Observations(std::size_t series, std::size_t replicas, std::size_t epochs)
    : series_(series),
      replicas_(replicas),
      epochs_(epochs),
      values_(series * replicas * epochs, std::numeric_limits<double>::quiet_NaN()) {}

double& Observations::at(std::size_t series, std::size_t replica, std::size_t epoch) {
  return values_.at((series * replicas_ + replica) * epochs_ + epoch);
}

double Observations::at(std::size_t series, std::size_t replica, std::size_t epoch) const {
  return values_.at((series * replicas_ + replica) * epochs_ + epoch);
}

double Observations::mean(std::size_t series, std::size_t epoch) const {
  double sum = 0, n = 0;
  for (std::size_t r = 0; r < replicas_; ++r) {
    const double value = at(series, r, epoch);
    if (std::isnan(value)) continue;
    sum += value;
    ++n;
  }
  return n > 0 ? sum / n : std::numeric_limits<double>::quiet_NaN();
}

double Observations::deviation(std::size_t series, std::size_t epoch) const {
  const double center = mean(series, epoch);
  if (std::isnan(center)) return center;
  double squares = 0, n = 0;
  for (std::size_t r = 0; r < replicas_; ++r) {
    const double value = at(series, r, epoch);
    if (std::isnan(value)) continue;
    squares += (value - center) * (value - center);
    ++n;
  }
  return n > 1 ? std::sqrt(squares / (n - 1)) : 0;
}

bool Observations::any() const {
  return std::any_of(values_.begin(), values_.end(), [](double value) { return !std::isnan(value); });
}

json Observations::each(double (Observations::*quantity)(std::size_t, std::size_t) const) const {
  json all = json::array();
  for (std::size_t s = 0; s < series_; ++s) {
    std::vector<double> values;
    for (std::size_t e = 0; e < epochs_; ++e) values.push_back((this->*quantity)(s, e));
    all.push_back(rounded(values));
  }
  return all;
}

json Observations::means() const { return each(&Observations::mean); }

json Observations::summary() const { return {{"mean", means()}, {"deviation", each(&Observations::deviation)}}; }

json Observations::replicas() const {
  json all = json::array();
  for (std::size_t s = 0; s < series_; ++s) {
    json& own = all.emplace_back(json::array());
    for (std::size_t r = 0; r < replicas_; ++r) {
      const auto begin = values_.begin() + static_cast<std::ptrdiff_t>((s * replicas_ + r) * epochs_);
      own.push_back(rounded(std::vector<double>(begin, begin + static_cast<std::ptrdiff_t>(epochs_))));
    }
  }
  return all;
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
