#include "neighbors/max_norm.hpp"

#include <algorithm>
#include <cstring>
#include <limits>

#include "base/simd.hpp"
#include "samples/scale.hpp"

namespace infoplane::estimators {
namespace {

constexpr std::int64_t kChunk = 16;  // a row's length is a multiple of this and of every vector's size
constexpr double kInfinity = std::numeric_limits<double>::infinity();

struct Distances {
  template <int bytes>
  static INFOPLANE_INLINE void run(const double* columns, std::int64_t length, std::int64_t units, std::int64_t first,
                                   const double* factors, double* out) {
    using Reals = typename simd::Vector<double, bytes>::Reals;
    constexpr std::int64_t rows = MaxNorm::kRows;
    for (std::int64_t j = 0; j < length; j += bytes / 8) {
      Reals largest[rows] = {};
      for (std::int64_t m = 0; m < units; ++m) {
        Reals column;
        std::memcpy(&column, columns + m * length + j, bytes);
        INFOPLANE_UNROLL
        for (std::int64_t g = 0; g < rows; ++g) {
          const Reals difference = (column - columns[m * length + first + g]) * factors[m];
          largest[g] = difference > largest[g] ? difference : largest[g];
          largest[g] = -difference > largest[g] ? -difference : largest[g];
        }
      }
      for (std::int64_t g = 0; g < rows; ++g) std::memcpy(out + g * length + j, &largest[g], bytes);
    }
  }
};

struct Count {
  template <int bytes>
  static INFOPLANE_INLINE std::int64_t run(const double* values, std::int64_t length, double radius) {
    using Vector = simd::Vector<double, bytes>;
    typename Vector::Bits below = {};
    for (std::int64_t j = 0; j < length; j += Vector::lanes) {
      typename Vector::Reals value;
      std::memcpy(&value, values + j, bytes);
      below -= value < radius;
    }
    std::int64_t total = 0;
    for (int l = 0; l < Vector::lanes; ++l) total += below[l];
    return total;
  }
};

// The first j in [from, end) with values[j] < bound; end if there is none.
struct FirstBelow {
  template <int bytes>
  static INFOPLANE_INLINE std::int64_t run(const double* values, std::int64_t from, std::int64_t end, double bound) {
    for (; from + kChunk <= end && Count::run<bytes>(values + from, kChunk, bound) == 0; from += kChunk) {
    }
    while (from < end && !(values[from] < bound)) ++from;
    return from;
  }
};

}  // namespace

std::int64_t MaxNorm::length() const { return (size_ + kChunk - 1) / kChunk * kChunk; }

ScaledUnits unscaled(const torch::Tensor& samples) {
  return {samples.to(torch::kCPU, torch::kFloat64).contiguous(), std::vector<double>(samples.size(1), 1)};
}

ScaledUnits scaled_by_deviation(const torch::Tensor& samples) {
  ScaledUnits scaled = unscaled(samples);
  const std::int64_t units = samples.size(1);
  std::vector<torch::Tensor> columns;
  for (std::int64_t m = 0; m < units; ++m) {
    columns.push_back(normalized(scaled.values.narrow(1, m, 1)).values);
    const double deviation = standard_deviations(columns.back()).item<double>();
    if (deviation > 0) scaled.factors[m] = 1 / deviation;
  }
  scaled.values = torch::cat(columns, 1);
  return scaled;
}

MaxNorm::MaxNorm(const ScaledUnits& rows, const std::vector<std::int64_t>& order)
    : size_(static_cast<std::int64_t>(order.size())),
      units_(rows.values.size(1)),
      factors_(rows.factors),
      columns_(units_ * length(), kInfinity) {
  for (std::int64_t i = 0; i < size_; ++i) {
    const double* row = rows.values.data_ptr<double>() + order[i] * units_;
    for (std::int64_t m = 0; m < units_; ++m) columns_[m * length() + i] = row[m];
  }
}

void MaxNorm::distances(std::int64_t first, std::vector<double>& distance) const {
  distance.resize(kRows * length());
  simd::run<Distances>(static_cast<const double*>(columns_.data()), length(), units_, first, factors_.data(),
                       distance.data());
  for (std::int64_t g = 0; g < kRows; ++g) distance[g * length() + first + g] = kInfinity;
}

double kth_smallest(const double* distance, std::int64_t count, std::int64_t k) {
  constexpr std::int64_t kFew = 64;  // for which keeping them sorted is cheap
  if (k > kFew) {
    std::vector<double> all(distance, distance + count);
    std::nth_element(all.begin(), all.begin() + k - 1, all.end());
    return all[k - 1];
  }
  std::vector<double> nearest(k, kInfinity);  // ascending
  for (std::int64_t j = 0; (j = simd::run<FirstBelow>(distance, j, count, nearest.back())) < count; ++j) {
    const auto place = std::upper_bound(nearest.begin(), nearest.end(), distance[j]);
    std::move_backward(place, nearest.end() - 1, nearest.end());
    *place = distance[j];
  }
  return nearest.back();
}

std::int64_t count_below(const double* distance, std::int64_t length, double radius) {
  return simd::run<Count>(distance, length, radius);
}

}  // namespace infoplane::estimators
