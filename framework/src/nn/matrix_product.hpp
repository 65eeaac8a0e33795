#pragma once

#include <algorithm>
#include <cstdint>
#include <vector>

#include "base/lanes.hpp"

// Matrix products whose sums stay in registers.
namespace infoplane::kernels {

constexpr std::int64_t kRows = 8;  // of a tile
constexpr std::int64_t kColumns = 2 * kCount<Lanes>;
constexpr std::int64_t kPackTerms = 64;

// out[m][b] = start[m] + sum_k a[m][k] x[k][b], the sum in the order of k; m-th row of `a` at a + m a_row, with
// elements a_column apart. A null start is 0.
struct Product {
  const float* a;
  std::int64_t a_row, a_column;
  const float* x;
  std::int64_t x_stride;
  const float* start;
  float* out;
  std::int64_t out_stride;
  std::int64_t terms;
};

template <class T, std::int64_t rows, std::int64_t columns>
INFOPLANE_INLINE void product_tile(const Product& p) {
  T sum[rows][columns];
  for (std::int64_t m = 0; m < rows; ++m) {
    for (std::int64_t c = 0; c < columns; ++c) sum[m][c] = T{} + (p.start == nullptr ? 0.0f : p.start[m]);
  }
  for (std::int64_t k = 0; k < p.terms; ++k) {
    T x[columns];
    for (std::int64_t c = 0; c < columns; ++c) load(x[c], p.x + k * p.x_stride + c * kCount<T>);
    for (std::int64_t m = 0; m < rows; ++m) {
      const float a = p.a[m * p.a_row + k * p.a_column];
      for (std::int64_t c = 0; c < columns; ++c) sum[m][c] += a * x[c];
    }
  }
  for (std::int64_t m = 0; m < rows; ++m) {
    for (std::int64_t c = 0; c < columns; ++c) store(p.out + m * p.out_stride + c * kCount<T>, sum[m][c]);
  }
}

template <class T, std::int64_t rows, std::int64_t columns>
INFOPLANE_INLINE void product_rows(Product& p, std::int64_t& left) {
  for (; left >= rows; left -= rows) {
    product_tile<T, rows, columns>(p);
    p.a += rows * p.a_row;
    p.out += rows * p.out_stride;
    if (p.start != nullptr) p.start += rows;
  }
}

template <class T, std::int64_t columns>
INFOPLANE_INLINE void product_columns(Product p, std::int64_t rows, std::int64_t b) {
  p.out += b;
  product_rows<T, kRows, columns>(p, rows);
  product_rows<T, kRows / 2, columns>(p, rows);
  product_rows<T, kRows / 4, columns>(p, rows);
  product_rows<T, 1, columns>(p, rows);
}

// The rows of a tile of x are x_stride apart; if that is a multiple of 4096 bytes, they share few cache sets: many rows
// that are used often are first copied to contiguous memory.
INFOPLANE_INLINE void product(const Product& all, std::int64_t rows, std::int64_t batch) {
  thread_local std::vector<float> packed;
  const bool pack = all.terms >= kPackTerms && rows >= 2 * kRows;
  if (pack) packed.resize(all.terms * kColumns);
  Product p = all;
  std::int64_t b = 0;
  for (; b + kColumns <= batch; b += kColumns) {
    p.x = all.x + b;
    if (pack) {
      for (std::int64_t k = 0; k < all.terms; ++k)
        std::copy_n(all.x + k * all.x_stride + b, kColumns, &packed[k * kColumns]);
      p.x = packed.data();
      p.x_stride = kColumns;
    }
    product_columns<Lanes, 2>(p, rows, b);
  }
  p.x_stride = all.x_stride;
  for (; b + kCount<Lanes> <= batch; b += kCount<Lanes>) {
    p.x = all.x + b;
    product_columns<Lanes, 1>(p, rows, b);
  }
  for (; b < batch; ++b) {
    p.x = all.x + b;
    product_columns<float, 1>(p, rows, b);
  }
}

}  // namespace infoplane::kernels
