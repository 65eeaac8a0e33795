#include <infoplane/estimators/matrix_renyi.hpp>

#include <cmath>

#include <infoplane/error.hpp>

#include "estimators/samples.hpp"
#include "support/support.hpp"

using namespace infoplane;
using namespace infoplane::estimators;
using namespace infoplane::testing;

namespace {

const auto near = boost::test_tools::tolerance(1e-9);  // of eigenvalues right to 1e-15, raised and summed

Information information(const LayerSamples& samples, const MatrixRenyiOptions& options = {}) {
  return make_matrix_renyi(options, 1)->estimate(samples).values.at(0);
}

// tr(A^2) = sum_ij A_ij^2: the entropy of order 2 without eigenvalues.
double order_two(const torch::Tensor& kernel) {
  return -std::log2((kernel / kernel.trace()).square().sum().item<double>());
}

}  // namespace

BOOST_AUTO_TEST_SUITE(matrix_renyi)

BOOST_AUTO_TEST_CASE(samples_far_apart_have_the_entropy_log_n_and_equal_ones_none) {
  for (const double alpha : {0.5, 1.0, 1.01, 2.0}) {
    BOOST_TEST(renyi_entropy_bits(torch::eye(16, torch::kFloat64), alpha) == 4, near);
    BOOST_TEST(std::abs(renyi_entropy_bits(torch::ones({16, 16}, torch::kFloat64), alpha)) < 1e-9);
  }
}

BOOST_AUTO_TEST_CASE(no_information_is_zero_without_a_sign) {
  for (const double alpha : {0.5, 1.0, 2.0}) {
    MatrixRenyiOptions options;
    options.alpha = alpha;
    const Information found = information(random_layer(20, 2, 1, 1), options);
    BOOST_TEST(found.i_ty_bits == 0);
    BOOST_TEST(!std::signbit(found.i_ty_bits));
    BOOST_TEST(!std::signbit(found.i_ty_cap_bits));
  }
}

BOOST_AUTO_TEST_CASE(groups_of_equal_samples_have_renyis_entropy_of_their_shares) {
  const torch::Tensor label = torch::tensor({0, 0, 0, 0, 1, 1, 2, 2});
  const torch::Tensor kernel = label.unsqueeze(1).eq(label).to(torch::kFloat64);
  for (const double alpha : {0.5, 1.01, 2.0}) {
    const double expected = std::log2(std::pow(0.5, alpha) + 2 * std::pow(0.25, alpha)) / (1 - alpha);
    BOOST_TEST(renyi_entropy_bits(kernel, alpha) == expected, near);
  }
  BOOST_TEST(renyi_entropy_bits(kernel, 1) == 1.5, near);
}

BOOST_AUTO_TEST_CASE(the_order_two_needs_no_eigenvalues) {
  const torch::Tensor kernel = renyi_kernel(random_layer(60, 3, 2, 1).activations, 1);
  BOOST_TEST(renyi_entropy_bits(kernel, 2) == order_two(kernel), near);
}

BOOST_AUTO_TEST_CASE(the_kernel_is_the_formula) {
  const torch::Tensor t = random_layer(20, 2, 2, 1).activations * 7;
  const double variance = (t.var(0, false)).mean().item<double>();
  const double width = 0.5 * std::sqrt(variance * 2) * std::pow(20, -1.0 / 6);
  const torch::Tensor kernel = renyi_kernel(t, 0.5);
  for (std::int64_t i = 0; i < 20; ++i) {
    const double distance = (t[i] - t[3]).square().sum().item<double>();
    BOOST_TEST(kernel[i][3].item<double>() == std::exp(-distance / (2 * width * width)), near);
  }
}

BOOST_AUTO_TEST_CASE(a_layer_that_is_the_label_holds_the_labels_entropy) {
  LayerSamples samples = layer_of(torch::empty({0}), std::vector<std::int64_t>(64), 2);
  samples.labels = torch::arange(64) % 2;
  samples.activations = samples.labels.unsqueeze(1).to(torch::kFloat32);
  MatrixRenyiOptions options;
  options.gamma = 0.01;  // so narrow that the two values are infinitely far apart
  const Information found = information(samples, options);
  BOOST_TEST(found.i_ty_bits == 1, near);
  BOOST_TEST(found.i_ty_cap_bits == 1, near);
}

