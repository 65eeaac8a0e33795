#include <infoplane/estimators/kernel_density.hpp>

#include <cmath>
#include <limits>
#include <random>

#include <boost/test/unit_test.hpp>

#include <infoplane/error.hpp>

#include "estimators/samples.hpp"
#include "support/support.hpp"

using namespace infoplane;
using namespace infoplane::estimators;
using namespace infoplane::testing;

namespace {

constexpr double kBitsPerNat = 1.44269504088896340736;

torch::Tensor normal(std::int64_t n, std::int64_t units, unsigned seed = 1) {
  std::mt19937 generator(seed);
  std::normal_distribution<double> distribution;
  torch::Tensor t = torch::empty({n, units}, torch::kFloat64);
  for (std::int64_t i = 0; i < t.numel(); ++i) t.data_ptr<double>()[i] = distribution(generator);
  return t;
}

LayerSamples alternating_layer(const torch::Tensor& activations) {
  LayerSamples samples = layer_of(activations, std::vector<std::int64_t>(activations.size(0)), 2);
  samples.labels = torch::arange(activations.size(0)) % 2;
  return samples;
}

torch::Tensor alternating_labels(std::int64_t n, std::int64_t classes) { return torch::arange(n) % classes; }

void check_reference(const torch::Tensor& activations, const torch::Tensor& labels, const std::string& name,
                     const std::string& variance, double tolerance_nats) {
  const auto value = expected().at(name).at("kde_" + variance);
  const KernelDensityBounds bounds = kernel_density_bounds(activations, labels, std::stod(variance));
  BOOST_TEST_CONTEXT(name << " " << variance) {
    BOOST_TEST(std::abs(bounds.i_xt_upper_bits / kBitsPerNat - value.at("i_xt_upper").get<double>()) < tolerance_nats);
    BOOST_TEST(std::abs(bounds.i_xt_lower_bits / kBitsPerNat - value.at("i_xt_lower").get<double>()) < tolerance_nats);
    BOOST_TEST(std::abs(bounds.i_ty_upper_bits / kBitsPerNat - value.at("i_ty_upper").get<double>()) < tolerance_nats);
    BOOST_TEST(std::abs(bounds.i_ty_lower_bits / kBitsPerNat - value.at("i_ty_lower").get<double>()) < tolerance_nats);
  }
}

}  // namespace

BOOST_AUTO_TEST_SUITE(kernel_density)

BOOST_AUTO_TEST_CASE(samples_far_apart_are_told_apart_wholly) {
  const torch::Tensor t = torch::arange(64, torch::kFloat64).unsqueeze(1) * 1000;
  const KernelDensityBounds bounds = kernel_density_bounds(t, alternating_labels(64, 4), 0.1);
  BOOST_TEST(bounds.i_xt_upper_bits == 6.0);
  BOOST_TEST(bounds.i_xt_lower_bits == 6.0);
  BOOST_TEST(bounds.i_ty_upper_bits == 2.0);
  BOOST_TEST(bounds.i_ty_bracket_low_bits == 2.0);
  BOOST_TEST(bounds.i_ty_bracket_high_bits == 2.0);
}

BOOST_AUTO_TEST_CASE(two_samples_have_the_closed_form) {
  const torch::Tensor t = torch::tensor({0.0, 0.6}, torch::kFloat64).unsqueeze(1);
  const KernelDensityBounds bounds = kernel_density_bounds(t, alternating_labels(2, 2), 0.1);
  const double upper = -std::log2((1 + std::exp(-0.36 / 0.2)) / 2), lower = -std::log2((1 + std::exp(-0.36 / 0.8)) / 2);
  BOOST_TEST(bounds.i_xt_upper_bits == upper, boost::test_tools::tolerance(1e-10));
  BOOST_TEST(bounds.i_xt_lower_bits == lower, boost::test_tools::tolerance(1e-10));
  BOOST_TEST(bounds.i_ty_upper_bits == upper, boost::test_tools::tolerance(1e-10));
}

