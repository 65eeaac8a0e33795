#include <infoplane/estimators/ksg.hpp>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <utility>

#include <infoplane/error.hpp>
#include <infoplane/estimators/entropy.hpp>

#include "discrete/discrete.hpp"
#include "neighbors/max_norm.hpp"
#include "samples/arguments.hpp"
#include "samples/labels.hpp"
#include "samples/noise.hpp"

namespace infoplane::estimators {
namespace {

constexpr double kBitsPerNat = 1.44269504088896340736;

// psi(1) .. psi(n).
class Digamma {
 public:
  explicit Digamma(std::int64_t n) : value_(n + 1, -0.57721566490153286061) {
    for (std::int64_t i = 2; i <= n; ++i) value_[i] = value_[i - 1] + 1.0 / static_cast<double>(i - 1);
  }
  double operator()(std::int64_t n) const { return value_[n]; }

 private:
  std::vector<double> value_;
};

// The number of distances in a row that are at most the radius.
std::int64_t count_within(const double* distance, std::int64_t length, double radius) {
  return count_below(distance, length, std::nextafter(radius, std::numeric_limits<double>::infinity()));
}

// One sample's distances to the others in x, in t and in both, each a row of that length, and the distance of its k-th
// neighbor in both.
struct PairDistances {
  const double* x;
  const double* t;
  const double* both;
  std::int64_t length;
  double radius;
};

// The mean of term(PairDistances) over samples.
template <class Term>
double mean_over_samples(const ScaledUnits& x, const ScaledUnits& t, std::int64_t k, Term term) {
  std::vector<std::int64_t> order(x.values.size(0));
  std::iota(order.begin(), order.end(), 0);
  const MaxNorm x_space(x, order), t_space(t, order);
  const std::int64_t n = x_space.size(), length = x_space.length();
  std::vector<double> in_x, in_t, both(length);
  double sum = 0;
  for (std::int64_t i = 0; i < n; ++i) {
    const std::int64_t row = i % MaxNorm::kRows * length;
    if (row == 0) {
      x_space.distances(i, in_x);
      t_space.distances(i, in_t);
    }
    for (std::int64_t j = 0; j < length; ++j) both[j] = std::max(in_x[row + j], in_t[row + j]);
    sum += term(PairDistances{&in_x[row], &in_t[row], both.data(), length, kth_smallest(both.data(), n, k)});
  }
  return sum / static_cast<double>(n);
}

// The samples of labels with more than one sample, label by label.
struct GroupedSamples {
  std::vector<std::int64_t> order;
  std::vector<std::int64_t> first, size;  // for each of them: the first of its label's samples, and their number
};

GroupedSamples group_by_label(const torch::Tensor& labels) {
  GroupedSamples grouped;
  for (const auto& samples : samples_by_label(labels)) {
    if (samples.size() < 2) continue;
    grouped.first.insert(grouped.first.end(), samples.size(), static_cast<std::int64_t>(grouped.order.size()));
    grouped.size.insert(grouped.size.end(), samples.size(), static_cast<std::int64_t>(samples.size()));
    grouped.order.insert(grouped.order.end(), samples.begin(), samples.end());
  }
  return grouped;
}

double kraskov_bits(const ScaledUnits& x, const ScaledUnits& t, std::int64_t neighbors) {
  const std::int64_t n = x.values.size(0), k = std::min(neighbors, n - 1);
  if (n == 1) return 0;
  const Digamma psi(n);
  const double mean = mean_over_samples(x, t, k, [&](const PairDistances& distance) {
    return psi(count_below(distance.x, distance.length, distance.radius) + 1) +
           psi(count_below(distance.t, distance.length, distance.radius) + 1);
  });
  return (psi(k) + psi(n) - mean) * kBitsPerNat;
}

double mixed_bits(const ScaledUnits& x, const ScaledUnits& t, std::int64_t neighbors) {
  const std::int64_t n = x.values.size(0), k = std::min(neighbors, n - 1);
  if (n == 1) return 0;
  const Digamma psi(n);
  const double mean = mean_over_samples(x, t, k, [&](const PairDistances& distance) {
    const auto count = distance.radius > 0 ? count_below : count_within;
    const std::int64_t own_k = distance.radius > 0 ? k : count(distance.both, distance.length, 0) + 1;
    return psi(own_k) - psi(count(distance.x, distance.length, distance.radius) + 1) -
           psi(count(distance.t, distance.length, distance.radius) + 1);
  });
  return (std::log(n) + mean) * kBitsPerNat;
}

double ross_bits(const ScaledUnits& t, const torch::Tensor& labels, std::int64_t k) {
  const GroupedSamples grouped = group_by_label(labels);
  if (grouped.order.empty()) return 0;
  const MaxNorm space(t, grouped.order);
  const std::int64_t n = space.size(), length = space.length();
  const Digamma psi(n);
  std::vector<double> rows;
  double sum = 0;
  for (std::int64_t i = 0; i < n; ++i) {
    if (i % MaxNorm::kRows == 0) space.distances(i, rows);
    const double* all = &rows[i % MaxNorm::kRows * length];
    const double* own = all + grouped.first[i];
    const std::int64_t size = grouped.size[i];
    const double radius = kth_smallest(own, size, std::min(k, size - 1));
    const auto nearest = std::count_if(own, own + size, [&](double distance) { return distance <= radius; });
    sum += psi(nearest) - psi(size) - psi(count_within(all, length, radius));
  }
  return (psi(n) + sum / static_cast<double>(n)) * kBitsPerNat;
}

void require_pairs(const char* function, const torch::Tensor& x, const torch::Tensor& t, std::int64_t k) {
  require_samples(function, "x", x);
  require_samples(function, "t", t);
  require_as_many(function, "t", t, "x", x);
  require_at_least(function, "k", k, 1);
}

class Ksg : public Estimator {
 public:
  Ksg(const KsgOptions& options, std::uint64_t seed) : options_(options), seed_(seed) {}

