#include "density/kernel_tile.hpp"

#include <array>
#include <cstring>

#include "base/simd.hpp"

namespace infoplane::estimators::kernels {
namespace {

using simd::Vector;

template <class Real>
struct Format;

template <>
struct Format<float> {
  static constexpr int mantissa_bits = 23;
  // 1.5 * 2^23: adding it leaves the nearest whole number in the low bits.
  static constexpr float rounder = 12582912.0f;
  static constexpr float smallest_exponent = -126.0f;
  static constexpr int degree = 6;  // the error of 2^f is 1.2e-7
};

template <>
struct Format<double> {
  static constexpr int mantissa_bits = 52;
  static constexpr double rounder = 6755399441055744.0;
  static constexpr double smallest_exponent = -1022.0;
  static constexpr int degree = 10;  // the error of 2^f is 3e-13
};

// 2^f = sum_k (ln 2)^k / k! f^k for |f| <= 1/2.
template <class Real>
constexpr auto taylor_coefficients() {
  std::array<Real, Format<Real>::degree + 1> coefficients{};
  double term = 1;
  for (int k = 0; k <= Format<Real>::degree; ++k) {
    coefficients[k] = static_cast<Real>(term);
    term *= 0.69314718055994530942 / (k + 1);
  }
  return coefficients;
}

// x becomes 2^x, and 2^smallest_exponent below that.
template <class Real, int bytes>
INFOPLANE_INLINE void exp2_in_place(typename Vector<Real, bytes>::Reals& x) {
  using Reals = typename Vector<Real, bytes>::Reals;
  using Bits = typename Vector<Real, bytes>::Bits;
  constexpr auto coefficient = taylor_coefficients<Real>();
  x = x > Format<Real>::smallest_exponent ? x : Reals{} + Format<Real>::smallest_exponent;
  const Reals rounded = x + Format<Real>::rounder;
  const Reals fraction = x - (rounded - Format<Real>::rounder);
  Reals power = Reals{} + coefficient[Format<Real>::degree];
  INFOPLANE_UNROLL
  for (int k = Format<Real>::degree - 1; k >= 0; --k) power = power * fraction + coefficient[k];
  x = (Reals)((Bits)power + ((Bits)rounded << Format<Real>::mantissa_bits));
}

// kRows rows against all columns.
template <class Real, int bytes, bool weighted>
INFOPLANE_INLINE void sum_rows(Tile<Real>& tile, std::int64_t first) {
  using Reals = typename Vector<Real, bytes>::Reals;
  constexpr int lanes = Vector<Real, bytes>::lanes;
  Reals row_wide[kRows] = {}, row_narrow[kRows] = {};
  for (std::int64_t j = 0; j < tile.columns.size; j += lanes) {
    Reals distance[kRows] = {};
    for (std::int64_t m = 0; m < tile.units; ++m) {
      Reals column;
      std::memcpy(&column, tile.columns.values + m * tile.columns.stride + j, bytes);
      const Real* row = tile.rows.values + m * tile.rows.stride + first;
      INFOPLANE_UNROLL
      for (int g = 0; g < kRows; ++g) {
        const Reals difference = column - row[g];
        distance[g] += difference * difference;
      }
    }
    Reals column_wide, column_narrow;
    std::memcpy(&column_wide, tile.columns.wide + j, bytes);
    std::memcpy(&column_narrow, tile.columns.narrow + j, bytes);
    [[maybe_unused]] Reals column_weight;
    if constexpr (weighted) std::memcpy(&column_weight, tile.columns.weights + j, bytes);
    INFOPLANE_UNROLL
    for (int g = 0; g < kRows; ++g) {
      const Reals exponent = distance[g] * tile.factor;
      Reals wide = exponent;
      exp2_in_place<Real, bytes>(wide);
      // The fourth power of what lies below would be denormal, which some processors are slow at.
      Reals narrow = exponent < Format<Real>::smallest_exponent / 4 ? Reals{} : wide;
      narrow *= narrow;
      narrow *= narrow;
      if constexpr (weighted) {
        const Real row_weight = tile.rows.weights[first + g];
        row_wide[g] += wide * column_weight;
        row_narrow[g] += narrow * column_weight;
        column_wide += wide * row_weight;
        column_narrow += narrow * row_weight;
      } else {
        row_wide[g] += wide;
        row_narrow[g] += narrow;
        column_wide += wide;
        column_narrow += narrow;
      }
    }
    std::memcpy(tile.columns.wide + j, &column_wide, bytes);
    std::memcpy(tile.columns.narrow + j, &column_narrow, bytes);
  }
  for (int g = 0; g < kRows; ++g) {
    Real wide = 0, narrow = 0;
    for (int l = 0; l < lanes; ++l) {
      wide += row_wide[g][l];
      narrow += row_narrow[g][l];
    }
    tile.rows.wide[first + g] = wide;
    tile.rows.narrow[first + g] = narrow;
  }
}

struct SumTile {
  template <int bytes, class Real>
  static INFOPLANE_INLINE void run(Tile<Real>* tile) {
    std::memset(tile->columns.wide, 0, tile->columns.stride * sizeof(Real));
    std::memset(tile->columns.narrow, 0, tile->columns.stride * sizeof(Real));
    const bool weighted = tile->rows.weights != nullptr;
    for (std::int64_t i = 0; i < tile->rows.size; i += kRows) {
      weighted ? sum_rows<Real, bytes, true>(*tile, i) : sum_rows<Real, bytes, false>(*tile, i);
    }
  }
};

}  // namespace

void sum_tile(Tile<float>& tile) { simd::run<SumTile>(&tile); }
void sum_tile(Tile<double>& tile) { simd::run<SumTile>(&tile); }

}  // namespace infoplane::estimators::kernels
