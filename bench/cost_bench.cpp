// The measured time of estimates next to Estimator::cost, whose constants come from here: `ratio` is expected to
// measured.
#include <chrono>

#include <ATen/CPUGeneratorImpl.h>
#include <benchmark/benchmark.h>

#include <infoplane/config.hpp>
#include <infoplane/estimators/catalogue.hpp>
#include <infoplane/runtime.hpp>

namespace {

using namespace infoplane;

LayerSamples layer_of(const EstimateSize& size) {
  const at::Generator generator = at::detail::createCPUGenerator(1);
  const auto normal = [&](std::int64_t rows, std::int64_t columns) {
    return torch::empty({rows, columns}).normal_(0, 1, generator);
  };
  LayerSamples samples;
  samples.inputs = normal(size.samples, size.inputs);
  samples.activations =
      (samples.inputs.matmul(normal(size.inputs, size.units)) + normal(size.samples, size.units)).tanh();
  samples.labels = torch::arange(size.samples) % size.classes;
  samples.classes = size.classes;
  samples.layer = "L";
  return samples;
}

void estimate(benchmark::State& state, const std::string& yaml, const EstimateSize& size) {
  const auto registry = estimators::catalogue();
  Node config = Node::of_map({});
  set_value(config, "estimator=" + yaml);
  Choice<EstimatorFactory> choice;
  infoplane::choice("estimator", choice, registry, "").binding->read(*config.find("estimator"), "estimator");
  const auto estimator = choice(1);
  LayerSamples samples = layer_of(size);
  samples.prepared = estimator->prepare(samples);
  using Clock = std::chrono::steady_clock;
  const Clock::time_point start = Clock::now();
  for (auto _ : state) benchmark::DoNotOptimize(estimator->estimate(samples));
  const double seconds =
      std::chrono::duration<double>(Clock::now() - start).count() / static_cast<double>(state.iterations());
  state.counters["ratio"] = estimator->cost(size).seconds / seconds;
}

void add(const std::string& yaml, const std::vector<EstimateSize>& sizes) {
  for (const EstimateSize& size : sizes) {
    const std::string name = yaml + "/" + std::to_string(size.samples) + "x" + std::to_string(size.inputs) + "x" +
                             std::to_string(size.units) + "x" + std::to_string(size.classes);
    benchmark::RegisterBenchmark(name.c_str(), [=](benchmark::State& state) {
      estimate(state, yaml, size);
    })->Unit(benchmark::kMillisecond);
  }
}

}  // namespace

int main(int argc, char** argv) {
  configure_runtime();
  torch::set_num_threads(1);
  const std::vector<EstimateSize> usual{{819, 12, 10, 2}, {4096, 12, 10, 2}, {4096, 12, 64, 10}};
  for (const std::string yaml : {"binning", "decomposition", "kernel_density", "ksg", "kmeans", "gaussian_mixture",
                                 "matrix_renyi", "decoder", "infonce"}) {
    add(yaml, usual);
  }
  add("histogram2d", {{4096, 1, 1, 2}, {100000, 1, 1, 2}});
  add("binning", {{100000, 12, 10, 2}});
  add("kernel_density", {{20000, 12, 10, 2}, {20000, 12, 10, 100}});
  add("ksg", {{20000, 12, 10, 2}});
  add("{type: kmeans, max_clusters: 60}", {{4096, 12, 10, 2}});
  add("kmeans", {{30000, 12, 10, 2}});
  add("{type: kmeans, clusters: 100}", {{4096, 12, 10, 2}});
  add("{type: gaussian_mixture, max_components: 40}", {{4096, 12, 10, 2}});
  add("gaussian_mixture", {{30000, 12, 10, 2}});
  add("{type: matrix_renyi, max_samples: 2000}", {{2000, 12, 10, 2}});
  add("{type: decoder, width: 256}", {{4096, 12, 64, 10}});
  benchmark::Initialize(&argc, argv);
  benchmark::RunSpecifiedBenchmarks();
}