BOOST_AUTO_TEST_CASE(another_alpha_has_its_own_closed_form_of_the_lower_bounds_and_the_same_upper_ones) {
  const torch::Tensor t = torch::tensor({0.0, 0.6}, torch::kFloat64).unsqueeze(1), labels = alternating_labels(2, 2);
  const KernelDensityBounds half = kernel_density_bounds(t, labels, 0.1);
  for (const double alpha : {0.01, 0.2, 0.5, 0.9}) {
    const KernelDensityBounds bounds = kernel_density_bounds(t, labels, {0.1, alpha});
    const double lower = -std::log2((1 + std::exp(-alpha * (1 - alpha) * 0.36 / 0.2)) / 2);
    BOOST_TEST(bounds.i_xt_lower_bits == lower, boost::test_tools::tolerance(1e-9));
    BOOST_TEST(bounds.i_ty_lower_bits == lower, boost::test_tools::tolerance(1e-9));
    BOOST_TEST(bounds.i_ty_bracket_low_bits == lower, boost::test_tools::tolerance(1e-9));
    BOOST_TEST(bounds.i_xt_upper_bits == half.i_xt_upper_bits);
    BOOST_TEST(bounds.i_ty_upper_bits == half.i_ty_upper_bits);
  }
}

BOOST_AUTO_TEST_CASE(of_all_alphas_a_half_gives_the_largest_lower_bound_and_the_narrowest_bracket) {
  for (unsigned seed = 1; seed <= 10; ++seed) {
    const torch::Tensor t = normal(60, 1 + seed % 4, seed), labels = alternating_labels(60, 2);
    const KernelDensityBounds half = kernel_density_bounds(t, labels, 0.1);
    double last = 0;
    for (const double alpha : {1e-9, 0.05, 0.2, 0.35, 0.49}) {
      const KernelDensityBounds bounds = kernel_density_bounds(t, labels, {0.1, alpha});
      const KernelDensityBounds mirrored = kernel_density_bounds(t, labels, {0.1, 1 - alpha});
      BOOST_TEST(last < bounds.i_xt_lower_bits);
      BOOST_TEST(bounds.i_xt_lower_bits < half.i_xt_lower_bits);
      BOOST_TEST(bounds.i_ty_bracket_low_bits <= half.i_ty_bracket_low_bits);
      BOOST_TEST(bounds.i_ty_bracket_high_bits >= half.i_ty_bracket_high_bits);
      BOOST_TEST(mirrored.i_xt_lower_bits == bounds.i_xt_lower_bits, boost::test_tools::tolerance(1e-6));
      last = bounds.i_xt_lower_bits;
    }
  }
}

BOOST_AUTO_TEST_CASE(an_alpha_near_0_leaves_no_lower_bound) {
  const double least = std::numeric_limits<double>::denorm_min();
  const KernelDensityBounds bounds = kernel_density_bounds(normal(60, 2), alternating_labels(60, 2), {0.1, least});
  BOOST_TEST(bounds.i_xt_lower_bits == 0.0);
  BOOST_TEST(bounds.i_ty_bracket_low_bits == 0.0);
}

BOOST_AUTO_TEST_CASE(the_bounds_hold_for_a_mixture_of_two_whose_information_is_known_by_integration) {
  // Half the samples at 0 and half at d: I(X;T) = I(T;Y) = h(T) - h(noise), integrated on a fine grid.
  const double v = 0.1, d = 0.7, step = 1e-4, pi = std::acos(-1.0);
  double h = 0;
  for (double t = -4; t < 5; t += step) {
    const double p =
        (std::exp(-t * t / (2 * v)) + std::exp(-(t - d) * (t - d) / (2 * v))) / (2 * std::sqrt(2 * pi * v));
    if (p > 0) h -= p * std::log2(p) * step;
  }
  const double truth = h - 0.5 * std::log2(2 * pi * std::exp(1.0) * v);
  const torch::Tensor labels = alternating_labels(100, 2);
  const KernelDensityBounds bounds = kernel_density_bounds(labels.to(torch::kFloat64).unsqueeze(1) * d, labels, v);
  BOOST_TEST(bounds.i_xt_lower_bits < truth);
  BOOST_TEST(truth < bounds.i_xt_upper_bits);
  BOOST_TEST(bounds.i_ty_bracket_low_bits < truth);
  BOOST_TEST(truth < bounds.i_ty_bracket_high_bits);
}

