#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "figures/index.hpp"

namespace infoplane::experiments {

/// What runs leave has a row for every combination of its epochs, replicas and so on, so that a table of them all is as
/// large as the rows are many. Throws UsageError "TABLE: it has N rows for M combinations, most of them are missing"
/// where it is not, before there is such a table.
void require_filled(const std::vector<std::size_t>& sizes, std::size_t rows, const std::string& table);

/// A quantity of S series (layers, splits), R replicas and E epochs; NaN where it was not observed.
class Observations {
 public:
  Observations(std::size_t series, std::size_t replicas, std::size_t epochs);

  double& at(std::size_t series, std::size_t replica, std::size_t epoch);
  double at(std::size_t series, std::size_t replica, std::size_t epoch) const;

  /// Over the replicas that observed it, NaN for none; the standard deviation has n - 1, and is 0 for one replica.
  double mean(std::size_t series, std::size_t epoch) const;
  double deviation(std::size_t series, std::size_t epoch) const;

  bool any() const;
  std::size_t series() const { return series_; }

  /// {"mean": [S][E], "deviation": [S][E]}.
  nlohmann::json summary() const;
  nlohmann::json means() const;
  /// [S][R][E].
  nlohmann::json replicas() const;

 private:
  /// [S][E].
  nlohmann::json each(double (Observations::*quantity)(std::size_t, std::size_t) const) const;

  std::size_t series_, replicas_, epochs_;
  std::vector<double> values_;
};

/// The number with five significant digits, null for NaN and infinities.
nlohmann::json rounded(double value);

/// The numbers rounded; a single one where all are equal.
nlohmann::json rounded(const std::vector<double>& values);

}  // namespace infoplane::experiments