  Estimate estimate(const LayerSamples& samples) const override {
    validate(samples);
    const bool estimates_i_xt = options_.i_xt == InputInformation::estimate;
    if (estimates_i_xt) require_finite_inputs(samples);
    const auto [i_xt, i_ty] = raw_bits(samples);
    const double i_ty_cap = entropy_bits(label_symbols(samples.labels));
    const double i_xt_cap = estimates_i_xt ? cap_bits(samples.activations.size(0)) : kNotEstimated;
    return {{{"", std::clamp(i_xt, 0.0, i_xt_cap), std::clamp(i_ty, 0.0, i_ty_cap), i_xt_cap, i_ty_cap, {i_xt, i_ty}}},
            {}};
  }

  bool estimates_i_xt() const override { return options_.i_xt == InputInformation::estimate; }

  Cost cost(const EstimateSize& size) const override {
    const auto n = static_cast<double>(size.samples), width = static_cast<double>(size.inputs + size.units);
    return {n * n * (1e-9 + 1.7e-10 * width), n * (100 + 24 * width)};
  }

  bool compares_inputs() const override { return options_.i_xt == InputInformation::estimate; }

  std::vector<std::string> details() const override { return {"i_xt_raw_bits", "i_ty_raw_bits"}; }

  std::vector<Exemption> exemptions() const override {
    if (options_.noise_variance == 0) return {};
    return {{"sample_order", "its noise is drawn sample by sample"},
            {"unit_order", "its noise is drawn unit by unit"},
            {"scale", "noise_variance is in the unit of the activations"},
            {"sign", "its noise has a sign"}};
  }

 private:
  // I(X;T) and I(T;Y). A constant unit with independent noise has no information.
  std::pair<double, double> raw_bits(const LayerSamples& samples) const {
    const torch::Tensor activations = samples.activations.cpu();
    const torch::Tensor varies = (activations != activations[0]).any(0).nonzero().flatten();
    const bool has_inputs = options_.i_xt == InputInformation::estimate;
    if (varies.numel() == 0) return {has_inputs ? 0 : kNotEstimated, 0};
    const ScaledUnits t = space_of(with_noise(activations, options_.noise_variance, seed_).index_select(1, varies));
    const double i_ty = ross_bits(t, samples.labels, options_.neighbors);
    if (!has_inputs) return {kNotEstimated, i_ty};
    const ScaledUnits x = space_of(samples.inputs);
    const auto i_xt = options_.form == NeighborForm::mixed ? mixed_bits : kraskov_bits;
    return {i_xt(x, t, options_.neighbors), i_ty};
  }

  ScaledUnits space_of(const torch::Tensor& samples) const {
    return options_.standardize ? scaled_by_deviation(samples) : unscaled(samples);
  }

  double cap_bits(std::int64_t n) const {
    if (n == 1) return 0;
    const Digamma psi(n);
    const double largest = options_.form == NeighborForm::mixed ? std::log(n) : psi(n);
    return (largest - psi(std::min(options_.neighbors, n - 1) + 1)) * kBitsPerNat;
  }

  KsgOptions options_;
  std::uint64_t seed_;
};

}  // namespace

double kraskov_information_bits(const torch::Tensor& x, const torch::Tensor& t, std::int64_t k) {
  require_pairs("kraskov_information_bits", x, t, k);
  return kraskov_bits(unscaled(x), unscaled(t), k);
}

double mixed_information_bits(const torch::Tensor& x, const torch::Tensor& t, std::int64_t k) {
  require_pairs("mixed_information_bits", x, t, k);
  return mixed_bits(unscaled(x), unscaled(t), k);
}

double ross_information_bits(const torch::Tensor& t, const torch::Tensor& labels, std::int64_t k) {
  require_samples("ross_information_bits", "t", t);
  require_labels("ross_information_bits", labels, t);
  require_at_least("ross_information_bits", "k", k, 1);
  return ross_bits(unscaled(t), labels, k);
}

EnumNames<NeighborForm> names(NeighborForm) {
  return {{NeighborForm::kraskov, "kraskov"}, {NeighborForm::mixed, "mixed"}};
}

EnumNames<InputInformation> names(InputInformation) {
  return {{InputInformation::estimate, "estimate"}, {InputInformation::none, "none"}};
}

Fields fields(KsgOptions& o) {
  const Check<double> not_negative{"at least 0", [](double value) { return value >= 0; },
                                   keywords({{"minimum", Node::of_scalar("0")}})};
  return {alias(field("neighbors", o.neighbors, "k: the number of nearest neighbors", at_least(1)), "neighbours"),
          field("form", o.form, "estimator of I(X;T): Kraskov's for continuous variables, or Gao's for mixed ones"),
          field("standardize", o.standardize,
                "whether distances are relative to the standard deviation of each input and unit"),
          field("noise_variance", o.noise_variance, "variance of the noise added to every unit", not_negative),
          field("i_xt", o.i_xt, "whether I(X;T) is estimated; a noise_variance of 0 requires none")};
}

std::unique_ptr<Estimator> make_ksg(const KsgOptions& options, std::uint64_t seed) {
  if (options.noise_variance == 0 && options.i_xt == InputInformation::estimate) {
    throw UsageError(
        "ksg: I(X;T) of a layer without noise is infinite, as T is a function of X: noise_variance must be above 0, or "
        "i_xt none, for I(T;Y) alone");
  }
  return std::make_unique<Ksg>(options, seed);
}

}  // namespace infoplane::estimators
