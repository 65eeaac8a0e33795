#include <cmath>
#include <future>

#include <ATen/CPUGeneratorImpl.h>
#include <fmt/format.h>

#include <infoplane/error.hpp>

#include "conformance/conformance_checks.hpp"

namespace infoplane::estimators::conformance {
namespace {

void require_no_order(const Subject& subject, const LayerSamples& samples) {
  const torch::Tensor order = torch::randperm(samples.labels.size(0), at::detail::createCPUGenerator(2), torch::kInt64);
  LayerSamples reordered = samples;
  reordered.inputs = samples.inputs.index_select(0, order);
  reordered.labels = samples.labels.index_select(0, order);
  reordered.activations = samples.activations.index_select(0, order);
  require_same(subject.estimate(reordered), subject.estimate(samples), rounding(samples));
}

std::vector<int> exponents(const torch::Tensor& values) {
  std::vector<int> exponents = {10, -10, 100, -100};
  if (values.scalar_type() == torch::kFloat64) exponents.insert(exponents.end(), {600, -600});
  return exponents;
}

// Details may be in the unit of the activations.
Estimate without_details(Estimate estimate) {
  for (Information& i : estimate.values) i.details.clear();
  return estimate;
}

// The estimate of the samples after each scaling of the tensor that `field` selects.
void require_no_scale(const Subject& subject, torch::Tensor LayerSamples::* field) {
  subject.on_every_layer([&](const LayerSamples& samples) {
    const Estimate expected = without_details(subject.estimate(samples));
    for (const int exponent : exponents(samples.*field)) {
      LayerSamples scaled = samples;
      scaled.*field = samples.*field * std::ldexp(1.0, exponent);
      try {
        require_same(without_details(subject.estimate(scaled)), expected, rounding(samples));
      } catch (const Error&) {
        require(std::abs(exponent) > 10, fmt::format("2^{} times as large: refused", exponent));
      } catch (const Violation& violation) {
        throw Violation{fmt::format("2^{} times as large: {}", exponent, violation.what)};
      }
    }
  });
}

// Every second row of a tensor that holds others between.
torch::Tensor strided(const torch::Tensor& rows) { return torch::stack({rows, rows + 1}, 1).select(1, 0); }

// Each sample four times in a row, every second one with its label twice and with the next ones once.
LayerSamples four_copies(LayerSamples samples) {
  const torch::Tensor next = torch::tensor({0, 0, 1, 2}, torch::kInt64);
  const torch::Tensor is_mixed = torch::arange(samples.labels.size(0)) % 2;
  samples.labels = ((samples.labels.unsqueeze(1) + is_mixed.unsqueeze(1) * next) % samples.classes).flatten();
  samples.inputs = samples.inputs.repeat_interleave(4, 0);
  samples.activations = samples.activations.repeat_interleave(4, 0);
  return samples;
}

// The shares of the labels among the copies of each sample.
torch::Tensor shares_among_four(const LayerSamples& copies) {
  const torch::Tensor certain = torch::one_hot(copies.labels, copies.classes).to(torch::kFloat64);
  return certain.view({-1, 4, copies.classes}).mean(1).repeat_interleave(4, 0);
}

}  // namespace

void sample_order(const Subject& subject) {
  const auto check = [&](const LayerSamples& samples) { require_no_order(subject, samples); };
  subject.on_every_layer(check);
  Subject::on(subject.large_layer(), check);
}

void unit_order(const Subject& subject) {
  subject.on_every_layer([&](const LayerSamples& samples) {
    LayerSamples reordered = samples;
    reordered.activations = samples.activations.flip(1);
    require_same(subject.estimate(reordered), subject.estimate(samples), rounding(samples));
  });
}

void scale(const Subject& subject) { require_no_scale(subject, &LayerSamples::activations); }

void input_scale(const Subject& subject) { require_no_scale(subject, &LayerSamples::inputs); }

void shift(const Subject& subject) {
  subject.on_every_layer([&](LayerSamples samples) {
    samples.activations = (samples.activations * 4096).round() / 4096;  // so that sums are exact in float32
    LayerSamples shifted = samples;
    shifted.activations = samples.activations + 8;
    require_same(without_details(subject.estimate(shifted)), without_details(subject.estimate(samples)), 1e-3);
  });
}

void sign(const Subject& subject) {
  subject.on_every_layer([&](LayerSamples samples) {
    if (samples.kind == ActivationKind::relu) samples.kind = ActivationKind::unknown;  // its values are not negative
    LayerSamples negative = samples;
    negative.activations = -samples.activations;
    require_same(subject.estimate(negative), subject.estimate(samples), rounding(samples));
  });
}

void strided_view(const Subject& subject) {
  subject.on_every_layer([&](const LayerSamples& samples) {
    const Estimate expected = subject.estimate(samples);
    LayerSamples view = samples;
    view.activations = samples.activations.t().contiguous().t();
    require_same(subject.estimate(view), expected, rounding(samples));
    view.inputs = strided(samples.inputs);
    view.labels = strided(samples.labels);
    view.activations = strided(samples.activations);
    require_same(subject.estimate(view), expected, rounding(samples));
  });
}

void prepared(const Subject& subject) {
  subject.on_every_layer([&](const LayerSamples& samples) {
    const auto estimator = subject.make();
    LayerSamples inputs = samples;
    inputs.activations = torch::Tensor();
    LayerSamples with = samples;
    with.prepared = estimator->prepare(inputs);
    require_same(estimator->estimate(with), subject.estimate(samples), 0);
  });
}

void certain_labels(const Subject& subject) {
  subject.on_every_layer([&](const LayerSamples& samples) {
    LayerSamples certain = samples;
    certain.label_probabilities = torch::one_hot(samples.labels, samples.classes).to(torch::kFloat64);
    require_same(subject.estimate(certain), subject.estimate(samples), 0);
  });
}

void label_probabilities(const Subject& subject) {
  subject.on_every_layer([&](const LayerSamples& samples) {
    LayerSamples likely = samples;
    likely.label_probabilities = torch::full({samples.labels.size(0), samples.classes},
                                             1.0 / static_cast<double>(samples.classes), torch::kFloat64);
    if (!subject.make()->uses_label_probabilities()) {
      return require_same(subject.estimate(likely), subject.estimate(samples), 0);
    }
    const LayerSamples copies = four_copies(samples);
    likely = copies;
    likely.labels = samples.labels.repeat_interleave(4);
    likely.label_probabilities = shares_among_four(copies);
    const Estimate found = subject.estimate(likely);
    require_same(without_details(found), without_details(subject.estimate(copies)), rounding(samples));
  });
}

void next_epoch(const Subject& subject) {
  subject.on_every_layer([&](const LayerSamples& samples) {
    LayerSamples next = samples;
    next.previous = subject.estimate(samples).state;
    if (!next.previous.defined()) return;
    const torch::Tensor before = next.previous.clone();
    next.activations = samples.activations * 0.9;
    const Estimate first = subject.estimate(next);
    subject.require_sound(first, next);
    require(torch::equal(next.previous, before), "the state of the epoch before was changed");
    require_same(subject.estimate(next), first, 0);
  });
}

void repeatability(const Subject& subject) {
  subject.on_every_layer([&](const LayerSamples& samples) {
    const auto estimator = subject.make();
    const Estimate first = estimator->estimate(samples);
    require_same(estimator->estimate(samples), first, 0);
    require_same(subject.estimate(samples), first, 0);
  });
}

void threads(const Subject& subject) {
  const auto estimator = subject.make();
  std::vector<std::future<Estimate>> found;
  for (const LayerSamples& samples : subject.layers()) {
    found.push_back(std::async(std::launch::async, [&] { return estimator->estimate(samples); }));
  }
  std::size_t layer = 0;
  subject.on_every_layer(
      [&](const LayerSamples& samples) { require_same(found[layer++].get(), subject.estimate(samples), 0); });
}

}  // namespace infoplane::estimators::conformance
