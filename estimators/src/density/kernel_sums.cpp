#include <infoplane/estimators/kernel_sums.hpp>

#include <algorithm>
#include <atomic>
#include <cmath>
#include <limits>
#include <numeric>

#include "base/in_parallel.hpp"
#include "density/kernel_tile.hpp"
#include "samples/arguments.hpp"
#include "samples/labels.hpp"

namespace infoplane::estimators {
namespace {

using kernels::kBlock;

// Samples with the same label.
struct Block {
  std::int64_t label;
  std::int64_t first, size;     // its samples are order[first .. first + size)
  std::int64_t stride, offset;  // its values, [M, stride], begin at `offset`
};

template <class Real>
struct Blocks {
  std::vector<std::int64_t> order;  // the samples, label after label
  std::vector<Block> blocks;
  std::vector<Real> values;
  std::vector<Real> weights;  // of the samples of each block, 0 where it is filled up; none: all 1
  std::int64_t units = 0;

  std::int64_t count() const { return static_cast<std::int64_t>(blocks.size()); }
};

template <class Real>
Blocks<Real> divide(const torch::Tensor& activations, const torch::Tensor& labels) {
  const Real* rows = activations.data_ptr<Real>();
  const std::int64_t* label = labels.data_ptr<std::int64_t>();
  Blocks<Real> all{std::vector<std::int64_t>(activations.size(0)), {}, {}, {}, activations.size(1)};
  std::iota(all.order.begin(), all.order.end(), 0);
  std::stable_sort(all.order.begin(), all.order.end(), [&](auto a, auto b) { return label[a] < label[b]; });

  std::int64_t length = 0;
  for (std::int64_t place = 0, end = 0; place < activations.size(0); place = end) {
    Block block{label[all.order[place]], place, 0, 0, length};
    while (end < activations.size(0) && end < place + kBlock && label[all.order[end]] == block.label) ++end;
    block.size = end - place;
    block.stride = kernels::filled_up(block.size);
    length += all.units * block.stride;
    all.blocks.push_back(block);
  }
  all.values.assign(length, std::numeric_limits<Real>::infinity());
  for (const Block& block : all.blocks) {
    for (std::int64_t i = 0; i < block.size; ++i) {
      const Real* from = rows + all.order[block.first + i] * all.units;
      Real* to = all.values.data() + block.offset + i;
      for (std::int64_t m = 0; m < all.units; ++m) to[m * block.stride] = from[m];
    }
  }
  return all;
}

template <class Real>
void set_weights(Blocks<Real>& all, const torch::Tensor& weights) {
  all.weights.assign(all.values.size() / all.units, 0);
  for (const Block& block : all.blocks) {
    Real* to = all.weights.data() + block.offset / all.units;
    for (std::int64_t i = 0; i < block.size; ++i) {
      to[i] = static_cast<Real>(weights.data_ptr<double>()[all.order[block.first + i]]);
    }
  }
}

// Sums in fixed point: additions of whole numbers may be made in any order, so the threads' shares give the same bytes
// however the work was divided. The unit is 2^-38: 2^25 samples do not overflow, and sums are at least 1.
struct FixedSums {
  static constexpr double kUnit = 1.0 / (std::int64_t{1} << 38);
  std::vector<std::int64_t> narrow_all, narrow_own, wide_all, wide_own;

  explicit FixedSums(std::size_t n) : narrow_all(n), narrow_own(n), wide_all(n), wide_own(n) {}

