#include <infoplane/estimators/ksg.hpp>

#include <algorithm>
#include <cmath>
#include <tuple>

#include <infoplane/error.hpp>

#include "estimators/samples.hpp"
#include "support/support.hpp"
#include "support/timing.hpp"

using namespace infoplane;
using namespace infoplane::estimators;
using namespace infoplane::testing;

namespace {

constexpr double kBitsPerNat = 1.44269504088896340736;

torch::Tensor normal(std::int64_t n, std::int64_t units, std::uint64_t seed) {
  return torch::empty({n, units}, torch::kFloat64).normal_(0, 1, at::detail::createCPUGenerator(seed));
}

// x and y of correlation rho: I = -1/2 ln(1 - rho^2).
std::pair<torch::Tensor, torch::Tensor> correlated(std::int64_t n, double rho, std::uint64_t seed) {
  const torch::Tensor both = normal(n, 2, seed), x = both.narrow(1, 0, 1);
  return {x, rho * x + std::sqrt(1 - rho * rho) * both.narrow(1, 1, 1)};
}

double digamma(double x) {
  return x < 10
             ? digamma(x + 1) - 1 / x
             : std::log(x) - 1 / (2 * x) - 1 / (12 * x * x) + 1 / (120 * std::pow(x, 4)) - 1 / (252 * std::pow(x, 6));
}

double distance(const torch::Tensor& t, std::int64_t i, std::int64_t j) {
  return (t[i] - t[j]).abs().max().item<double>();
}

// The definitions with sorted lists of distances.
struct Slow {
  torch::Tensor x, t;
  std::vector<std::vector<double>> in_x, in_t;  // to the other samples

  Slow(const torch::Tensor& x_, const torch::Tensor& t_) : x(x_), t(t_), in_x(x.size(0)), in_t(x.size(0)) {
    for (std::int64_t i = 0; i < x.size(0); ++i) {
      for (std::int64_t j = 0; j < x.size(0); ++j) {
        if (i == j) continue;
        in_x[i].push_back(distance(x, i, j));
        in_t[i].push_back(distance(t, i, j));
      }
    }
  }
  double radius(std::size_t i, std::int64_t k) const {
    std::vector<double> both;
    for (std::size_t j = 0; j < in_x[i].size(); ++j) both.push_back(std::max(in_x[i][j], in_t[i][j]));
    std::sort(both.begin(), both.end());
    return both[k - 1];
  }
  static double below(const std::vector<double>& distances, double r) {
    return std::count_if(distances.begin(), distances.end(), [&](double d) { return d < r; });
  }
  static double within(const std::vector<double>& distances, double r) {
    return std::count_if(distances.begin(), distances.end(), [&](double d) { return d <= r; });
  }
  double kraskov(std::int64_t k) const {
    double sum = 0;
    for (std::size_t i = 0; i < in_x.size(); ++i) {
      sum += digamma(below(in_x[i], radius(i, k)) + 1) + digamma(below(in_t[i], radius(i, k)) + 1);
    }
    return digamma(k) + digamma(in_x.size()) - sum / in_x.size();
  }
  double mixed(std::int64_t k) const {
    double sum = 0;
    for (std::size_t i = 0; i < in_x.size(); ++i) {
      const double r = radius(i, k);
      double own_k = k;
      if (r == 0) {
        own_k = 1;
        for (std::size_t j = 0; j < in_x[i].size(); ++j) own_k += in_x[i][j] == 0 && in_t[i][j] == 0;
      }
      const auto count = r == 0 ? within : below;
      sum += digamma(own_k) - digamma(count(in_x[i], r) + 1) - digamma(count(in_t[i], r) + 1);
    }
    return std::log(in_x.size()) + sum / in_x.size();
  }
};

double slow_ross(const torch::Tensor& t, const torch::Tensor& labels, std::int64_t k) {
  const std::int64_t n = t.size(0);
  double sum = 0;
  for (std::int64_t i = 0; i < n; ++i) {
    std::vector<double> own, all;
    for (std::int64_t j = 0; j < n; ++j) {
      if (i == j) continue;
      all.push_back(distance(t, i, j));
      if (labels[i].item<std::int64_t>() == labels[j].item<std::int64_t>()) own.push_back(all.back());
    }
    std::sort(own.begin(), own.end());
    const double r = own[std::min<std::size_t>(k, own.size()) - 1];
    sum += digamma(Slow::within(own, r)) - digamma(own.size() + 1) - digamma(Slow::within(all, r));
  }
  return digamma(n) + sum / n;
}

// Mean over seeds of an estimate, in nats.
template <class Call>
double mean_nats(int seeds, Call estimate_bits) {
  double sum = 0;
  for (int seed = 1; seed <= seeds; ++seed) sum += estimate_bits(seed) / kBitsPerNat;
  return sum / seeds;
}

// Two labels at -1 and 1 with noise of standard deviation s: h(T) - h(noise), integrated.
double two_clusters_bits(double s) {
  double h = 0;
  const double step = 1e-3, scale = 1 / (2 * s * std::sqrt(2 * std::acos(-1.0)));
  for (double t = -12; t < 12; t += step) {
    const double p = scale * (std::exp(-(t - 1) * (t - 1) / (2 * s * s)) + std::exp(-(t + 1) * (t + 1) / (2 * s * s)));
    if (p > 0) h -= p * std::log2(p) * step;
  }
  return h - 0.5 * std::log2(2 * std::acos(-1.0) * std::exp(1.0) * s * s);
}

}  // namespace

