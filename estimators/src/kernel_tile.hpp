#pragma once

#include <cstdint>

// The arithmetic of kernel_sums for a block of rows against a block of columns.
namespace infoplane::estimators::kernels {

/// Samples of a block. A block stores unit after unit: value [m * kBlock + i] is unit m of its sample i. What a block
/// lacks of kBlock samples is filled with infinity, at which every kernel is 0.
constexpr std::int64_t kBlock = 128;

/// With e(i, j) = 2^(factor |t_i - t_j|^2), row i and column j: row_wide[i] = sum_j e, column_wide[j] = sum_i e, and
/// the same sums of e^4 as narrow ones. The sums of the samples that fill a block have no meaning.
template <class Real>
struct Tile {
  const Real* rows;     // [M, kBlock]
  const Real* columns;  // [M, kBlock]
  std::int64_t units;   // M
  Real factor;          // <= 0
  Real row_wide[kBlock];
  Real row_narrow[kBlock];
  Real column_wide[kBlock];
  Real column_narrow[kBlock];
};

void sum_tile(Tile<float>& tile);
void sum_tile(Tile<double>& tile);

}  // namespace infoplane::estimators::kernels
