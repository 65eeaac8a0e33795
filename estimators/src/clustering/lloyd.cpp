#include "clustering/lloyd.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace infoplane::estimators::clustering {
namespace {

constexpr double kOutlook = 10;  // steps that an iteration near its bound is granted

template <class Real>
double square_of(const Rows<Real>& rows, std::int64_t sample) {
  const Real* x = rows.row(sample);
  double square = 0;
  for (std::int64_t m = 0; m < rows.units; ++m) square += static_cast<double>(x[m]) * static_cast<double>(x[m]);
  return square;
}

}  // namespace

template <class Real>
Points<Real>::Points(Rows<Real> samples)
    : rows(std::move(samples)), blocks((rows.size + kBlock - 1) / kBlock * kBlock * rows.stride), squares(rows.size) {
  std::int32_t of_block[kBlock];
  for (std::int64_t begin = 0; begin < rows.size; begin += kBlock) {
    for (std::int64_t j = 0; j < kBlock; ++j) of_block[j] = begin + j < rows.size ? begin + j : begin;
    gather(rows, of_block, blocks.data() + begin * rows.stride);
  }
  for (std::int64_t i = 0; i < rows.size; ++i) squares[i] = square_of(rows, i);
}

template <class Real>
Lloyd<Real>::Lloyd(const Points<Real>& points)
    : points_(points),
      size_(points.rows.size),
      squares_(std::accumulate(points.squares.begin(), points.squares.end(), 0.0)),
      block_(kBlock * points.rows.stride) {}

template <class Real>
Lloyd<Real>::Lloyd(const Points<Real>& points, std::vector<std::int32_t> samples)
    : points_(points),
      samples_(std::move(samples)),
      size_(static_cast<std::int64_t>(samples_.size())),
      block_(kBlock * points.rows.stride) {
  for (std::int32_t i : samples_) squares_ += points.squares[i];
}

template <class Real>
double Lloyd<Real>::run(Centers& centers, const Stop& stop) {
  start(centers.count());
  double sum = std::numeric_limits<double>::infinity();
  for (std::int64_t step = 0; step < stop.steps; ++step) {
    const std::int64_t changed = assign(centers);
    const double before = sum;
    sum = move(centers);
    const double gain = before - sum;
    if (changed == 0 || gain <= stop.gain * sum || sum - kOutlook * gain > stop.bound) break;
  }
  return sum;
}

template <class Real>
void Lloyd<Real>::start(std::int64_t clusters) {
  labels_.assign(size_, -1);
  slack_.assign(size_, 0);
  drift_.assign(clusters + 1, 0);
  drift_[0] = std::numeric_limits<double>::infinity();
  sizes_.assign(clusters, 0);
  sums_.assign(clusters * points_.rows.units, 0);
}

template <class Real>
std::int32_t Lloyd<Real>::sample(std::int64_t place) const {
  return samples_.empty() ? static_cast<std::int32_t>(place) : samples_[place];
}

// Returns how many samples changed their cluster.
template <class Real>
std::int64_t Lloyd<Real>::assign(const Centers& centers) {
  const CenterGroups<Real> groups(centers);
  const std::int32_t* labels = labels_.data();
  const Real* slack = slack_.data();
  const double* drift = drift_.data();
  std::int32_t stale[2 * kBlock];  // places, gathered over blocks until they fill one
  std::int64_t count = 0, changed = 0;
  for (std::int64_t begin = 0; begin < size_; begin += kBlock) {
    const std::int64_t end = std::min(begin + kBlock, size_), before = count;
    for (std::int64_t i = begin; i < end; ++i) {
      stale[count] = static_cast<std::int32_t>(i);
      count += static_cast<double>(slack[i]) > drift[labels[i] + 1] ? 0 : 1;
    }
    if (samples_.empty() && count - before > kBlock / 2) {
      std::int32_t whole[kBlock];
      std::iota(whole, whole + kBlock, static_cast<std::int32_t>(begin));
      changed += reassign(groups, whole, end - begin, points_.blocks.data() + begin * points_.rows.stride);
      count = before;
    } else if (count >= kBlock) {
      changed += reassign(groups, stale, kBlock, nullptr);
      count -= kBlock;
      std::copy_n(stale + kBlock, count, stale);
    }
  }
  return changed + reassign(groups, stale, count, nullptr);
}

