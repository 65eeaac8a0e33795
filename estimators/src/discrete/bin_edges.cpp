#include <infoplane/estimators/bin_edges.hpp>

#include <algorithm>
#include <cmath>
#include <map>

#include <fmt/format.h>

#include <infoplane/error.hpp>

#include "samples/arguments.hpp"

namespace infoplane::estimators {
namespace {

constexpr std::int64_t kMostBins = std::int64_t{1} << 20;

Range with_extent(Range range) {
  require_argument(range.low <= range.high, "BinEdges", "the range must ascend");
  if (!std::isfinite(range.high - range.low)) {
    throw Error(
        fmt::format("bins cannot span [{}, {}]: the range is wider than the largest number", range.low, range.high));
  }
  return range.low == range.high ? Range{range.low - 0.5, range.high + 0.5} : range;
}

// numpy's estimates of the width, 0 if there is none.
double width_of(BinRule rule, const torch::Tensor& values) {
  const auto n = static_cast<double>(values.numel());
  const Range range = extent(values);
  const double peak_to_peak = range.high - range.low;
  const double count = std::log2(n) + 1;
  if (peak_to_peak == 0) return 0;  // equal values may have a nonzero deviation by rounding
  if (rule == BinRule::sturges) return peak_to_peak / count;
  double deviation = values.std(/*unbiased=*/false).item<double>();
  const bool squares_fit = std::isfinite(deviation) && deviation > 0;
  if (!squares_fit) deviation = (values / peak_to_peak).std(/*unbiased=*/false).item<double>() * peak_to_peak;
  if (rule == BinRule::scott) return std::pow(24 * std::sqrt(M_PI) / n, 1.0 / 3.0) * deviation;
  if (n < 3 || deviation == 0) return 0;
  const double skewness = ((values - values.mean()) / deviation).pow(3).mean().item<double>();
  const double its_deviation = std::sqrt(6 * (n - 2) / ((n + 1) * (n + 3)));
  return peak_to_peak / (count + std::log2(1 + std::abs(skewness) / its_deviation));
}

// Where equal shares of sorted values end, so that a value and its copies are in one bin. All decisions are mirrored by
// a change of sign.
class QuantileCuts {
 public:
  QuantileCuts(const torch::Tensor& values, std::int64_t bins)
      : sorted_(std::get<0>(values.sort())), value_(sorted_.data_ptr<double>()), n_(sorted_.numel()), bins_(bins) {}

  // Ascending, from the range's low to its high.
  std::vector<double> edges(Range range) {
    add_full_values();
    for (std::int64_t i = 1; i < bins_; ++i) add_quantile(i);
    std::vector<double> edges{range.low};
    for (const auto& [below, edge] : cuts_) edges.push_back(edge);
    // The last bin is closed, so that an edge there would not set the largest value apart.
    if (edges.back() >= range.high) edges.back() = std::nextafter(range.high, range.low);
    edges.push_back(range.high);
    return edges;
  }

 private:
  // The first and the last copy of a value.
  std::int64_t first_of(double value) const { return std::lower_bound(value_, value_ + n_, value) - value_; }
  std::int64_t last_of(double value) const { return std::upper_bound(value_, value_ + n_, value) - value_ - 1; }

  // The first of its copies goes to the bin above the cut.
  void cut_before(std::int64_t i) {
    if (i > 0 && i < n_) cuts_.emplace(i, value_[i]);
  }

  bool is_full(std::int64_t copies) const { return copies * bins_ >= n_; }

  // A value that fills a bin has one of its own.
  void add_full_values() {
    for (std::int64_t first = 0; first < n_;) {
      const std::int64_t last = last_of(value_[first]);
      if (is_full(last - first + 1)) {
        cut_before(first);
        cut_before(last + 1);
      }
      first = last + 1;
    }
  }

  // The i-th quantile is at i (n - 1) / bins of the sorted values, as numpy.quantile has it. If it falls on a value,
  // the nearer end of the copies is cut; if both are as near, that away from the median; at the median, both.
  void add_quantile(std::int64_t i) {
    const std::int64_t last = n_ - 1, below = i * last / bins_, rest = i * last % bins_;
    if (rest > 0 && value_[below] < value_[below + 1]) {
      cuts_[below + 1] = interpolated(i, below);
      return;
    }
    const std::int64_t first_copy = first_of(value_[below]), last_copy = last_of(value_[below]);
    if (is_full(last_copy - first_copy + 1)) return;
    const std::int64_t to_first = i * last - first_copy * bins_, to_last = last_copy * bins_ - i * last;  // in 1/bins
    if (to_first < to_last || (to_first == to_last && 2 * i <= bins_)) cut_before(first_copy);
    if (to_first > to_last || (to_first == to_last && 2 * i >= bins_)) cut_before(last_copy + 1);
  }