  // Those of a block, whose samples begin at `sample`.
  template <class Real>
  void add(const std::int64_t* sample, const kernels::Side<Real>& side, bool own) {
    for (std::int64_t i = 0; i < side.size; ++i) {
      const auto w = static_cast<std::int64_t>(side.wide[i] / kUnit);
      const auto n = static_cast<std::int64_t>(side.narrow[i] / kUnit);
      wide_all[sample[i]] += w;
      narrow_all[sample[i]] += n;
      if (own) {
        wide_own[sample[i]] += w;
        narrow_own[sample[i]] += n;
      }
    }
  }
};

// The sums of block row `row` with itself and all later ones: both halves of each pair.
template <class Real>
void add_block_row(const Blocks<Real>& all, std::int64_t row, Real factor, FixedSums& sums) {
  const auto turn_to = [&](std::int64_t b, kernels::Side<Real>& side) {
    const Block& block = all.blocks[b];
    side.values = all.values.data() + block.offset;
    side.weights = all.weights.empty() ? nullptr : all.weights.data() + block.offset / all.units;
    side.stride = block.stride;
    side.size = block.size;
    return all.order.data() + block.first;
  };
  kernels::Tile<Real> tile;
  tile.units = all.units;
  tile.factor = factor;
  const std::int64_t* const row_samples = turn_to(row, tile.rows);
  for (std::int64_t column = row; column < all.count(); ++column) {
    const std::int64_t* const column_samples = turn_to(column, tile.columns);
    kernels::sum_tile(tile);
    const bool own = all.blocks[row].label == all.blocks[column].label;
    sums.add(row_samples, tile.rows, own);
    if (column != row) sums.add(column_samples, tile.columns, own);
  }
}

std::vector<double> total(const std::vector<FixedSums>& shares, std::vector<std::int64_t> FixedSums::* which) {
  std::vector<double> sums;
  for (std::size_t i = 0; i < (shares.front().*which).size(); ++i) {
    std::int64_t sum = 0;
    for (const FixedSums& share : shares) sum += (share.*which)[i];
    sums.push_back(static_cast<double>(sum) * FixedSums::kUnit);
  }
  return sums;
}

template <class Real>
KernelSums sums_of_blocks(const Blocks<Real>& blocks, double variance, int threads) {
  // k_4v = exp(-d / 8v) = 2^(factor d); a variance too small for the format leaves only equal samples near.
  const double factor = -1 / (8 * variance * std::log(2.0));
  const Real bounded = static_cast<Real>(std::max(factor, static_cast<double>(std::numeric_limits<Real>::lowest())));

  std::vector<FixedSums> shares(std::clamp<std::int64_t>(threads, 1, blocks.count()), FixedSums(blocks.order.size()));
  std::atomic<std::int64_t> next{0};
  const auto count = static_cast<std::int64_t>(shares.size());
  in_parallel(count, count, [&](std::int64_t share) {
    for (std::int64_t row; (row = next++) < blocks.count();) add_block_row(blocks, row, bounded, shares[share]);
  });
  return {total(shares, &FixedSums::narrow_all), total(shares, &FixedSums::narrow_own),
          total(shares, &FixedSums::wide_all), total(shares, &FixedSums::wide_own)};
}

template <class Real>
KernelSums sums_as(const torch::Tensor& activations, const torch::Tensor& labels, double variance, int threads) {
  return sums_of_blocks(divide<Real>(activations, labels), variance, threads);
}

template <class Real>
KernelSums weighted_sums_as(const torch::Tensor& activations, const torch::Tensor& weights, double variance,
                            int threads) {
  Blocks<Real> blocks = divide<Real>(activations, torch::zeros({activations.size(0)}, torch::kInt64));
  set_weights(blocks, weights);
  return sums_of_blocks(blocks, variance, threads);
}

KernelSums sums_of(const torch::Tensor& activations, const torch::Tensor& labels, double variance, int threads) {
  return activations.scalar_type() == torch::kFloat64 ? sums_as<double>(activations, labels, variance, threads)
                                                      : sums_as<float>(activations, labels, variance, threads);
}

// Whether the blocks of the labels are filled up so much that it is quicker by far to go through all pairs in blocks of
// any labels, and through those of each label once more.
bool are_scattered(const std::vector<std::vector<std::int64_t>>& by_label) {
  constexpr double kFar = 4;
  constexpr std::size_t kFew = 16;  // labels, whose blocks take no time to speak of
  if (by_label.size() <= kFew) return false;
  double samples = 0, rows = 0, columns = 0;
  for (const auto& own : by_label) {
    const auto size = static_cast<std::int64_t>(own.size());
    samples += static_cast<double>(size);
    rows += static_cast<double>(kernels::rows_of(size));
    columns += static_cast<double>(kernels::filled_up(size));
  }
  return rows * columns > kFar * samples * samples;
}

KernelSums scattered_sums(const torch::Tensor& activations, const std::vector<std::vector<std::int64_t>>& by_label,
                          double variance, int threads) {
  const auto one_label = [](std::int64_t n) { return torch::zeros({n}, torch::kInt64); };
  KernelSums sums = sums_of(activations, one_label(activations.size(0)), variance, threads);
  for (const auto& samples : by_label) {
    const torch::Tensor own = activations.index_select(0, torch::tensor(samples, torch::kInt64));
    const KernelSums among = sums_of(own, one_label(own.size(0)), variance, threads);
    for (std::size_t i = 0; i < samples.size(); ++i) {
      sums.narrow_own[samples[i]] = among.narrow_own[i];
      sums.wide_own[samples[i]] = among.wide_own[i];
    }
  }
  return sums;
}

}  // namespace

KernelSums kernel_sums(const torch::Tensor& activations, const torch::Tensor& labels, double variance, int threads) {
  require_samples("kernel_sums", "activations", activations);
  require_labels("kernel_sums", labels, activations);
  require_argument(activations.is_cpu() && labels.is_cpu(), "kernel_sums", "activations and labels must be on the CPU");
  require_positive("kernel_sums", "variance", variance);
  require_at_least("kernel_sums", "threads", threads, 1);
  const torch::Tensor rows = activations.contiguous();
  const torch::Tensor order = labels.contiguous();
  const auto by_label = samples_by_label(order);
  return are_scattered(by_label) ? scattered_sums(rows, by_label, variance, threads)
                                 : sums_of(rows, order, variance, threads);
}

WeightedKernelSums weighted_kernel_sums(const torch::Tensor& activations, const torch::Tensor& weights, double variance,
                                        int threads) {
  constexpr const char* kName = "weighted_kernel_sums";
  require_samples(kName, "activations", activations);
  require_tensor(weights.defined() && weights.dim() == 1 && weights.scalar_type() == torch::kFloat64, kName, "weights",
                 "[N], float64", weights);
  require_as_many(kName, "weights", weights, "activations", activations);
  require_argument(activations.is_cpu() && weights.is_cpu(), kName, "activations and weights must be on the CPU");
  require_argument(weights.ge(0).logical_and(weights.le(1)).all().item<bool>(), kName,
                   "every weight must be from 0 to 1");
  require_positive(kName, "variance", variance);
  require_at_least(kName, "threads", threads, 1);
  const torch::Tensor rows = activations.contiguous(), of_each = weights.contiguous();
  KernelSums sums = rows.scalar_type() == torch::kFloat64 ? weighted_sums_as<double>(rows, of_each, variance, threads)
                                                          : weighted_sums_as<float>(rows, of_each, variance, threads);
  return {std::move(sums.narrow_all), std::move(sums.wide_all)};
}

}  // namespace infoplane::estimators
