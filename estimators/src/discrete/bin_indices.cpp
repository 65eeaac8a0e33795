#include <algorithm>
#include <cmath>

#include <infoplane/estimators/bin_edges.hpp>

#include "base/simd.hpp"
#include "samples/arguments.hpp"

// This file is compiled without contraction of a * b + c: it must round as NumPy does.
namespace infoplane::estimators {
namespace {

constexpr double kMagnification = 0x1p600;

INFOPLANE_INLINE double edge(Range range, double step, std::int32_t i) { return i * step + range.low; }

// A multiplication gives the bin with an error of at most one; comparison with the bin's edges corrects it. The edges
// are computed and not looked up, so that the compiler can vectorize the loop.
template <class T>
INFOPLANE_INLINE std::int64_t uniform_indices(const T* values, std::int64_t count, Range range, std::int32_t bins,
                                              std::int32_t* index) {
  const double step = (range.high - range.low) / bins;
  const double per_unit = bins / (range.high - range.low);
  const double last = bins - 1;
  std::int64_t outside = 0;
  for (std::int64_t i = 0; i < count; ++i) {
    const double given = values[i];
    double x = given < range.low ? range.low : given;
    x = x > range.high ? range.high : x;
    outside += x != given;
    double place = (x - range.low) * per_unit;
    place = place < last ? place : last;
    std::int32_t bin = static_cast<std::int32_t>(place);
    bin -= x < edge(range, step, bin) ? 1 : 0;
    bin += (x >= edge(range, step, bin + 1)) & (bin < bins - 1) ? 1 : 0;
    index[i] = bin;
  }
  return outside;
}

struct UniformIndices {
  template <int, class T>
  static INFOPLANE_INLINE std::int64_t run(const T* values, std::int64_t count, Range range, std::int32_t bins,
                                           std::int32_t* index) {
    return uniform_indices(values, count, range, bins, index);
  }
};

template <class T>
std::int64_t searched_indices(const T* values, std::int64_t count, const std::vector<double>& edges,
                              std::int32_t* index) {
  std::int64_t outside = 0;
  for (std::int64_t i = 0; i < count; ++i) {
    const double x = values[i];
    outside += x < edges.front() || x > edges.back();
    // The first and the last edge are not boundaries between bins.
    const auto above = std::upper_bound(edges.begin() + 1, edges.end() - 1, x);
    index[i] = static_cast<std::int32_t>(above - edges.begin()) - 1;
  }
  return outside;
}

// searched_indices, with the scalars that are not in [low, high) in a bin of their own.
template <class T>
std::int64_t indices_with_top(const T* values, std::int64_t count, const std::vector<double>& edges,
                              std::int32_t* index) {
  const std::int64_t outside = searched_indices(values, count, edges, index);
  const auto top = static_cast<std::int32_t>(edges.size()) - 1;
  for (std::int64_t i = 0; i < count; ++i) {
    if (values[i] < edges.front() || values[i] >= edges.back()) index[i] = top;
  }
  return outside;
}

}  // namespace

// Bins of equal width, so narrow that their number per unit overflows.
bool BinEdges::is_subnormal() const {
  const double width = range_.high - range_.low;
  return edges_.empty() && width > 0 && !std::isfinite(static_cast<double>(bins_) / width);
}

// The same bins for values multiplied by kMagnification, which is exact for values of such a range.
BinEdges BinEdges::magnified() const {
  return BinEdges({range_.low * kMagnification, range_.high * kMagnification}, bins_);
}

std::vector<double> BinEdges::edges() const {
  if (!edges_.empty()) return edges_;
  if (is_subnormal()) {
    std::vector<double> edges = magnified().edges();
    for (double& value : edges) value /= kMagnification;
    return edges;
  }
  const double step = (range_.high - range_.low) / static_cast<double>(bins_);
  std::vector<double> edges;
  for (std::int64_t i = 0; i < bins_; ++i) edges.push_back(edge(range_, step, static_cast<std::int32_t>(i)));
  edges.push_back(range_.high);
  return edges;
}

std::int64_t BinEdges::indices(const torch::Tensor& values, std::vector<std::int32_t>& symbols) const {
  require_argument(
      values.defined() && (values.scalar_type() == torch::kFloat32 || values.scalar_type() == torch::kFloat64),
      "BinEdges::indices", "the values must be float32 or float64");
  if (is_subnormal()) return magnified().indices(values.to(torch::kFloat64) * kMagnification, symbols);
  const torch::Tensor rows = values.cpu().contiguous();
  symbols.resize(rows.numel());
  const auto indices_of = [&](const auto* scalars) {
    if (has_top_) return indices_with_top(scalars, rows.numel(), edges_, symbols.data());
    if (!edges_.empty()) return searched_indices(scalars, rows.numel(), edges_, symbols.data());
    return simd::run<UniformIndices>(scalars, std::int64_t{rows.numel()}, range_, static_cast<std::int32_t>(bins_),
                                     symbols.data());
  };
  return rows.scalar_type() == torch::kFloat32 ? indices_of(rows.data_ptr<float>())
                                               : indices_of(rows.data_ptr<double>());
}

}  // namespace infoplane::estimators
