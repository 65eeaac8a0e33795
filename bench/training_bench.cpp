// One optimizer step of the 12-10-8-6-4-2-1 network: forward, backward, update, with its share of shuffling and
// batching.
#include <thread>
#include <vector>

#include <benchmark/benchmark.h>
#include <torch/nn/functional/loss.h>
#include <torch/nn/modules/activation.h>
#include <torch/nn/modules/container/sequential.h>
#include <torch/nn/modules/linear.h>
#include <torch/optim/sgd.h>

#include <infoplane/experiments/mlp.hpp>
#include <infoplane/experiments/twelve_bit.hpp>
#include <infoplane/runtime.hpp>
#include <infoplane/training.hpp>

namespace {

namespace ip = infoplane;

const std::vector<std::int64_t> kWidths = {10, 8, 6, 4, 2, 1};

ip::Trainer make_trainer(const ip::Dataset& dataset, const ip::ReplicaRange& replicas, std::int64_t batch_size) {
  ip::experiments::MlpOptions mlp;
  mlp.widths = kWidths;
  ip::TrainingOptions training;
  training.batch_size = batch_size;
  training.optimizer = ip::optimizers().choose("sgd");
  return ip::Trainer(ip::experiments::make_mlp(mlp, {12, 2, replicas}), dataset, replicas, training);
}

// The epochs between two observations of a run: a thread trains them without synchronization.
constexpr std::int64_t kEpochs = 10;

void train(ip::Trainer& trainer) {
  for (std::int64_t epoch = 0; epoch < kEpochs; ++epoch) trainer.train_epoch();
}

// Arguments: replicas, threads, batch size. The time is that of ten epochs; compare us_per_replica_step.
void replicas(benchmark::State& state) {
  const std::int64_t count = state.range(0), threads = state.range(1), batch_size = state.range(2);
  const ip::Dataset dataset = ip::experiments::make_twelve_bit({}, 1);
  std::vector<ip::Trainer> trainers;
  for (std::int64_t t = 0; t < threads; ++t) {
    const std::int64_t first = count * t / threads;
    trainers.push_back(make_trainer(dataset, {1, first, count * (t + 1) / threads - first}, batch_size));
  }
  for (auto _ : state) {
    std::vector<std::thread> workers;
    for (std::size_t t = 1; t < trainers.size(); ++t) workers.emplace_back(train, std::ref(trainers[t]));
    train(trainers[0]);
    for (std::thread& worker : workers) worker.join();
  }
  const std::int64_t steps = (3277 + batch_size - 1) / batch_size;
  state.counters["us_per_replica_step"] =
      benchmark::Counter(static_cast<double>(state.iterations() * kEpochs * steps * count) * 1e-6,
                         benchmark::Counter::kIsRate | benchmark::Counter::kInvert);
}
BENCHMARK(replicas)
    ->Args({50, 1, 128})
    ->Args({50, 2, 128})
    ->Args({1, 1, 128})
    ->Args({1, 1, 1})
    ->UseRealTime()
    ->Unit(benchmark::kMillisecond);

// The same network as torch::nn::Sequential with torch's own loss and optimizer, one replica.
void sequential(benchmark::State& state) {
  const ip::Dataset dataset = ip::experiments::make_twelve_bit({}, 1);
  torch::nn::Sequential model;
  std::int64_t inputs = 12;
  for (const std::int64_t units : kWidths) {
    model->push_back(torch::nn::Linear(inputs, units));
    if (units != 1) model->push_back(torch::nn::Tanh());
    inputs = units;
  }
  torch::optim::SGD optimizer(model->parameters(), torch::optim::SGDOptions(0.001));
  const torch::Tensor x = dataset.inputs.narrow(0, 0, 128);
  const torch::Tensor y = dataset.labels.narrow(0, 0, 128).to(torch::kFloat32);
  for (auto _ : state) {
    optimizer.zero_grad();
    torch::nn::functional::binary_cross_entropy_with_logits(model->forward(x).squeeze(1), y).backward();
    optimizer.step();
  }
  state.counters["us_per_replica_step"] = benchmark::Counter(static_cast<double>(state.iterations()) * 1e-6,
                                                             benchmark::Counter::kIsRate | benchmark::Counter::kInvert);
}
BENCHMARK(sequential)->Unit(benchmark::kMicrosecond);

}  // namespace

int main(int argc, char** argv) {
  infoplane::configure_runtime();
  benchmark::Initialize(&argc, argv);
  benchmark::RunSpecifiedBenchmarks();
}