BOOST_AUTO_TEST_CASE(the_reference_values_are_met_in_double_and_in_float) {
  for (const std::string name : {"tanh_small", "tanh_wide", "relu"}) {
    const auto data = reference_layer(name, 3, ActivationKind::unknown);
    for (const std::string variance : {"0.1", "0.001"}) {
      check_reference(data.activations, data.labels, name, variance, 1e-9);
      check_reference(data.activations.to(torch::kFloat32), data.labels, name, variance, 1e-5);
    }
  }
}

BOOST_AUTO_TEST_CASE(a_constant_layer_holds_nothing) {
  const KernelDensityBounds bounds = kernel_density_bounds(torch::full({50, 3}, 0.25), alternating_labels(50, 2), 0.1);
  BOOST_TEST(bounds.i_xt_upper_bits == 0.0);
  BOOST_TEST(bounds.i_ty_upper_bits == 0.0);
  BOOST_TEST(bounds.i_ty_bracket_high_bits == 0.0);
}

BOOST_AUTO_TEST_CASE(one_sample_holds_nothing) {
  const KernelDensityBounds bounds = kernel_density_bounds(torch::ones({1, 3}), alternating_labels(1, 1), 0.1);
  BOOST_TEST(bounds.i_xt_upper_bits == 0.0);
  BOOST_TEST(bounds.i_ty_bracket_high_bits == 0.0);
}

BOOST_AUTO_TEST_CASE(every_sample_taken_twice_leaves_the_bounds) {
  const torch::Tensor t = normal(300, 4), labels = alternating_labels(300, 3);
  const KernelDensityBounds once = kernel_density_bounds(t, labels, 0.1);
  const KernelDensityBounds twice = kernel_density_bounds(torch::cat({t, t}), torch::cat({labels, labels}), 0.1);
  BOOST_TEST(twice.i_xt_upper_bits == once.i_xt_upper_bits, boost::test_tools::tolerance(1e-10));
  BOOST_TEST(twice.i_ty_lower_bits == once.i_ty_lower_bits, boost::test_tools::tolerance(1e-10));
}

BOOST_AUTO_TEST_CASE(order_rotation_and_names_of_labels_do_not_matter) {
  const torch::Tensor t = normal(300, 2), labels = alternating_labels(300, 3);
  const KernelDensityBounds bounds = kernel_density_bounds(t, labels, 0.1);
  const torch::Tensor rotation = torch::tensor({0.6, 0.8, -0.8, 0.6}, torch::kFloat64).view({2, 2});
  const torch::Tensor backwards = torch::arange(299, -1, -1);
  const KernelDensityBounds other =
      kernel_density_bounds(t.matmul(rotation).index_select(0, backwards), 5 - labels.index_select(0, backwards), 0.1);
  BOOST_TEST(other.i_xt_upper_bits == bounds.i_xt_upper_bits, boost::test_tools::tolerance(1e-9));
  BOOST_TEST(other.i_ty_lower_bits == bounds.i_ty_lower_bits, boost::test_tools::tolerance(1e-9));
}

BOOST_AUTO_TEST_CASE(bounds_keep_their_order_within_their_caps) {
  for (unsigned seed = 1; seed <= 40; ++seed) {
    const std::int64_t n = 2 + 7 * seed, classes = 1 + seed % 5;
    const torch::Tensor t = normal(n, 1 + seed % 6, seed) * (0.05 * seed), labels = alternating_labels(n, classes);
    const KernelDensityBounds bounds = kernel_density_bounds(t, labels, 0.1);
    BOOST_TEST(0 <= bounds.i_xt_lower_bits);
    BOOST_TEST(bounds.i_xt_lower_bits <= bounds.i_xt_upper_bits);
    BOOST_TEST(bounds.i_xt_upper_bits <= std::log2(n));
    for (const double i_ty : {bounds.i_ty_upper_bits, bounds.i_ty_lower_bits}) {
      BOOST_TEST(bounds.i_ty_bracket_low_bits <= i_ty);
      BOOST_TEST(i_ty <= bounds.i_ty_bracket_high_bits);
      BOOST_TEST(i_ty <= std::log2(classes) + 1e-12);  // the last digit of a sum of logarithms
    }
  }
}

