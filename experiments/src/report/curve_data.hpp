#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "results/curves.hpp"

namespace infoplane::experiments {

/// What runs leave has a row for every combination of its epochs, replicas and so on, so that a table of them all is as
/// large as the rows are many. Throws UsageError "TABLE: it has N rows for M combinations, most of them are missing"
/// where it is not, before there is such a table.
void require_filled(const std::vector<std::size_t>& sizes, std::size_t rows, const std::string& table);

/// The epochs at which any series was observed, ascending.
std::vector<std::int64_t> all_epochs(const Curves& curves);

/// A quantity of S series at each of all_epochs() over the replicas, null where none was observed: {"mean": [S][E],
/// "deviation": [S][E]}.
nlohmann::json summary_of(const Curves& curves, std::size_t quantity);
nlohmann::json means_of(const Curves& curves, std::size_t quantity);

/// The same of each replica of these numbers, [S][R][E].
nlohmann::json replicas_of(const Curves& curves, std::size_t quantity, const std::vector<std::int64_t>& numbers);

/// Whether it was measured anywhere.
bool is_measured(const Curves& curves, std::size_t quantity);

/// The number with five significant digits, null for NaN and infinities.
nlohmann::json rounded(double value);

/// The numbers rounded; a single one where all are equal.
nlohmann::json rounded(const std::vector<double>& values);

}  // namespace infoplane::experiments
