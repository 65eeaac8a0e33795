#pragma once

#include <cstdint>
#include <vector>

namespace infoplane::estimators {

/// A discrete variable as it occurred: sample n bears word ids[n], 0 <= id < count. Two samples bear the same id
/// exactly where they bear the same word.
struct Words {
  std::vector<std::int32_t> ids;
  std::int32_t count = 0;
};

/// N rows of M symbols, each in 0..alphabet-1, row after row.
struct SymbolRows {
  std::vector<std::int32_t> symbols;  ///< N * M of them
  std::int64_t width = 1;             ///< M >= 1
  std::int64_t alphabet = 1;          ///< 1 <= alphabet <= 2^31
};

/// The distinct rows, numbered by their first occurrence. Exact: rows that meet in the hash table are compared.
/// Throws std::invalid_argument for rows that are not whole, or a width, an alphabet or a symbol out of its range.
/// Cost: O(N M); rows that fit 64 bits, M ceil(log2 alphabet) <= 64, are one comparison.
Words distinct_rows(const SymbolRows& rows);

}  // namespace infoplane::estimators
