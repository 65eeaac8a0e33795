#include "clustering/search.hpp"

#include <algorithm>
#include <utility>

#include <infoplane/random.hpp>

#include "base/in_parallel.hpp"

namespace infoplane::estimators::clustering {
namespace {

constexpr std::int64_t kRounds = 20;
constexpr double kFinalGain = 1e-6;  // of the iterations whose clusterings are returned
constexpr double kWorth = 10;        // gains by which a sum must fall for all neighbors to be tried again

template <class Real>
double sum_of(const Points<Real>& points, const Centers& centers, const std::vector<std::int32_t>& labels) {
  double sum = 0;
  for (std::int64_t i = 0; i < points.rows.size; ++i) {
    const Real* x = points.rows.row(i);
    const double* center = centers.row(labels[i]);
    double square = 0;
    for (std::int64_t m = 0; m < centers.units; ++m) square += (x[m] - center[m]) * (x[m] - center[m]);
    sum += square;
  }
  return sum;
}

// The start that a change of the centers gives.
template <class Change>
Start start_of(std::shared_ptr<const Centers> centers, const Change& change) {
  return [centers = std::move(centers), change] { return changed(*centers, change); };
}

}  // namespace

template <class Real>
Search<Real>::Search(const Points<Real>& points, const Effort& effort)
    : points_(points), effort_(effort), best_(count()) {}

template <class Real>
void Search<Real>::run(Starts starts) {
  improve(std::move(starts));
  for (; round_ < kRounds; ++round_) {
    Starts next = untried();
    if (std::all_of(next.begin(), next.end(), [](auto& of_k) { return of_k.empty(); })) return;
    improve(std::move(next));
  }
}

// The most clusters first, as they take longest.
template <class Real>
void Search<Real>::improve(Starts starts) {
  in_parallel(count(), effort_.threads, [&](std::int64_t task) {
    const std::int64_t index = count() - 1 - task;
    improve(index, starts[index]);
  });
}

template <class Real>
void Search<Real>::improve(std::int64_t index, std::vector<Start>& starts) {
  Best& best = best_[index];
  const double before = best.sum;
  Lloyd<Real> lloyd(points_);
  Centers found;
  for (Start& start : starts) {
    Centers centers = std::exchange(start, nullptr)();
    const double sum = lloyd.run(centers, {300, effort_.gain, best.sum});
    if (sum >= best.sum) continue;
    best.sum = sum;
    found = std::move(centers);
  }
  if (best.sum == before) return;
  if (best.sum < before * (1 - kWorth * effort_.gain)) best.tried = 0;
  lloyd.run(found, {1});
  std::mt19937_64 generator(stream_seed(effort_.seed, effort_.first + index, Purpose::estimation, round_));
  best.neighbors = neighbors(points_, lloyd, found, generator);
  best.centers = std::make_shared<const Centers>(std::move(found));
}

template <class Real>
Starts Search<Real>::untried() {
  Starts starts(count());
  for (std::int64_t k = 0; k < count(); ++k) {
    const auto& [more, equal, fewer] = best_[k].neighbors;
    const auto& centers = best_[k].centers;
    const std::size_t next = best_[k].tried;
    if (k + 1 < count() && next < more.size()) starts[k + 1].push_back(start_of(centers, more[next]));
    if (next < equal.size()) starts[k].push_back(start_of(centers, equal[next]));
    if (k > 0 && next < fewer.size()) starts[k - 1].push_back(start_of(centers, fewer[next]));
    best_[k].tried = std::min(next + 1, kNeighbors);
  }
  return starts;
}

template <class Real>
Starts Search<Real>::best() const {
  Starts starts(count());
  for (std::int64_t k = 0; k < count(); ++k) {
    const auto& centers = best_[k].centers;
    if (centers) starts[k] = {[centers] { return *centers; }};
  }
  return starts;
}

template <class Real>
std::vector<Found> Search<Real>::finish() {
  std::vector<Found> found(count());
  in_parallel(count(), effort_.threads, [&](std::int64_t task) {
    const std::int64_t k = count() - 1 - task;
    if (const auto centers = std::exchange(best_[k].centers, nullptr)) found[k] = finished(*centers);
  });
  for (std::int64_t k = 1; k < count(); ++k) {
    if (found[k].sum > found[k - 1].sum) found[k] = divided(found[k - 1]);
  }
  return found;
}

template <class Real>
Found Search<Real>::finished(Centers centers) const {
  Lloyd<Real> lloyd(points_);
  lloyd.run(centers, {300, kFinalGain});
  Centers moved = centers;
  lloyd.run(moved, {1});
  return {centers, lloyd.labels(), sum_of(points_, centers, lloyd.labels())};
}

// With one cluster more than another clustering, or that again where no cluster can be divided.
template <class Real>
Found Search<Real>::divided(const Found& fewer) const {
  Lloyd<Real> lloyd(points_);
  Centers moved = fewer.centers;
  lloyd.run(moved, {1});
  std::mt19937_64 generator(stream_seed(effort_.seed, moved.count(), Purpose::estimation, kRounds));
  const Neighbors near = neighbors(points_, lloyd, moved, generator);
  if (near.more.empty()) return fewer;
  const Found found = finished(changed(std::move(moved), near.more.front()));
  return found.sum <= fewer.sum ? found : fewer;
}

template class Search<float>;
template class Search<double>;

}  // namespace infoplane::estimators::clustering