BOOST_AUTO_TEST_SUITE(ksg)

BOOST_AUTO_TEST_CASE(correlated_normal_variables_have_their_closed_form) {
  for (const double rho : {0.0, 0.75, 0.95}) {
    for (const auto estimate : {kraskov_information_bits, mixed_information_bits}) {
      const auto of_seed = [&](int seed) {
        const auto [x, y] = correlated(1000, rho, seed);
        return estimate(x, y, 3);
      };
      // One estimate of 1000 samples scatters by 0.035 nats, the mean of 20 by 0.008; its bias at rho = 0.95 is 0.017.
      BOOST_TEST(std::abs(mean_nats(20, of_seed) + 0.5 * std::log(1 - rho * rho)) < 0.045);
    }
  }
}

BOOST_AUTO_TEST_CASE(two_overlapping_clusters_have_the_information_that_integration_gives) {
  const double truth = two_clusters_bits(1);
  const torch::Tensor labels = torch::arange(1000) % 2;
  const auto estimate = [&](int seed) {
    return ross_information_bits(normal(1000, 1, seed) + labels.unsqueeze(1) * 2 - 1, labels, 3);
  };
  BOOST_TEST(std::abs(mean_nats(20, estimate) * kBitsPerNat - truth) < 0.03);  // scatter of the mean 0.01
}

BOOST_AUTO_TEST_CASE(the_slow_definition_gives_the_same_numbers) {
  for (const std::int64_t n : {2, 5, 60, 97}) {
    const torch::Tensor x = normal(n, 3, 1), t = normal(n, 2, 2) + x.narrow(1, 0, 2), labels = torch::arange(n) % 2;
    for (const std::int64_t k : {1, 3, 8, 80}) {
      const Slow slow(x, t);
      const std::int64_t own_k = std::min(k, n - 1);
      BOOST_TEST(std::abs(kraskov_information_bits(x, t, k) / kBitsPerNat - slow.kraskov(own_k)) < 1e-9);
      BOOST_TEST(std::abs(mixed_information_bits(x, t, k) / kBitsPerNat - slow.mixed(own_k)) < 1e-9);
      if (n >= 5) {
        BOOST_TEST(std::abs(ross_information_bits(t, labels, k) / kBitsPerNat - slow_ross(t, labels, k)) < 1e-9);
      }
    }
  }
}

BOOST_AUTO_TEST_CASE(the_slow_definition_gives_the_same_numbers_where_samples_repeat) {
  const torch::Tensor x = normal(80, 1, 1).mul(2).round(), t = (x + normal(80, 1, 2)).mul(2).round();
  const torch::Tensor labels = torch::arange(80) % 3;
  for (const std::int64_t k : {1, 3, 8}) {
    BOOST_TEST(std::abs(mixed_information_bits(x, t, k) / kBitsPerNat - Slow(x, t).mixed(k)) < 1e-9);
    BOOST_TEST(std::abs(ross_information_bits(t, labels, k) / kBitsPerNat - slow_ross(t, labels, k)) < 1e-9);
  }
}

