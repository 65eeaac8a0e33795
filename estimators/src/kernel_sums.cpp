#include <algorithm>
#include <atomic>
#include <cmath>
#include <infoplane/estimators/kernel_sums.hpp>
#include <limits>
#include <numeric>
#include <thread>

#include "kernel_tile.hpp"

namespace infoplane::estimators {
namespace {

using kernels::kBlock;

// Blocks of samples that bear the same label, unit after unit.
template <class Real>
struct Blocks {
  std::vector<std::int64_t> sample;  // [blocks * kBlock]; -1 where a block is filled up
  std::vector<std::int64_t> label;   // [blocks]
  std::vector<Real> values;          // [blocks, M, kBlock]
  std::int64_t units = 0;

  std::int64_t count() const { return static_cast<std::int64_t>(label.size()); }
  const Real* block(std::int64_t b) const { return values.data() + b * units * kBlock; }
};

template <class Real>
Blocks<Real> divide(const torch::Tensor& activations, const torch::Tensor& labels) {
  const Real* rows = activations.data_ptr<Real>();
  const std::int64_t* label = labels.data_ptr<std::int64_t>();
  std::vector<std::int64_t> order(activations.size(0));
  std::iota(order.begin(), order.end(), 0);
  std::stable_sort(order.begin(), order.end(), [&](auto a, auto b) { return label[a] < label[b]; });

  Blocks<Real> blocks;
  blocks.units = activations.size(1);
  for (std::int64_t i : order) {
    const bool open = !blocks.label.empty() && blocks.label.back() == label[i];
    if (!open || static_cast<std::int64_t>(blocks.sample.size()) == blocks.count() * kBlock) {
      blocks.sample.resize(blocks.count() * kBlock, -1);
      blocks.label.push_back(label[i]);
    }
    blocks.sample.push_back(i);
  }
  blocks.sample.resize(blocks.count() * kBlock, -1);

  blocks.values.assign(blocks.sample.size() * blocks.units, std::numeric_limits<Real>::infinity());
  for (std::size_t s = 0; s < blocks.sample.size(); ++s) {
    if (blocks.sample[s] < 0) continue;
    Real* to = blocks.values.data() + s / kBlock * blocks.units * kBlock + s % kBlock;
    const Real* from = rows + blocks.sample[s] * blocks.units;
    for (std::int64_t m = 0; m < blocks.units; ++m) to[m * kBlock] = from[m];
  }
  return blocks;
}

// Sums in fixed point: additions of whole numbers may be made in any order, so the threads' shares give the same bytes
// however the work was divided. The unit is 2^-38: 2^25 samples do not overflow, and sums are at least 1.
struct FixedSums {
  static constexpr double kUnit = 1.0 / (std::int64_t{1} << 38);
  std::vector<std::int64_t> narrow_all, narrow_own, wide_all, wide_own;

  explicit FixedSums(std::size_t n) : narrow_all(n), narrow_own(n), wide_all(n), wide_own(n) {}

  template <class Real>
  void add(const Blocks<Real>& blocks, std::int64_t block, const Real* wide, const Real* narrow, bool own) {
    for (std::int64_t i = 0; i < kBlock; ++i) {
      const std::int64_t sample = blocks.sample[block * kBlock + i];
      if (sample < 0) return;
      const auto w = static_cast<std::int64_t>(wide[i] / kUnit);
      const auto n = static_cast<std::int64_t>(narrow[i] / kUnit);
      wide_all[sample] += w;
      narrow_all[sample] += n;
      if (own) {
        wide_own[sample] += w;
        narrow_own[sample] += n;
      }
    }
  }
};

// The sums of block row `row` with itself and all later ones: both halves of each pair.
template <class Real>
void add_block_row(const Blocks<Real>& blocks, std::int64_t row, Real factor, FixedSums& sums) {
  kernels::Tile<Real> tile;
  tile.rows = blocks.block(row);
  tile.units = blocks.units;
  tile.factor = factor;
  for (std::int64_t column = row; column < blocks.count(); ++column) {
    tile.columns = blocks.block(column);
    kernels::sum_tile(tile);
    const bool own = blocks.label[row] == blocks.label[column];
    sums.add(blocks, row, tile.row_wide, tile.row_narrow, own);
    if (column != row) sums.add(blocks, column, tile.column_wide, tile.column_narrow, own);
  }
}

std::vector<double> total(const std::vector<FixedSums>& shares, std::vector<std::int64_t> FixedSums::*which) {
  std::vector<double> sums;
  for (std::size_t i = 0; i < (shares.front().*which).size(); ++i) {
    std::int64_t sum = 0;
    for (const FixedSums& share : shares) sum += (share.*which)[i];
    sums.push_back(static_cast<double>(sum) * FixedSums::kUnit);
  }
  return sums;
}

template <class Real>
KernelSums sums_as(const torch::Tensor& activations, const torch::Tensor& labels, double variance, int threads) {
  const Blocks<Real> blocks = divide<Real>(activations, labels);
  // k_4v = exp(-d / 8v) = 2^(factor d); a variance too small for the format leaves only equal samples near.
  const double factor = -1 / (8 * variance * std::log(2.0));
  const Real bounded = static_cast<Real>(std::max(factor, static_cast<double>(std::numeric_limits<Real>::lowest())));

  std::vector<FixedSums> shares(std::max(1, threads), FixedSums(activations.size(0)));
  std::atomic<std::int64_t> next{0};
  const auto work = [&](FixedSums& share) {
    for (std::int64_t row; (row = next++) < blocks.count();) add_block_row(blocks, row, bounded, share);
  };
  std::vector<std::thread> helpers;
  for (std::size_t t = 1; t < shares.size(); ++t) helpers.emplace_back(work, std::ref(shares[t]));
  work(shares.front());
  for (std::thread& helper : helpers) helper.join();
  return {total(shares, &FixedSums::narrow_all), total(shares, &FixedSums::narrow_own),
          total(shares, &FixedSums::wide_all), total(shares, &FixedSums::wide_own)};
}

}  // namespace

KernelSums kernel_sums(const torch::Tensor& activations, const torch::Tensor& labels, double variance, int threads) {
  const torch::Tensor rows = activations.contiguous();
  const torch::Tensor order = labels.contiguous();
  return rows.scalar_type() == torch::kFloat64 ? sums_as<double>(rows, order, variance, threads)
                                               : sums_as<float>(rows, order, variance, threads);
}

}  // namespace infoplane::estimators
