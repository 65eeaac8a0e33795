#pragma once

#include <cstdint>
#include <vector>

#include <torch/types.h>

namespace infoplane::estimators {

/// Samples of a space, and the factors of its units in distances.
struct ScaledUnits {
  torch::Tensor values;         // [N, M] float64 on CPU
  std::vector<double> factors;  // [M]
};

/// Samples [N, M], float32 or float64, with factors of 1.
ScaledUnits unscaled(const torch::Tensor& samples);

/// With the reciprocals of the standard deviations as factors; 1 for a constant unit. The differences are scaled and
/// not the values, so that equal differences stay equal.
ScaledUnits scaled_by_deviation(const torch::Tensor& samples);

/// Samples of a space with the maximum norm, and the distances between them.
class MaxNorm {
 public:
  /// The number of samples whose distances are computed together, so that memory is read once for all of them.
  static constexpr std::int64_t kRows = 4;

  /// Sample i of the space is row order[i].
  MaxNorm(const ScaledUnits& rows, const std::vector<std::int64_t>& order);

  std::int64_t size() const { return size_; }

  /// The length of a row of distances: N rounded up, so that loops over it have no remainder.
  std::int64_t length() const;

  /// distance[g * length() + j] = max_m factor_m |t_im - t_jm| with i = first + g, for kRows samples or the remaining
  /// ones; infinity for j = i and beyond the last sample. `first` is a multiple of kRows.
  void distances(std::int64_t first, std::vector<double>& distance) const;

 private:
  std::int64_t size_;
  std::int64_t units_;
  std::vector<double> factors_;
  std::vector<double> columns_;  // [M, length()]
};

/// The k-th smallest of distance[0 .. count), 1 <= k <= count. Cost: O(count) for any k.
double kth_smallest(const double* distance, std::int64_t count, std::int64_t k);

/// The number of distances in a row below the radius, which is finite.
std::int64_t count_below(const double* distance, std::int64_t length, double radius);

}  // namespace infoplane::estimators