BOOST_AUTO_TEST_CASE(the_estimator_gives_the_mean_first_with_caps_and_bracket) {
  const auto data = reference_layer("tanh_small", 2, ActivationKind::tanh);
  const auto estimator = make_kernel_density({}, 1);
  const Estimate estimate = estimator->estimate(data);
  const KernelDensityBounds bounds = kernel_density_bounds(data.activations, data.labels, 0.1);
  BOOST_REQUIRE_EQUAL(estimate.values.size(), 3u);
  BOOST_TEST(estimate.values[0].value == "mean");
  BOOST_TEST(estimate.values[1].value == "upper");
  BOOST_TEST(estimate.values[2].value == "lower");
  BOOST_TEST(estimate.values[0].i_xt_bits == (bounds.i_xt_upper_bits + bounds.i_xt_lower_bits) / 2);
  BOOST_TEST(estimate.values[0].i_ty_bits == (bounds.i_ty_upper_bits + bounds.i_ty_lower_bits) / 2);
  BOOST_TEST(estimate.values[1].i_xt_bits == bounds.i_xt_upper_bits);
  BOOST_TEST(estimate.values[2].i_ty_bits == bounds.i_ty_lower_bits);
  BOOST_TEST(estimate.values[2].i_xt_cap_bits == std::log2(400));
  const double ones = data.labels.sum().item<double>() / 400;
  BOOST_TEST(estimate.values[0].i_ty_cap_bits == -ones * std::log2(ones) - (1 - ones) * std::log2(1 - ones),
             boost::test_tools::tolerance(1e-12));
  BOOST_TEST(estimate.values[0].details ==
                 (std::vector<double>{0.1, bounds.i_ty_bracket_low_bits, bounds.i_ty_bracket_high_bits}),
             boost::test_tools::per_element());
  BOOST_TEST(estimator->details() ==
                 (std::vector<std::string>{"noise_variance", "i_ty_bracket_low_bits", "i_ty_bracket_high_bits"}),
             boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(relative_noise_makes_the_estimate_independent_of_the_layers_scale) {
  const auto estimator = make_kernel_density({0.01, NoiseScale::relative}, 1);
  const torch::Tensor t = normal(200, 3);
  const Information small = estimator->estimate(alternating_layer(t)).values[0];
  const Information large = estimator->estimate(alternating_layer(t * 1024)).values[0];
  BOOST_TEST(large.i_xt_bits == small.i_xt_bits, boost::test_tools::tolerance(1e-9));
  BOOST_TEST(large.details[0] == small.details[0] * 1024 * 1024, boost::test_tools::tolerance(1e-12));
  const Information constant = estimator->estimate(alternating_layer(torch::ones({200, 3}))).values[0];
  BOOST_TEST(constant.i_xt_bits == 0.0);
  BOOST_TEST(constant.i_ty_bits == 0.0);
}

BOOST_AUTO_TEST_CASE(the_estimator_takes_alpha_to_its_lower_bounds) {
  const auto data = reference_layer("tanh_small", 2, ActivationKind::tanh);
  const Estimate estimate = make_kernel_density({0.1, NoiseScale::absolute, 0.25}, 1)->estimate(data);
  const KernelDensityBounds bounds = kernel_density_bounds(data.activations, data.labels, {0.1, 0.25});
  BOOST_TEST(estimate.values[2].i_xt_bits == bounds.i_xt_lower_bits);
  BOOST_TEST(estimate.values[2].details[1] == bounds.i_ty_bracket_low_bits);
  const Estimate half = make_kernel_density({}, 1)->estimate(data);
  BOOST_TEST(estimate.values[1].i_xt_bits == half.values[1].i_xt_bits);
  BOOST_TEST(estimate.values[2].i_xt_bits < half.values[2].i_xt_bits);
}

BOOST_AUTO_TEST_CASE(an_activation_that_is_not_finite_is_refused) {
  torch::Tensor t = torch::zeros({20, 3});
  t[17][2] = std::nan("");
  BOOST_TEST(message_of<Error>([&] { make_kernel_density({}, 1)->estimate(alternating_layer(t)); }) ==
             "layer L: the activation of sample 17, unit 2 is nan, activations must be finite");
}

BOOST_AUTO_TEST_SUITE_END()
