#include <cmath>

#include <fmt/format.h>

#include "conformance/conformance_checks.hpp"

namespace infoplane::estimators::conformance {
namespace {

constexpr double kShortOfEntropy = 0.05;  // what a bound of a trained network, or a kernel's width, leaves

void require_sound(const Subject& subject, const LayerSamples& samples) {
  subject.require_sound(subject.estimate(samples), samples);
}

LayerSamples of_samples(LayerSamples samples, const torch::Tensor& chosen) {
  samples.inputs = samples.inputs.index_select(0, chosen);
  samples.labels = samples.labels.index_select(0, chosen);
  samples.activations = samples.activations.index_select(0, chosen);
  return samples;
}

void require_nothing(const Estimate& estimate, double tolerance) {
  for (const Information& i : estimate.values) {
    require(!(i.i_xt_bits > tolerance), fmt::format("{}I(X;T) is {}, must be 0", prefix(i), i.i_xt_bits));
    require(i.i_ty_bits <= tolerance, fmt::format("{}I(T;Y) is {}, must be 0", prefix(i), i.i_ty_bits));
  }
}

}  // namespace

void several_units(const Subject& subject) {
  for (const LayerSamples& samples : random_layers(/*several_units=*/true)) {
    Subject::on(samples, [&](const LayerSamples& layer) { subject.estimate(layer); });
  }
}

void details(const Subject& subject) {
  subject.on_every_layer([&](const LayerSamples& samples) {
    const auto estimator = subject.make();
    require_details(estimator->estimate(samples), *estimator);
  });
}

void not_estimated(const Subject& subject) {
  if (subject.make()->estimates_i_xt()) return;
  subject.on_every_layer([&](const LayerSamples& samples) {
    for (const Information& i : subject.estimate(samples).values) {
      require(std::isnan(i.i_xt_bits) && std::isnan(i.i_xt_cap_bits),
              fmt::format("{}I(X;T) is {} and its cap {}, must be nan", prefix(i), i.i_xt_bits, i.i_xt_cap_bits));
    }
  });
}

void not_negative(const Subject& subject) {
  subject.on_every_layer(
      [&](const LayerSamples& samples) { require_not_negative(subject.estimate(samples), *subject.make()); });
}

void caps(const Subject& subject) {
  subject.on_every_layer(
      [&](const LayerSamples& samples) { require_within_caps(subject.estimate(samples), *subject.make()); });
}

void label_entropy(const Subject& subject) {
  subject.on_every_layer([&](const LayerSamples& samples) {
    for (const LayerSamples& layer : {samples, layer_of_labels(samples)}) {
      require_within_label_entropy(subject.estimate(layer), layer);
    }
  });
}

void constant_layer(const Subject& subject) {
  subject.on_every_layer([&](LayerSamples samples) {
    samples.activations = torch::full_like(samples.activations, samples.kind == ActivationKind::relu ? 0.0 : 0.3);
    require_nothing(subject.estimate(samples), 1e-6);  // of networks in float32
  });
}

void label_layer(const Subject& subject) {
  const auto check = [&](const LayerSamples& samples) {
    const double h_y = label_entropy_bits(samples);
    for (const Information& i : subject.estimate(layer_of_labels(samples)).values) {
      require(std::abs(i.i_ty_bits - h_y) <= kShortOfEntropy * h_y,
              fmt::format("{}I(T;Y) of the label itself is {}, must be H(Y) = {}", prefix(i), i.i_ty_bits, h_y));
    }
  };
  subject.on_every_layer(check);
  Subject::on(subject.large_layer(), check);
}

void one_sample(const Subject& subject) {
  subject.on_every_layer([&](const LayerSamples& samples) {
    const LayerSamples one = of_samples(samples, torch::tensor({0}));
    require_sound(subject, one);
    require_nothing(subject.estimate(one), 0);
  });
}

void few_samples(const Subject& subject) {
  subject.on_every_layer([&](const LayerSamples& samples) {
    for (const std::int64_t n : {2, 5}) {
      LayerSamples few = of_samples(samples, torch::arange(n));
      few.classes = 7;
      require_sound(subject, few);
    }
  });
}

void empty_class(const Subject& subject) {
  subject.on_every_layer([&](LayerSamples samples) {
    samples.classes += 2;
    samples.labels = torch::where(samples.labels == 1, samples.classes - 1, samples.labels);
    require_sound(subject, samples);
    samples.labels = torch::ones_like(samples.labels);
    require_sound(subject, samples);
  });
}

void repeated_samples(const Subject& subject) {
  subject.on_every_layer([&](const LayerSamples& samples) {
    for (const std::int64_t distinct : {12, 2})
      require_sound(subject, of_samples(samples, torch::arange(60) % distinct));
  });
}

}  // namespace infoplane::estimators::conformance
