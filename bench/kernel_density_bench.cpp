// The pairwise bounds on I(X;T) and I(T;Y). kernel_density_numpy.py does the same with NumPy on the same samples; both
// print the upper bound on I(X;T), to show that they agree.
#include <cmath>

#include <benchmark/benchmark.h>

#include <infoplane/estimators/kernel_density.hpp>
#include <infoplane/runtime.hpp>

namespace {

// Arguments: samples, units, threads.
void kernel_density(benchmark::State& state) {
  const std::int64_t n = state.range(0), units = state.range(1);
  torch::Tensor t = torch::empty({n, units}, torch::kFloat32);
  for (std::int64_t i = 0; i < n; ++i) {
    for (std::int64_t m = 0; m < units; ++m) {
      t.data_ptr<float>()[i * units + m] = static_cast<float>(0.5 * std::sin((i + 1.0) * std::sqrt(m + 2.0)));
    }
  }
  const torch::Tensor labels = torch::arange(n) % 2;
  infoplane::estimators::KernelDensityBounds bounds;
  for (auto _ : state) {
    bounds = infoplane::estimators::kernel_density_bounds(t, labels, 0.1, static_cast<int>(state.range(2)));
  }
  state.counters["i_xt_upper_bits"] = bounds.i_xt_upper_bits;
}
BENCHMARK(kernel_density)
    ->Args({819, 6, 1})
    ->Args({4096, 10, 1})
    ->Args({4096, 10, 2})
    ->Args({65536, 16, 1})
    ->Args({65536, 16, 2})
    ->UseRealTime()
    ->Unit(benchmark::kMillisecond);

}  // namespace

int main(int argc, char** argv) {
  infoplane::configure_runtime();
  benchmark::Initialize(&argc, argv);
  benchmark::RunSpecifiedBenchmarks();
}
