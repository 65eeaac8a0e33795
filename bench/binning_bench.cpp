// Binning of all six layers of the 12-10-8-6-4-2-1 network for its 4096 inputs: I(X;T) and I(T;Y) of 31 units in 50
// bins. binning_numpy.py does the same with NumPy on the same samples; both print the layers' summed I(X;T) and I(T;Y),
// to show that they agree.
#include <cmath>
#include <vector>

#include <benchmark/benchmark.h>

#include <infoplane/estimators/binning.hpp>
#include <infoplane/runtime.hpp>

namespace {

constexpr std::int64_t kSamples = 4096;

infoplane::LayerSamples layer(std::int64_t units) {
  infoplane::LayerSamples samples;
  samples.activations = torch::empty({kSamples, units}, torch::kFloat32);
  for (std::int64_t i = 0; i < kSamples; ++i) {
    for (std::int64_t m = 0; m < units; ++m) {
      samples.activations.data_ptr<float>()[i * units + m] =
          static_cast<float>(std::sin((static_cast<double>(i) + 1) * std::sqrt(static_cast<double>(m) + 2)));
    }
  }
  samples.inputs = torch::zeros({kSamples, 12});
  samples.labels = torch::arange(kSamples) % 2;
  samples.classes = 2;
  samples.kind = infoplane::ActivationKind::tanh;
  return samples;
}

void binning_of_six_layers(benchmark::State& state) {
  std::vector<infoplane::LayerSamples> layers;
  for (const std::int64_t units : {10, 8, 6, 4, 2, 1}) layers.push_back(layer(units));
  const auto estimator = infoplane::estimators::make_binning({}, 1);
  double i_xt = 0, i_ty = 0;
  for (auto _ : state) {
    i_xt = i_ty = 0;
    for (const auto& samples : layers) {
      const infoplane::Information information = estimator->estimate(samples).values[0];
      i_xt += information.i_xt_bits;
      i_ty += information.i_ty_bits;
    }
  }
  state.counters["i_xt_bits"] = i_xt;
  state.counters["i_ty_bits"] = i_ty;
}
BENCHMARK(binning_of_six_layers)->Unit(benchmark::kMicrosecond);

}  // namespace

int main(int argc, char** argv) {
  infoplane::configure_runtime();
  benchmark::Initialize(&argc, argv);
  benchmark::RunSpecifiedBenchmarks();
}