BOOST_AUTO_TEST_CASE(x_and_t_may_be_exchanged_moved_and_reordered) {
  const auto [x, t] = correlated(200, 0.75, 1);
  const double bits = kraskov_information_bits(x, t, 3);
  const auto near = boost::test_tools::tolerance(1e-12);  // the order of a sum
  BOOST_TEST(kraskov_information_bits(t, x, 3) == bits, near);
  BOOST_TEST(kraskov_information_bits(x * 8, t * 8, 3) == bits, near);
  const torch::Tensor backwards = torch::arange(199, -1, -1);
  BOOST_TEST(kraskov_information_bits(x.index_select(0, backwards), t.index_select(0, backwards), 3) == bits, near);
}

BOOST_AUTO_TEST_CASE(labels_that_the_layer_repeats_give_their_entropy) {
  const torch::Tensor labels = torch::arange(300) % 3, t = labels.unsqueeze(1).to(torch::kFloat32);
  // psi(300) - psi(100) is ln 3 + 1/300.
  BOOST_TEST(std::abs(ross_information_bits(t, labels, 3) / kBitsPerNat - std::log(3)) < 0.004);
}

BOOST_AUTO_TEST_CASE(a_constant_layer_holds_nothing_of_the_labels) {
  const torch::Tensor labels = torch::arange(300) % 3, t = torch::ones({300, 4});
  BOOST_TEST(std::abs(ross_information_bits(t, labels, 3)) < 0.01);  // 1/100 - 1/300 nats of small samples
}

BOOST_AUTO_TEST_CASE(one_sample_and_labels_that_occur_once_have_estimates) {
  const torch::Tensor one = torch::ones({1, 2}), label = torch::zeros({1}, torch::kInt64);
  BOOST_TEST(kraskov_information_bits(one, one, 3) == 0);
  BOOST_TEST(mixed_information_bits(one, one, 3) == 0);
  BOOST_TEST(ross_information_bits(one, label, 3) == 0);
  const torch::Tensor t = normal(41, 2, 1), labels = torch::cat({torch::arange(40) % 2, torch::tensor({7})});
  BOOST_TEST(ross_information_bits(t, labels, 3) ==
             ross_information_bits(t.narrow(0, 0, 40), labels.narrow(0, 0, 40), 3));
}

BOOST_AUTO_TEST_CASE(the_estimator_adds_the_same_noise_each_time) {
  const LayerSamples samples = random_layer(200, 3, 2, 1);
  const Information first = make_ksg({}, 5)->estimate(samples).values.at(0);
  const Information second = make_ksg({}, 5)->estimate(samples).values.at(0);
  BOOST_TEST(first.i_xt_bits == second.i_xt_bits);
  BOOST_TEST(first.i_ty_bits == second.i_ty_bits);
  BOOST_TEST(make_ksg({}, 6)->estimate(samples).values.at(0).i_ty_bits != first.i_ty_bits);
}

BOOST_AUTO_TEST_CASE(a_noisy_multiple_of_the_input_has_its_closed_form) {
  LayerSamples samples = layer_of(torch::empty({0}), std::vector<std::int64_t>(2000), 1);
  samples.inputs = normal(2000, 1, 3);
  samples.activations = samples.inputs * 2;
  KsgOptions options;
  options.noise_variance = 0.5;
  const Information information = make_ksg(options, 1)->estimate(samples).values.at(0);
  BOOST_TEST(std::abs(information.i_xt_bits - 0.5 * std::log2(1 + 4 / 0.5)) < 0.1);  // scatter 0.03
  BOOST_TEST(information.i_ty_bits == 0);
}

// A layer of correlation rho with its input, and noise that is negligible in any unit.
Information of_correlated(double rho, double factor, const KsgOptions& given, std::uint64_t seed) {
  LayerSamples samples = layer_of(torch::empty({0}), std::vector<std::int64_t>(1000), 2);
  std::tie(samples.inputs, samples.activations) = correlated(1000, rho, seed);
  samples.labels = (samples.inputs.select(1, 0) > 0).to(torch::kInt64);
  samples.activations = samples.activations * factor;
  KsgOptions options = given;
  options.noise_variance = 1e-6 * factor * factor;
  return make_ksg(options, 1)->estimate(samples).values.at(0);
}

