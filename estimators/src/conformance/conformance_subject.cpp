#include "conformance/conformance_subject.hpp"

#include <algorithm>
#include <cmath>
#include <map>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "calibration/calibration_samples.hpp"

namespace infoplane::estimators {
namespace {

struct Shape {
  ActivationKind kind;
  torch::ScalarType type;
  std::int64_t samples, inputs, units, classes;
};

torch::Tensor activated(ActivationKind kind, const torch::Tensor& sums) {
  if (kind == ActivationKind::tanh) return sums.tanh();
  return kind == ActivationKind::relu ? sums.relu() : sums;
}

LayerSamples random_layer(const Shape& shape) {
  const at::Generator generator = generator_of(1);
  const torch::Tensor x = normal(shape.samples, shape.inputs, generator);
  const torch::Tensor sums = x.matmul(normal(shape.inputs, shape.units, generator));
  const torch::Tensor noisy = x.select(1, 0) + 0.3 * normal(shape.samples, 1, generator).select(1, 0);
  LayerSamples samples;
  samples.inputs = x.to(shape.type);
  samples.labels =
      (noisy + static_cast<double>(shape.classes) / 2).floor().clamp(0, shape.classes - 1).to(torch::kInt64);
  samples.classes = shape.classes;
  samples.activations = activated(shape.kind, sums).to(shape.type);
  samples.kind = shape.kind;
  samples.layer = Codec<ActivationKind>::write(shape.kind).scalar;
  return samples;
}

void require_same(double found, double expected, double tolerance, const std::string& what) {
  const bool same = found == expected || (std::isnan(found) && std::isnan(expected)) ||
                    std::abs(found - expected) <= tolerance * std::max(1.0, std::abs(expected));
  require(same, fmt::format("{} is {}, expected {}", what, found, expected));
}

}  // namespace

Subject::Subject(const MakeEstimator& make) : make_(make) {
  for (const Exemption& exemption : make(1)->exemptions()) exempt_.insert(exemption.check);
  layers_ = random_layers(!is_exempt("several_units"));
}

LayerSamples Subject::large_layer() const {
  const std::int64_t width = is_exempt("several_units") ? 1 : 2;
  return random_layer({ActivationKind::tanh, torch::kFloat64, 600, width, width, 2});
}

void Subject::require_sound(const Estimate& estimate, const LayerSamples& samples) const {
  if (!is_exempt("details")) require_details(estimate, *make());
  if (!is_exempt("not_negative")) require_not_negative(estimate, *make());
  if (!is_exempt("caps")) require_within_caps(estimate, *make());
  if (!is_exempt("label_entropy")) require_within_label_entropy(estimate, samples);
}

std::string Subject::described(const LayerSamples& samples) {
  return fmt::format("{} {} [{}, {}], {} labels", samples.layer, c10::toString(samples.activations.scalar_type()),
                     samples.activations.size(0), samples.activations.size(1), samples.classes);
}

std::vector<LayerSamples> random_layers(bool several_units) {
  std::vector<LayerSamples> layers;
  for (Shape shape : {Shape{ActivationKind::tanh, torch::kFloat64, 60, 2, 3, 2},
                      Shape{ActivationKind::relu, torch::kFloat32, 48, 3, 4, 3},
                      Shape{ActivationKind::linear, torch::kFloat64, 61, 1, 1, 3}}) {
    if (!several_units) shape.inputs = shape.units = 1;
    layers.push_back(random_layer(shape));
  }
  return layers;
}

LayerSamples layer_of_labels(LayerSamples samples) {
  const torch::Tensor centered = samples.labels * 2 - (samples.classes - 1);
  samples.activations = (100 * centered.unsqueeze(1)).to(samples.activations.scalar_type());
  samples.kind = ActivationKind::linear;
  return samples;
}

std::string prefix(const Information& information) {
  return information.value.empty() ? "" : "'" + information.value + "': ";
}

double label_entropy_bits(const LayerSamples& samples) {
  std::map<std::int64_t, double> count;
  const auto n = static_cast<double>(samples.labels.size(0));
  for (std::int64_t i = 0; i < samples.labels.size(0); ++i) ++count[samples.labels[i].item<std::int64_t>()];
  double entropy = 0;
  for (const auto& [label, times] : count) entropy -= times / n * std::log2(times / n);
  return entropy;
}

void require_details(const Estimate& estimate, const Estimator& estimator) {
  require(!estimate.values.empty(), "no values, there must be at least one");
  const std::size_t expected = estimator.details().size();
  std::vector<std::string> names;
  for (const Information& information : estimate.values) {
    require(information.details.size() == expected,
            fmt::format("{}{} details, details() names {}", prefix(information), information.details.size(), expected));
    const bool is_new = std::find(names.begin(), names.end(), information.value) == names.end();
    require(is_new, fmt::format("two values are called '{}'", information.value));
    names.push_back(information.value);
  }
  require(names == estimator.values(), fmt::format("the values are '{}', values() names '{}'", fmt::join(names, "', '"),
                                                   fmt::join(estimator.values(), "', '")));
}

void require_not_negative(const Estimate& estimate, const Estimator& estimator) {
  for (const Information& i : estimate.values) {
    const auto not_negative = [&](const char* name, double bits) {
      require(std::isfinite(bits) && bits >= 0, fmt::format("{}{} is {}, must be at least 0", prefix(i), name, bits));
    };
    if (estimator.estimates_i_xt()) not_negative("I(X;T)", i.i_xt_bits);
    not_negative("I(T;Y)", i.i_ty_bits);
  }
}

void require_within_caps(const Estimate& estimate, const Estimator& estimator) {
  const auto within = [](const std::string& name, double bits, double cap) {
    require(std::isfinite(cap), fmt::format("the cap of {} is {}, must be finite", name, cap));
    require(bits <= cap, fmt::format("{} is {}, above its cap {}", name, bits, cap));
  };
  for (const Information& i : estimate.values) {
    if (estimator.estimates_i_xt()) within(prefix(i) + "I(X;T)", i.i_xt_bits, i.i_xt_cap_bits);
    within(prefix(i) + "I(T;Y)", i.i_ty_bits, i.i_ty_cap_bits);
  }
}

void require_within_label_entropy(const Estimate& estimate, const LayerSamples& samples) {
  const double h_y = label_entropy_bits(samples);
  for (const Information& i : estimate.values) {
    require(i.i_ty_bits <= h_y + 1e-12, fmt::format("{}I(T;Y) is {}, above H(Y) = {}", prefix(i), i.i_ty_bits, h_y));
  }
}

void require_same(const Estimate& found, const Estimate& expected, double tolerance) {
  require(found.values.size() == expected.values.size(),
          fmt::format("{} values, expected {}", found.values.size(), expected.values.size()));
  for (std::size_t v = 0; v < found.values.size(); ++v) {
    const Information &f = found.values[v], &e = expected.values[v];
    require(f.value == e.value, fmt::format("value '{}', expected '{}'", f.value, e.value));
    require_same(f.i_xt_bits, e.i_xt_bits, tolerance, prefix(f) + "I(X;T)");
    require_same(f.i_ty_bits, e.i_ty_bits, tolerance, prefix(f) + "I(T;Y)");
    require_same(f.i_xt_cap_bits, e.i_xt_cap_bits, tolerance, prefix(f) + "the cap of I(X;T)");
    require_same(f.i_ty_cap_bits, e.i_ty_cap_bits, tolerance, prefix(f) + "the cap of I(T;Y)");
    for (std::size_t d = 0; d < std::min(f.details.size(), e.details.size()); ++d) {
      require_same(f.details[d], e.details[d], tolerance, prefix(f) + fmt::format("detail {}", d));
    }
  }
}

double rounding(const LayerSamples& samples) {
  return samples.activations.scalar_type() == torch::kFloat64 ? 1e-9 : 1e-5;
}

}  // namespace infoplane::estimators