  // numpy's linear interpolation; above value[below] even if rounded.
  double interpolated(std::int64_t i, std::int64_t below) const {
    const double place = static_cast<double>(i) / static_cast<double>(bins_) * static_cast<double>(n_ - 1);
    const double share = std::clamp(place - static_cast<double>(below), 0.0, 1.0);
    const double low = value_[below], high = value_[below + 1], difference = high - low;
    const double edge = share < 0.5 ? low + difference * share : high - difference * (1 - share);
    return edge > low && edge <= high ? edge : high;
  }

  torch::Tensor sorted_;
  const double* value_;
  std::int64_t n_, bins_;
  std::map<std::int64_t, double> cuts_;  // edges, by the number of values below
};

}  // namespace

EnumNames<BinRule> names(BinRule) {
  return {{BinRule::uniform, "uniform"}, {BinRule::scott, "scott"},       {BinRule::sturges, "sturges"},
          {BinRule::doane, "doane"},     {BinRule::quantile, "quantile"}, {BinRule::idnns, "idnns"}};
}

BinEdges::BinEdges(Range range, std::int64_t bins) : range_(with_extent(range)), bins_(bins) {
  require_argument(bins >= 1 && bins <= kMostBins, "BinEdges", "there must be 1 to 1048576 bins");
}

BinEdges::BinEdges(std::vector<double> edges) : edges_(std::move(edges)) {
  require_argument(edges_.size() >= 2 && std::is_sorted(edges_.begin(), edges_.end()) && !std::isnan(edges_.front()),
                   "BinEdges", "there must be at least two edges, in ascending order");
  edges_.erase(std::unique(edges_.begin(), edges_.end()), edges_.end());
  range_ = with_extent({edges_.front(), edges_.back()});
  if (edges_.size() == 1) edges_ = {range_.low, range_.high};
  bins_ = static_cast<std::int64_t>(edges_.size()) - 1;
}

BinEdges BinEdges::idnns(Range range, std::int64_t bins) {
  require_argument(bins >= 2 && bins <= kMostBins, "BinEdges::idnns", "there must be 2 to 1048576 bins");
  std::vector<double> edges = BinEdges(range, bins - 1).edges();
  for (double& edge : edges) edge = static_cast<float>(edge);
  BinEdges result(std::move(edges));
  result.has_top_ = true;
  ++result.bins_;
  return result;
}

Range extent(const torch::Tensor& values) {
  require_argument(values.defined() && values.numel() > 0, "extent", "there must be at least one value");
  const auto [low, high] = values.aminmax();
  return {low.item<double>(), high.item<double>()};
}

BinEdges bin_edges(BinRule rule, std::int64_t bins, const torch::Tensor& values, Range range) {
  if (rule == BinRule::uniform) return BinEdges(range, bins);
  if (rule == BinRule::idnns) return BinEdges::idnns(range, bins);
  require_tensor(values.defined(), "bin_edges", "values", "a tensor", values);
  require_argument(range.low <= range.high, "bin_edges", "the range must ascend");
  const bool given = rule != BinRule::quantile || (bins >= 1 && bins <= kMostBins);
  require_argument(given, "bin_edges", "there must be 1 to 1048576 bins");
  const torch::Tensor pooled = values.cpu().to(torch::kFloat64).flatten();
  const torch::Tensor inside = pooled.masked_select((pooled >= range.low) & (pooled <= range.high));
  if (inside.numel() == 0) return BinEdges(range, 1);
  if (rule == BinRule::quantile) return BinEdges(QuantileCuts(inside, bins).edges(range));
  const double width = width_of(rule, inside);
  const Range cut = with_extent(range);
  const double count = width > 0 ? std::ceil((cut.high - cut.low) / width) : 1;
  if (count <= kMostBins) return BinEdges(range, static_cast<std::int64_t>(count));
  throw Error(
      fmt::format("rule {} requires {:.3g} bins for {} scalars in [{}, {}], at most {} are possible: narrow the range "
                  "or give a number of bins",
                  Codec<BinRule>::write(rule).scalar, count, inside.numel(), range.low, range.high, kMostBins));
}

}  // namespace infoplane::estimators