BOOST_AUTO_TEST_CASE(the_unit_of_the_layer_does_not_matter_if_the_noise_has_it_too) {
  const auto near = boost::test_tools::tolerance(1e-9);
  for (const NeighborForm form : {NeighborForm::kraskov, NeighborForm::mixed}) {
    KsgOptions options;
    options.form = form;
    const Information one = of_correlated(0.75, 1, options, 1);
    BOOST_TEST(std::abs(one.i_xt_bits + 0.5 * std::log2(1 - 0.75 * 0.75)) < 0.1);
    for (const double factor : {1e-3, 7.0, 100.0, 1000.0}) {
      const Information found = of_correlated(0.75, factor, options, 1);
      BOOST_TEST(found.i_xt_bits == one.i_xt_bits, near);
      BOOST_TEST(found.i_ty_bits == one.i_ty_bits, near);
    }
    options.standardize = false;
    BOOST_TEST(of_correlated(0.75, 1000, options, 1).i_xt_bits < 0.1);
  }
}

BOOST_AUTO_TEST_CASE(the_unit_of_a_single_input_or_unit_does_not_matter) {
  LayerSamples samples = layer_of(torch::empty({0}), std::vector<std::int64_t>(500), 2);
  samples.inputs = normal(500, 2, 3);
  samples.activations = samples.inputs.matmul(normal(2, 2, 4));
  samples.labels = (samples.inputs.select(1, 0) > 0).to(torch::kInt64);
  KsgOptions options;
  options.noise_variance = 1e-12;
  const Information before = make_ksg(options, 1)->estimate(samples).values.at(0);
  const torch::Tensor units = torch::tensor({1.0, 1e5}, torch::kFloat64);
  samples.inputs = samples.inputs * units;
  samples.activations = samples.activations * units.flip(0);
  const Information after = make_ksg(options, 1)->estimate(samples).values.at(0);
  // The noise is another fraction of a unit.
  BOOST_TEST(after.i_xt_bits == before.i_xt_bits, boost::test_tools::tolerance(1e-3));
  BOOST_TEST(after.i_ty_bits == before.i_ty_bits, boost::test_tools::tolerance(1e-3));
}

BOOST_AUTO_TEST_CASE(equal_differences_stay_equal_when_they_are_scaled) {
  // Whole numbers with many ties, which the division by a standard deviation must not break.
  LayerSamples samples = layer_of(normal(300, 2, 5).mul(2).round(), std::vector<std::int64_t>(300), 3);
  samples.labels = torch::arange(300) % 3;
  samples.activations.select(1, 0).add_(samples.labels);
  samples.activations.select(1, 1).mul_(3);
  KsgOptions options;
  options.noise_variance = 0;
  options.i_xt = InputInformation::none;
  const double scaled = make_ksg(options, 1)->estimate(samples).values.at(0).details.at(1);
  const double deviation = samples.activations.select(1, 0).std(false).item<double>() /
                           samples.activations.select(1, 1).std(false).item<double>();
  // Multiples of 2^-20 are exact, and so are their differences.
  const double exact = std::round(deviation * 0x1p20) / 0x1p20;
  const torch::Tensor by_hand = samples.activations * torch::tensor({1.0, exact}, torch::kFloat64);
  BOOST_TEST(scaled == ross_information_bits(by_hand, samples.labels, 3));
}

BOOST_AUTO_TEST_CASE(a_constant_unit_has_no_part_in_the_estimate_and_a_layer_of_them_no_information) {
  LayerSamples samples = random_layer(400, 1, 2, 1);
  samples.inputs = samples.activations.clone();
  const Information alone = make_ksg({}, 7)->estimate(samples).values.at(0);
  samples.activations = torch::cat({samples.activations, torch::full({400, 1}, 3.0)}, 1);
  const Information with = make_ksg({}, 7)->estimate(samples).values.at(0);
  // The noise of the first unit is other numbers.
  BOOST_TEST(std::abs(with.i_xt_bits - alone.i_xt_bits) < 0.15);
  BOOST_TEST(std::abs(with.i_ty_bits - alone.i_ty_bits) < 0.1);
  samples.activations = torch::full({400, 2}, 3.0);
  const Information constant = make_ksg({}, 7)->estimate(samples).values.at(0);
  BOOST_TEST(constant.i_xt_bits == 0);
  BOOST_TEST(constant.i_ty_bits == 0);
  BOOST_TEST(constant.details.at(0) == 0);
}

