// k-means for K = 1 .. 20, ten restarts each. kmeans_sklearn.py does the same with scikit-learn on the same samples;
// both print the within-cluster sums, to compare the quality of the clusters.
#include <cmath>

#include <benchmark/benchmark.h>

#include <infoplane/estimators/clustering.hpp>
#include <infoplane/runtime.hpp>

namespace {

// Arguments: samples, units, threads.
void kmeans(benchmark::State& state) {
  const std::int64_t n = state.range(0), units = state.range(1);
  torch::Tensor t = torch::empty({n, units}, torch::kFloat32);
  for (std::int64_t i = 0; i < n; ++i) {
    for (std::int64_t m = 0; m < units; ++m) {
      const double center = std::sin((i % 9 + 1.0) * std::sqrt(m + 3.0) * 7),
                   noise = std::sin((i + 1.0) * std::sqrt(m + 2.0));
      t.data_ptr<float>()[i * units + m] = static_cast<float>(std::tanh(center + noise));
    }
  }
  infoplane::estimators::KMeansFit fit;
  fit.threads = static_cast<int>(state.range(2));
  std::vector<infoplane::estimators::Clustering> clusterings;
  for (auto _ : state) clusterings = k_means(t, fit, 1);
  for (const std::size_t k : {2, 5, 10, 15, 20}) {
    state.counters["sum_" + std::to_string(k)] = clusterings[k - 1].within_cluster_sum;
  }
}
BENCHMARK(kmeans)
    ->Args({13107, 32, 1})
    ->Args({13107, 32, 2})
    ->Args({65536, 256, 1})
    ->Args({65536, 256, 2})
    ->UseRealTime()
    ->Unit(benchmark::kSecond);

}  // namespace

int main(int argc, char** argv) {
  infoplane::configure_runtime();
  benchmark::Initialize(&argc, argv);
  benchmark::RunSpecifiedBenchmarks();
}
