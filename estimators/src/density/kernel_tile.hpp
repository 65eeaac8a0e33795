#pragma once

#include <cstdint>

// The arithmetic of kernel_sums for a block of rows against a block of columns.
namespace infoplane::estimators::kernels {

/// The most samples of a block. A block stores unit after unit: value [m * stride + i] is unit m of its sample i. What
/// a block lacks of a whole vector of samples is filled up with infinity, at which every kernel is 0.
constexpr std::int64_t kBlock = 128;

/// Rows are taken together by fours, columns by vectors, of which none is longer than this.
constexpr std::int64_t kRows = 4;
constexpr std::int64_t kColumns = 16;

inline std::int64_t rows_of(std::int64_t samples) { return (samples + kRows - 1) / kRows * kRows; }
inline std::int64_t filled_up(std::int64_t samples) { return (samples + kColumns - 1) / kColumns * kColumns; }

/// A block, and its sums.
template <class Real>
struct Side {
  const Real* values;   // [M, stride]
  std::int64_t stride;  // a multiple of kColumns
  std::int64_t size;    // samples, without what fills the block up
  const Real* weights;  // [stride] of the samples; nullptr: all 1
  Real wide[kBlock];
  Real narrow[kBlock];
};

/// With e(i, j) = 2^(factor |t_i - t_j|^2), row i and column j: rows.wide[i] = sum_j e, columns.wide[j] = sum_i e, and
/// the same sums of e^4 as narrow ones. With weights (of both sides), e is multiplied by that of the other side's
/// sample. The sums of the samples that fill up a block have no meaning.
template <class Real>
struct Tile {
  Side<Real> rows;
  Side<Real> columns;
  std::int64_t units;  // M
  Real factor;         // <= 0
};

void sum_tile(Tile<float>& tile);
void sum_tile(Tile<double>& tile);

}  // namespace infoplane::estimators::kernels
