#pragma once

#include <cstdint>
#include <vector>

#include <torch/types.h>

#include <infoplane/estimators/words.hpp>
#include <infoplane/fields.hpp>

/// How a range of scalars is cut into bins. Edges, counts and indices are NumPy's for the same values as float64.
/// Everything here throws std::invalid_argument for a range or edges that do not ascend, for less than 1 or more than
/// 2^20 bins, and for values that are not float32 or float64, or are none where there must be one.
namespace infoplane::estimators {

struct Range {
  double low = 0;
  double high = 0;
};

/// How many bins, and how wide. n scalars of standard deviation s and skewness g, R = high - low.
enum class BinRule {
  uniform,  ///< as many as given, of equal width
  scott,    ///< equal width s (24 sqrt(pi) / n)^(1/3), (2.33)
  sturges,  ///< equal width (max - min) / (log2 n + 1); (2.34) is the number of bins, not a width
  doane,    ///< equal width (max - min) / (1 + log2 n + log2(1 + |g| / sqrt(6 (n-2) / ((n+1) (n+3))))), (2.35) likewise
  quantile  ///< as many as given, each with an equal share of the scalars
};
EnumNames<BinRule> names(BinRule);

/// B bins from low to high. Bin i holds edge[i] <= x < edge[i + 1], and the last one its upper edge too.
class BinEdges {
 public:
  /// B bins of equal width, edge[i] = i ((high - low) / B) + low, edge[B] = high: numpy.linspace. A range of no extent
  /// grows by 1/2 on both sides.
  BinEdges(Range range, std::int64_t bins);

  /// Ascending edges, at least two. Equal ones are one.
  explicit BinEdges(std::vector<double> edges);

  std::int64_t bins() const { return bins_; }
  std::vector<double> edges() const;

  /// The bin of each of the tensor's scalars (float32 or float64, finite), row by row, in `symbols`; what lies outside
  /// goes to the first or last bin. Gives the number of scalars that lay outside.
  std::int64_t indices(const torch::Tensor& values, std::vector<std::int32_t>& symbols) const;

 private:
  Range range_;
  std::int64_t bins_;
  std::vector<double> edges_;  // of bins that differ in width, else empty
};

/// The smallest and the largest of the values, which are not none.
Range extent(const torch::Tensor& values);

/// The edges of `rule` from range.low to range.high. Only the values inside the range count, as
/// numpy.histogram_bin_edges has it; `bins` is for uniform and quantile. Quantiles that are equal leave fewer bins;
/// a largest value that makes up a bin's share has a bin of its own.
/// Throws Error where the rule would want more than 2^20 bins: an outlier, mostly.
BinEdges bin_edges(BinRule rule, std::int64_t bins, const torch::Tensor& values, Range range);

}  // namespace infoplane::estimators
