#include <infoplane/estimators/bin_edges.hpp>

#include <algorithm>
#include <cmath>

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

// numpy.quantile with its default, linear interpolation.
std::vector<double> quantiles(const torch::Tensor& values, std::int64_t bins) {
  const torch::Tensor sorted = std::get<0>(values.sort());
  const double* value = sorted.data_ptr<double>();
  const std::int64_t last = sorted.numel() - 1;
  std::vector<double> result;
  for (std::int64_t i = 0; i <= bins; ++i) {
    const double place = static_cast<double>(i) / static_cast<double>(bins) * static_cast<double>(last);
    const auto below = std::min(static_cast<std::int64_t>(place), last);
    const std::int64_t above = std::min(below + 1, last);
    const double share = place - static_cast<double>(below);
    const double difference = value[above] - value[below];
    result.push_back(share < 0.5 ? value[below] + difference * share : value[above] - difference * (1 - share));
  }
  return result;
}

}  // namespace

EnumNames<BinRule> names(BinRule) {
  return {{BinRule::uniform, "uniform"},
          {BinRule::scott, "scott"},
          {BinRule::sturges, "sturges"},
          {BinRule::doane, "doane"},
          {BinRule::quantile, "quantile"}};
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

Range extent(const torch::Tensor& values) {
  require_argument(values.defined() && values.numel() > 0, "extent", "there must be at least one value");
  const auto [low, high] = values.aminmax();
  return {low.item<double>(), high.item<double>()};
}

BinEdges bin_edges(BinRule rule, std::int64_t bins, const torch::Tensor& values, Range range) {
  if (rule == BinRule::uniform) return BinEdges(range, bins);
  require_tensor(values.defined(), "bin_edges", "values", "a tensor", values);
  require_argument(range.low <= range.high, "bin_edges", "the range must ascend");
  const bool given = rule != BinRule::quantile || (bins >= 1 && bins <= kMostBins);
  require_argument(given, "bin_edges", "there must be 1 to 1048576 bins");
  const torch::Tensor pooled = values.cpu().to(torch::kFloat64).flatten();
  const torch::Tensor inside = pooled.masked_select((pooled >= range.low) & (pooled <= range.high));
  if (inside.numel() == 0) return BinEdges(range, 1);
  if (rule == BinRule::quantile) {
    std::vector<double> edges = quantiles(inside, bins);
    edges.front() = range.low;
    edges.back() = range.high;
    // The last bin is closed, so a largest value that fills a bin would share it with smaller values.
    std::replace(edges.begin(), edges.end() - 1, range.high, std::nextafter(range.high, range.low));
    return BinEdges(std::move(edges));
  }
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