BOOST_AUTO_TEST_CASE(a_constant_layer_and_a_single_sample_hold_nothing) {
  const LayerSamples constant = layer_of(torch::ones({30, 2}), std::vector<std::int64_t>(30, 0), 2);
  BOOST_TEST(std::abs(information(constant).i_xt_bits) < 1e-9);
  BOOST_TEST(std::abs(information(constant).i_ty_bits) < 1e-9);
  BOOST_TEST(std::abs(information(layer_of(torch::ones({1, 2}), {0}, 2)).i_xt_bits) < 1e-9);
}

BOOST_AUTO_TEST_CASE(values_lie_between_zero_and_their_caps) {
  for (std::uint64_t seed = 1; seed <= 10; ++seed) {
    const Information found = information(random_layer(10 * seed, 3, 3, seed));
    BOOST_TEST(found.i_xt_bits >= 0);
    BOOST_TEST(found.i_xt_bits <= found.i_xt_cap_bits);
    BOOST_TEST(found.i_xt_cap_bits <= std::log2(10 * seed) + 1e-9);
    BOOST_TEST(found.i_ty_bits <= found.i_ty_cap_bits);
  }
}

BOOST_AUTO_TEST_CASE(scale_offset_and_order_do_not_matter) {
  LayerSamples samples = random_layer(100, 3, 2, 1);
  const Information before = information(samples);
  const torch::Tensor backwards = torch::arange(99, -1, -1);
  samples.activations = samples.activations.index_select(0, backwards) * 64 + 3;
  samples.inputs = samples.inputs.index_select(0, backwards);
  samples.labels = samples.labels.index_select(0, backwards);
  const Information after = information(samples);
  BOOST_TEST(after.i_xt_bits == before.i_xt_bits, near);
  BOOST_TEST(after.i_ty_bits == before.i_ty_bits, near);
}

BOOST_AUTO_TEST_CASE(of_many_samples_the_seed_draws_those_that_are_used) {
  const LayerSamples samples = random_layer(200, 3, 2, 1);
  MatrixRenyiOptions options;
  options.max_samples = 50;
  const Information first = make_matrix_renyi(options, 1)->estimate(samples).values.at(0);
  BOOST_TEST(first.details.at(0) == 50);
  BOOST_TEST(first.i_xt_bits == make_matrix_renyi(options, 1)->estimate(samples).values.at(0).i_xt_bits);
  BOOST_TEST(first.i_xt_bits != make_matrix_renyi(options, 2)->estimate(samples).values.at(0).i_xt_bits);
  BOOST_TEST(first.i_xt_cap_bits <= std::log2(50));
}

BOOST_AUTO_TEST_CASE(samples_that_are_drawn_do_not_hold_more_of_the_labels_than_all_do) {
  // One label in six; some draws of 20 have more of it.
  const torch::Tensor labels = (torch::arange(60) % 6 == 0).to(torch::kInt64);
  LayerSamples samples = layer_of(labels.unsqueeze(1).to(torch::kFloat64), std::vector<std::int64_t>(60), 2);
  samples.labels = labels;
  MatrixRenyiOptions options;
  options.max_samples = 20;
  const double h_y = (5 * std::log2(6.0 / 5) + std::log2(6.0)) / 6;
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    const Information found = make_matrix_renyi(options, seed)->estimate(samples).values.at(0);
    BOOST_TEST(found.i_ty_bits <= found.i_ty_cap_bits);
    BOOST_TEST(found.i_ty_cap_bits <= h_y);
  }
}

BOOST_AUTO_TEST_CASE(what_was_prepared_changes_nothing) {
  LayerSamples samples = random_layer(60, 3, 2, 1);
  const auto estimator = make_matrix_renyi({}, 1);
  const Information alone = estimator->estimate(samples).values.at(0);
  samples.prepared = estimator->prepare(samples);
  BOOST_TEST(estimator->estimate(samples).values.at(0).i_xt_bits == alone.i_xt_bits);
}

BOOST_AUTO_TEST_CASE(numbers_that_are_not_finite_are_refused) {
  LayerSamples samples = random_layer(10, 2, 2, 1);
  samples.inputs[4][0] = std::nan("");
  BOOST_TEST(message_of<Error>([&] { information(samples); }) == "input 0 of sample 4 is nan, inputs must be finite");
  samples.activations[3][1] = std::nan("");
  BOOST_TEST(message_of<Error>([&] { information(samples); }) ==
             "layer L: the activation of sample 3, unit 1 is nan, activations must be finite");
}

BOOST_AUTO_TEST_SUITE_END()
