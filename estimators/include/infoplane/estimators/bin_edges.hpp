#pragma once

#include <cstdint>
#include <vector>

#include <torch/types.h>

#include <infoplane/estimators/symbols.hpp>
#include <infoplane/fields.hpp>

/// Division of a range of scalars into bins. Edges, counts and indices equal NumPy's for the same values as float64.
/// Everything here throws std::invalid_argument for a range or edges not in ascending order, for fewer than 1 or more
/// than 2^20 bins, for values that are not float32 or float64, and for no values if at least one is required. Throws
/// Error for a range wider than the largest double.
namespace infoplane::estimators {

struct Range {
  double low = 0;
  double high = 0;
};

/// The number of bins and their width. n scalars of standard deviation s and skewness g, R = high - low.
enum class BinRule {
  uniform,  ///< the given number, of equal width
  scott,    ///< equal width s (24 sqrt(pi) / n)^(1/3), (2.33)
  sturges,  ///< equal width (max - min) / (log2 n + 1); (2.34) is the number of bins, not a width
  doane,    ///< equal width (max - min) / (1 + log2 n + log2(1 + |g| / sqrt(6 (n-2) / ((n+1) (n+3))))), (2.35) likewise
  quantile,  ///< about the given number, each with an equal share of the scalars as far as they differ
  idnns  ///< the given number: all but one of equal width, and one at the top, as in Shwartz-Ziv and Tishby's program
};
EnumNames<BinRule> names(BinRule);

/// B bins from low to high. Bin i is edge[i] <= x < edge[i + 1]; the last one includes its upper edge.
class BinEdges {
 public:
  /// B bins of equal width, edge[i] = i ((high - low) / B) + low, edge[B] = high: numpy.linspace. A range of width 0
  /// is extended by 1/2 on both sides.
  BinEdges(Range range, std::int64_t bins);

  /// Edges in ascending order, at least two. Equal edges are merged.
  explicit BinEdges(std::vector<double> edges);

  /// The bins of IDNNs (Shwartz-Ziv and Tishby 2017): B - 1 of equal width from low to high, with the edges of
  /// numpy.linspace in float32, none of which includes its upper edge, and a last one for all scalars from `high` on
  /// and, as numpy.digitize(x, edges) - 1 is then -1, for those below `low`. Needs at least 2 bins.
  static BinEdges idnns(Range range, std::int64_t bins);

  std::int64_t bins() const { return bins_; }
  std::vector<double> edges() const;

  /// Writes the bin of each of the tensor's scalars (float32 or float64, finite) to `symbols`, in row-major order;
  /// scalars out of range get the first or last bin, with idnns the last. Returns the number of scalars out of range.
  std::int64_t indices(const torch::Tensor& values, std::vector<std::int32_t>& symbols) const;

 private:
  bool is_subnormal() const;
  BinEdges magnified() const;

  Range range_;
  std::int64_t bins_;
  std::vector<double> edges_;  // of bins of different widths, else empty
  bool has_top_ = false;       // bins of IDNNs: edges_ are those of all bins but the last
};

/// The smallest and the largest value.
Range extent(const torch::Tensor& values);

/// The edges of `rule` from range.low to range.high. Only values inside the range count, as in
/// numpy.histogram_bin_edges; `bins` is used by uniform, quantile and idnns.
///
/// Quantile edges are those of numpy.quantile between two different values. Copies of a value share a bin: if a
/// quantile falls on a value, the edge is at the nearer end of its copies. A value with at least a bin's share of the
/// values has its own bin, with an edge on both sides, and so has a value at the median of an even number of bins:
/// there may be more bins than asked for, or fewer if values are repeated. A change of sign mirrors the bins. Throws
/// Error if the rule requires more than 2^20 bins, usually because of an outlier.
BinEdges bin_edges(BinRule rule, std::int64_t bins, const torch::Tensor& values, Range range);

}  // namespace infoplane::estimators
