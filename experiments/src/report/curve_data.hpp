#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "results/curves.hpp"

namespace infoplane::experiments {

/// Guards dense tables against sparse input. A run writes one row per combination of epoch, replica and so on. Throws
/// UsageError "TABLE: N rows for M combinations, most of them are missing" if far fewer rows than combinations exist,
/// before memory is allocated.
void require_filled(const std::vector<std::size_t>& sizes, std::size_t rows, const std::string& table);

/// The union of the epochs of all series, ascending.
std::vector<std::int64_t> all_epochs(const Curves& curves);

/// Mean and standard deviation over the replicas of a quantity of S series at each of all_epochs(), null if nothing was
/// measured; with the 0.16 and 0.84 quantiles: {"mean", "deviation", "low", "high": each [S][E]}.
nlohmann::json summary_of(const Curves& curves, std::size_t quantity);
nlohmann::json means_of(const Curves& curves, std::size_t quantity);

/// The values of each of these replicas, [S][R][E].
nlohmann::json replicas_of(const Curves& curves, std::size_t quantity, const std::vector<std::int64_t>& numbers);

/// Whether any value was measured.
bool is_measured(const Curves& curves, std::size_t quantity);

/// The number with five significant digits; null if it is not finite.
nlohmann::json rounded(double value);

/// The numbers, rounded; a single one if all are equal.
nlohmann::json rounded(const std::vector<double>& values);

}  // namespace infoplane::experiments
