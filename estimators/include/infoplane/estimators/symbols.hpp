#pragma once

#include <cstdint>
#include <vector>

namespace infoplane::estimators {

/// Samples of a discrete variable: sample n has symbol ids[n], 0 <= id < count. Some symbols may not occur.
struct Symbols {
  std::vector<std::int32_t> ids;
  std::int32_t count = 0;
};

/// A variable of N samples of which the probabilities are known: p[n * count + g] = p(G=g | sample n), with sum 1 for
/// each sample.
struct SymbolProbabilities {
  std::vector<double> p;
  std::int32_t count = 0;
};

/// N rows of M values, such as bins, each in 0..alphabet-1, in row-major order.
struct SymbolRows {
  std::vector<std::int32_t> symbols;  ///< [N, M]
  std::int64_t width = 1;             ///< M >= 1
  std::int64_t alphabet = 1;          ///< 1 <= alphabet <= 2^31
};

/// Each distinct row as one symbol, numbered by first occurrence. Exact: rows with equal hashes are compared.
/// Throws std::invalid_argument for an incomplete row, or a width, an alphabet or a value out of range.
/// Cost: O(N M); rows that fit into 64 bits, M ceil(log2 alphabet) <= 64, are compared at once.
Symbols distinct_rows(const SymbolRows& rows);

}  // namespace infoplane::estimators
