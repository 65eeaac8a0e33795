#include <algorithm>
#include <cmath>
#include <memory>
#include <numeric>
#include <utility>

#include <infoplane/estimators/clustering.hpp>
#include <infoplane/random.hpp>

#include "base/in_parallel.hpp"
#include "clustering/search.hpp"
#include "samples/arguments.hpp"

namespace infoplane::estimators {
namespace {

using namespace clustering;

constexpr std::int64_t kDrawn = 4096;      // samples that the search begins with
constexpr std::int64_t kDrawnOfEach = 64;  // and of each cluster

// Samples as they are computed with: in an order of their own, centered and below 2.
template <class Real>
struct Scaled {
  Rows<Real> rows;
  std::vector<std::int64_t> order;  // row i is sample order[i]
  std::vector<double> mean;
  double scale = 1;  // a power of two
};

// Samples by the distance of their sum from the median of the sums, equal ones by their units: an order that theirs
// does not change, nor that of units, nor the scale, an offset or the sign of all.
template <class Real>
std::vector<std::int64_t> canonical_order(const torch::Tensor& samples) {
  const std::int64_t n = samples.size(0), units = samples.size(1);
  const Real* values = samples.data_ptr<Real>();
  std::vector<double> sum(n);
  for (std::int64_t i = 0; i < n; ++i) {
    for (std::int64_t m = 0; m < units; ++m) sum[i] += static_cast<double>(values[i * units + m]);
  }
  std::vector<double> sorted = sum;
  std::sort(sorted.begin(), sorted.end());
  const double median = sorted[(n - 1) / 2] / 2 + sorted[n / 2] / 2;
  for (double& key : sum) key = std::abs(key - median);
  std::vector<std::int64_t> order(n);
  std::iota(order.begin(), order.end(), 0);
  std::sort(order.begin(), order.end(), [&](std::int64_t a, std::int64_t b) {
    if (sum[a] != sum[b]) return sum[a] < sum[b];
    const Real *x = values + a * units, *y = values + b * units;
    return std::lexicographical_compare(x, x + units, y, y + units);
  });
  return order;
}

template <class Real>
Scaled<Real> scaled(const torch::Tensor& samples) {
  const std::int64_t n = samples.size(0), units = samples.size(1);
  Scaled<Real> result{Rows<Real>(n, units), canonical_order<Real>(samples), std::vector<double>(units), 1};
  const auto sample = [&](std::int64_t i) { return samples.data_ptr<Real>() + result.order[i] * units; };
  double* mean = result.mean.data();
  for (std::int64_t i = 0; i < n; ++i) {
    for (std::int64_t m = 0; m < units; ++m) mean[m] += static_cast<double>(sample(i)[m]) / static_cast<double>(n);
  }
  double largest = 0;
  for (std::int64_t i = 0; i < n; ++i) {
    for (std::int64_t m = 0; m < units; ++m) largest = std::max(largest, std::abs(sample(i)[m] - mean[m]));
  }
  int exponent = 1;
  std::frexp(largest, &exponent);
  result.scale = std::ldexp(1.0, exponent - 1);
  for (std::int64_t i = 0; i < n; ++i) {
    Real* row = result.rows.row(i);
    for (std::int64_t m = 0; m < units; ++m) row[m] = static_cast<Real>((sample(i)[m] - mean[m]) / result.scale);
  }
  return result;
}

// `count` of the rows, drawn without return, in their order.
template <class Real>
Rows<Real> drawn(const Rows<Real>& rows, std::int64_t count, std::uint64_t seed) {
  std::mt19937_64 generator(stream_seed(seed, 0, Purpose::estimation));
  Rows<Real> result(count, rows.units);
  std::int64_t taken = 0;
  for (std::int64_t i = 0; taken < count; ++i) {
    const auto left = static_cast<double>(rows.size - i), wanted = static_cast<double>(count - taken);
    if (uniform(generator) * left < wanted) std::copy_n(rows.row(i), rows.stride, result.row(taken++));
  }
  return result;
}

template <class Real>
Starts seedings(const Points<Real>& points, std::int64_t restarts, const Effort& effort) {
  using Sequence = std::vector<std::int32_t>;
  const auto sequences = std::make_shared<std::vector<Sequence>>(restarts);
  in_parallel(restarts, effort.threads, [&](std::int64_t restart) {
    std::mt19937_64 generator(stream_seed(effort.seed, restart, Purpose::estimation, -1));
    (*sequences)[restart] = spread(points, effort.last, generator);
  });
  Starts starts(effort.last - effort.first + 1);
  for (std::int64_t k = effort.first; k <= effort.last; ++k) {
    for (const Sequence& sequence : *sequences) {
      starts[k - effort.first].push_back(
          [&points, sequences, &sequence, k] { return centers_at(points, sequence, k); });
    }
  }
  return starts;
}

template <class Real>
void add_start(const torch::Tensor& start, const Scaled<Real>& samples, const Effort& effort, Starts& starts) {
  if (!start.defined() || start.size(0) < effort.first || start.size(0) > effort.last) return;
  const torch::Tensor given = start.to(torch::kCPU, torch::kFloat64).contiguous();
  Centers centers{given.size(1), std::vector<double>(given.numel())};
  for (std::int64_t i = 0; i < given.numel(); ++i) {
    centers.values[i] = (given.data_ptr<double>()[i] - samples.mean[i % centers.units]) / samples.scale;
  }
  starts[centers.count() - effort.first].push_back([centers = std::move(centers)] { return centers; });
}

template <class Real>
Clustering restored(const Found& found, const Scaled<Real>& samples) {
  Clustering clustering;
  clustering.symbols.count = static_cast<std::int32_t>(found.centers.count());
  clustering.symbols.ids.resize(found.labels.size());
  for (std::size_t i = 0; i < found.labels.size(); ++i) clustering.symbols.ids[samples.order[i]] = found.labels[i];
  const torch::Tensor mean = torch::tensor(samples.mean, torch::kFloat64);
  clustering.centers =
      torch::tensor(found.centers.values, torch::kFloat64).reshape({-1, found.centers.units}) * samples.scale + mean;
  clustering.within_cluster_sum = found.sum * samples.scale * samples.scale;
  return clustering;
}

// The best for some of the samples; none where there are too few to draw from.
template <class Real>
Starts starts_of_some(const Rows<Real>& rows, const KMeansFit& fit, const Effort& effort) {
  const std::int64_t some = std::max(kDrawn, kDrawnOfEach * fit.last);
  if (rows.size <= some) return {};
  const Points<Real> points(drawn(rows, some, effort.seed));
  Search<Real> search(points, effort);
  search.run(seedings(points, fit.restarts, effort));
  return search.best();
}

template <class Real>
std::vector<Clustering> k_means_as(const torch::Tensor& tensor, const KMeansFit& fit, std::uint64_t seed,
                                   const torch::Tensor& start) {
  Scaled<Real> samples = scaled<Real>(tensor);
  // No more clusters than samples; and one more at either end, so that all that are wanted have neighbors.
  const std::int64_t n = samples.rows.size, first = std::min(fit.first, n), last = std::min(fit.last, n);
  const Effort effort{std::max<std::int64_t>(1, first - 1), last + 1, seed, fit.threads};
  Starts starts = starts_of_some(samples.rows, fit, effort);
  const Points<Real> points(std::move(samples.rows));
  // Also where what was drawn holds fewer different samples than there may be clusters.
  if (starts.empty() || starts.back().front()().count() < effort.last) starts = seedings(points, fit.restarts, effort);
  add_start(start, samples, effort, starts);
  Search<Real> search(points, effort);
  search.run(std::move(starts));
  std::vector<Found> found = search.finish();
  std::vector<Clustering> clusterings;
  for (std::int64_t k = first; k <= last; ++k) {
    clusterings.push_back(restored(std::exchange(found[k - effort.first], {}), samples));
  }
  clusterings.resize(fit.last - fit.first + 1, clusterings.back());
  return clusterings;
}

}  // namespace

std::vector<Clustering> k_means(const torch::Tensor& samples, const KMeansFit& fit, std::uint64_t seed,
                                const torch::Tensor& start) {
  require_samples("k_means", "samples", samples);
  require_at_least("k_means", "first", fit.first, 1);
  require_at_least("k_means", "last", fit.last, fit.first);
  require_at_least("k_means", "restarts", fit.restarts, 1);
  require_at_least("k_means", "threads", fit.threads, 1);
  if (start.defined()) {
    require_samples("k_means", "start", start);
    require_argument(start.size(1) == samples.size(1), "k_means", "start must have as many columns as samples");
  }
  const torch::Tensor on_cpu = samples.detach().to(torch::kCPU).contiguous();
  return on_cpu.scalar_type() == torch::kFloat64 ? k_means_as<double>(on_cpu, fit, seed, start)
                                                 : k_means_as<float>(on_cpu, fit, seed, start);
}

Cost k_means_cost(const EstimateSize& size, std::int64_t first, std::int64_t last, std::int64_t restarts) {
  const auto n = static_cast<double>(size.samples), units = static_cast<double>(size.units);
  const double k = std::min(static_cast<double>(last), n);
  const double clusters = first == last ? k : k * (k + 1) / 2;
  const double drawn = std::min(n, std::max(static_cast<double>(kDrawn), static_cast<double>(kDrawnOfEach) * k));
  const double seconds = clusters * units * (7e-9 * n + 8e-10 * static_cast<double>(restarts) * drawn);
  return {seconds, n * (24 * units + 4 * k) + 8 * clusters * units};
}

}  // namespace infoplane::estimators
