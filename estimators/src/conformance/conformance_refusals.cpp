#include <limits>

#include <ATen/CPUGeneratorImpl.h>
#include <fmt/format.h>

#include <infoplane/error.hpp>

#include "conformance/conformance_checks.hpp"

namespace infoplane::estimators::conformance {
namespace {

void require_refusal(const Subject& subject, const LayerSamples& samples, const std::string& expected) {
  std::string said;
  try {
    subject.estimate(samples);
  } catch (const Error& error) {
    said = error.what();
  }
  require(said == expected,
          (said.empty() ? "accepted, " : "refused by '" + said + "', ") + "expected '" + expected + "'");
}

}  // namespace

void untouched_samples(const Subject& subject) {
  subject.on_every_layer([&](const LayerSamples& samples) {
    LayerSamples given = samples;
    given.inputs = samples.inputs.clone();
    given.labels = samples.labels.clone();
    given.activations = samples.activations.clone();
    const auto estimator = subject.make();
    given.prepared = estimator->prepare(given);
    estimator->estimate(given);
    require(torch::equal(given.inputs, samples.inputs), "the inputs were changed");
    require(torch::equal(given.labels, samples.labels), "the labels were changed");
    require(torch::equal(given.activations, samples.activations), "the activations were changed");
  });
}

void global_generator(const Subject& subject) {
  subject.on_every_layer([&](const LayerSamples& samples) {
    const at::Generator generator = at::detail::getDefaultCPUGenerator();
    const torch::Tensor state = generator.get_state();
    subject.estimate(samples);
    require(torch::equal(generator.get_state(), state), "drew from LibTorch's global generator");
  });
}

void finite_activations(const Subject& subject) {
  constexpr double infinity = std::numeric_limits<double>::infinity();
  subject.on_every_layer([&](const LayerSamples& samples) {
    const std::int64_t sample = samples.activations.size(0) / 2, unit = samples.activations.size(1) - 1;
    for (const auto& [value, name] :
         {std::pair(std::nan(""), "nan"), std::pair(infinity, "inf"), std::pair(-infinity, "-inf")}) {
      LayerSamples wrong = samples;
      wrong.activations = samples.activations.clone();
      wrong.activations[sample][unit] = value;
      require_refusal(subject, wrong,
                      fmt::format("layer {}: the activation of sample {}, unit {} is {}, activations must be finite",
                                  samples.layer, sample, unit, name));
    }
  });
}

void label_range(const Subject& subject) {
  subject.on_every_layer([&](const LayerSamples& samples) {
    const std::int64_t sample = samples.labels.size(0) / 2;
    for (const std::int64_t label : {std::int64_t{-1}, samples.classes}) {
      LayerSamples wrong = samples;
      wrong.labels = samples.labels.clone();
      wrong.labels[sample] = label;
      require_refusal(subject, wrong,
                      fmt::format("layer {}: the label of sample {} is {}, labels must be in 0..{}", samples.layer,
                                  sample, label, samples.classes - 1));
    }
  });
}

}  // namespace infoplane::estimators::conformance
