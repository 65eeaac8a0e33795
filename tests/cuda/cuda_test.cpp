#include <algorithm>
#include <cmath>
#include <iostream>

#define BOOST_TEST_NO_MAIN
#include <boost/test/unit_test.hpp>
#include <torch/cuda.h>

#include <infoplane/estimators/catalogue.hpp>
#include <infoplane/experiments/catalogue.hpp>
#include <infoplane/run.hpp>
#include <infoplane/run_results.hpp>

#include "estimators/samples.hpp"
#include "support/support.hpp"

using namespace infoplane;
using namespace infoplane::testing;

namespace {

// What is exact on both: counts of words. The rest rounds in another order, in float32 for kernels by torch.
constexpr double kTolerance = 1e-5;

LayerSamples on(torch::Device device, LayerSamples samples) {
  samples.inputs = samples.inputs.to(device);
  samples.labels = samples.labels.to(device);
  samples.activations = samples.activations.to(device);
  return samples;
}

RunResults run_on(const std::string& device, const TemporaryFolder& out) {
  const Catalogue catalogue = experiments::catalogue();
  const Experiment experiment = read_experiment(
      parse_yaml("name: small\nreplicas: 3\ndataset: twelve_bit\nmodel: {type: mlp, widths: [6, 3, 1]}\n"
                 "training: {epochs: 5, learning_rate: 0.05, batch_size: 500}\n"
                 "estimators: [{type: binning, bins: 20}, kernel_density]\n",
                 "small.yaml"),
      catalogue);
  Progress silent;
  RunOptions options;
  options.out = out.path();
  options.device = device;
  options.threads = 1;
  return read_run(run(experiment, catalogue, options, silent));
}

}  // namespace

BOOST_AUTO_TEST_SUITE(cuda)

BOOST_AUTO_TEST_CASE(every_estimator_gives_what_it_gives_on_the_cpu) {
  const auto estimators = estimators::catalogue();
  for (const std::string& name : estimators.names()) {
    for (const torch::Dtype type : {torch::kFloat32, torch::kFloat64}) {
      BOOST_TEST_CONTEXT(name << " in " << c10::toString(type)) {
        LayerSamples samples = random_layer(300, 1, 2, 1);
        samples.activations = samples.activations.to(type);
        const auto here = estimators.choose(name)(1)->estimate(samples).values;
        const auto there = estimators.choose(name)(1)->estimate(on(torch::kCUDA, samples)).values;
        BOOST_REQUIRE(here.size() == there.size());
        for (std::size_t v = 0; v < here.size(); ++v) {
          BOOST_TEST(std::abs(here[v].i_xt_bits - there[v].i_xt_bits) < kTolerance);
          BOOST_TEST(std::abs(here[v].i_ty_bits - there[v].i_ty_bits) < kTolerance);
        }
      }
    }
  }
}

BOOST_AUTO_TEST_CASE(training_and_observing_agree_with_the_cpu) {
  const TemporaryFolder out;
  const RunResults here = run_on("cpu", out), there = run_on("cuda", out);
  BOOST_REQUIRE(here.training.size() == there.training.size());
  for (std::size_t i = 0; i < here.training.size(); ++i) {
    // Five epochs of seven steps in float32, summed in another order.
    BOOST_TEST(std::abs(here.training[i].loss - there.training[i].loss) < 1e-4);
  }
  BOOST_REQUIRE(here.information.size() == there.information.size());
  for (std::size_t i = 0; i < here.information.size(); ++i) {
    if (here.information[i].estimator.rfind("kernel_density", 0) != 0) continue;  // bins may differ by an edge
    BOOST_TEST(std::abs(here.information[i].i_xt_bits - there.information[i].i_xt_bits) < 1e-2);
  }
}

BOOST_AUTO_TEST_CASE(a_run_on_the_device_repeats_itself) {
  const TemporaryFolder out;
  const RunResults first = run_on("cuda", out), second = run_on("cuda", out);
  for (std::size_t i = 0; i < first.training.size(); ++i) {
    BOOST_TEST(first.training[i].loss == second.training[i].loss);
  }
}

BOOST_AUTO_TEST_SUITE_END()

int main(int argc, char** argv) {
  if (!torch::cuda::is_available()) {
    std::cout << "skipped: this LibTorch sees no CUDA device\n";
    return 77;
  }
  return boost::unit_test::unit_test_main([] { return true; }, argc, argv);
}