// Computes the distances of `count` samples, which the block holds where there is one.
template <class Real>
std::int64_t Lloyd<Real>::reassign(const CenterGroups<Real>& centers, const std::int32_t* places, std::int64_t count,
                                   const Real* block) {
  if (count == 0) return 0;
  if (block == nullptr) {
    std::int32_t samples[kBlock];
    for (std::int64_t j = 0; j < kBlock; ++j) samples[j] = sample(places[j < count ? j : 0]);
    gather(points_.rows, samples, block_.data());
    block = block_.data();
  }
  Nearest<Real> nearest;
  find_nearest(block, centers, nearest);
  // Rounding may not make a sample surer than it is: distances are right to some units in the last place.
  constexpr Real doubt = 32 * std::numeric_limits<Real>::epsilon();
  std::int64_t changed = 0;
  for (std::int64_t j = 0; j < count; ++j) {
    const std::int64_t i = places[j];
    const auto label = static_cast<std::int32_t>(nearest.center[j]);
    slack_[i] = nearest.second[j] * (1 - doubt) - nearest.first[j] * (1 + doubt) +
                static_cast<Real>(drift_[label + 1]) * (1 - doubt);
    if (label == labels_[i]) continue;
    change(i, label);
    ++changed;
  }
  return changed;
}

template <class Real>
void Lloyd<Real>::change(std::int64_t place, std::int32_t label) {
  const std::int64_t units = points_.rows.units;
  const Real* x = points_.rows.row(sample(place));
  if (labels_[place] >= 0) {
    double* from = sums_.data() + labels_[place] * units;
    for (std::int64_t m = 0; m < units; ++m) from[m] -= static_cast<double>(x[m]);
    --sizes_[labels_[place]];
  }
  double* to = sums_.data() + label * units;
  for (std::int64_t m = 0; m < units; ++m) to[m] += static_cast<double>(x[m]);
  ++sizes_[label];
  labels_[place] = label;
}

// Moves the centers to the means and returns sum |x - mean|^2 = sum |x|^2 - sum_k n_k |mean_k|^2.
template <class Real>
double Lloyd<Real>::move(Centers& centers) {
  const std::int64_t clusters = centers.count(), units = centers.units;
  std::vector<double> moves(clusters);
  double sum = squares_;
  for (std::int64_t k = 0; k < clusters; ++k) {
    if (sizes_[k] == 0) continue;
    const auto size = static_cast<double>(sizes_[k]);
    const double* total = sums_.data() + k * units;
    double* center = centers.row(k);
    double moved = 0, square = 0;
    for (std::int64_t m = 0; m < units; ++m) {
      const double mean = total[m] / size;
      moved += (mean - center[m]) * (mean - center[m]);
      square += mean * mean;
      center[m] = mean;
    }
    moves[k] = std::sqrt(moved);
    sum -= size * square;
  }
  // A sample's bound loses what its own center moved, and what any other may have come nearer.
  const std::int64_t fastest = std::max_element(moves.begin(), moves.end()) - moves.begin();
  double second = 0;
  for (std::int64_t k = 0; k < clusters; ++k) second = k == fastest ? second : std::max(second, moves[k]);
  for (std::int64_t k = 0; k < clusters; ++k) drift_[k + 1] += moves[k] + (k == fastest ? second : moves[fastest]);
  return std::max(sum, 0.0);
}

template struct Points<float>;
template struct Points<double>;
template class Lloyd<float>;
template class Lloyd<double>;

}  // namespace infoplane::estimators::clustering