BOOST_AUTO_TEST_CASE(a_layer_that_repeats_its_input_reaches_the_cap) {
  for (const std::int64_t k : {1, 3, 10}) {
    LayerSamples samples = random_layer(500, 2, 2, 9);
    samples.inputs = samples.activations.clone();
    KsgOptions options;
    options.neighbors = k;
    options.noise_variance = 1e-24;
    const Information information = make_ksg(options, 1)->estimate(samples).values.at(0);
    BOOST_TEST(information.details.at(0) == information.i_xt_cap_bits, boost::test_tools::tolerance(1e-9));
  }
}

BOOST_AUTO_TEST_CASE(values_lie_between_zero_and_their_caps_and_raw_ones_stand_beside) {
  for (const NeighborForm form : {NeighborForm::kraskov, NeighborForm::mixed}) {
    for (std::uint64_t seed = 1; seed <= 20; ++seed) {
      LayerSamples samples = random_layer(2 + 6 * seed, 2, 3, seed);
      KsgOptions options;
      options.form = form;
      options.noise_variance = seed % 2 == 0 ? 1e-12 : 10;
      const Information information = make_ksg(options, seed)->estimate(samples).values.at(0);
      BOOST_TEST(information.i_xt_bits >= 0);
      BOOST_TEST(information.details.at(0) <= information.i_xt_cap_bits + 1e-12);  // of a sum of digammas
      BOOST_TEST(information.i_xt_bits == std::clamp(information.details.at(0), 0.0, information.i_xt_cap_bits));
      BOOST_TEST(information.i_ty_bits == std::clamp(information.details.at(1), 0.0, information.i_ty_cap_bits));
    }
  }
}

BOOST_AUTO_TEST_CASE(the_information_of_a_layer_without_noise_is_refused) {
  KsgOptions options;
  options.noise_variance = 0;
  BOOST_TEST(
      message_of<UsageError>([&] { make_ksg(options, 1); }) ==
      "ksg: I(X;T) of a layer without noise is infinite, as T is a function of X: noise_variance must be above 0, "
      "or i_xt none, for I(T;Y) alone");
  options.i_xt = InputInformation::none;
  const LayerSamples samples = random_layer(100, 2, 2, 1);
  const Information information = make_ksg(options, 1)->estimate(samples).values.at(0);
  BOOST_TEST(std::isnan(information.i_xt_bits));
  BOOST_TEST(std::isnan(information.i_xt_cap_bits));
  BOOST_TEST(std::isnan(information.details.at(0)));
  const torch::Tensor standard = samples.activations / samples.activations.std(0, /*unbiased=*/false);
  BOOST_TEST(information.details.at(1) == ross_information_bits(standard, samples.labels, 3));
  options.standardize = false;
  BOOST_TEST(make_ksg(options, 1)->estimate(samples).values.at(0).details.at(1) ==
             ross_information_bits(samples.activations, samples.labels, 3));
}

BOOST_AUTO_TEST_CASE(numbers_that_are_not_finite_are_refused) {
  LayerSamples samples = random_layer(10, 2, 2, 1);
  samples.inputs[4][0] = std::nan("");
  BOOST_TEST(message_of<Error>([&] { make_ksg({}, 1)->estimate(samples); }) ==
             "input 0 of sample 4 is nan, inputs must be finite");
  samples.activations[3][1] = std::nan("");
  BOOST_TEST(message_of<Error>([&] { make_ksg({}, 1)->estimate(samples); }) ==
             "layer L: the activation of sample 3, unit 1 is nan, activations must be finite");
}

BOOST_AUTO_TEST_CASE(far_neighbors_take_little_more_time_than_near_ones) {
  const auto [x, t] = correlated(3000, 0.5, 1);
  const auto seconds = [&, x = x, t = t](std::int64_t k) {
    return least_seconds([&] { kraskov_information_bits(x, t, k); });
  };
  BOOST_TEST(seconds(1500) < 30 * seconds(3));
}

BOOST_AUTO_TEST_SUITE_END()
