#include <infoplane/estimators/gaussian_mixture.hpp>

#include <cmath>

#include <infoplane/error.hpp>

#include "estimators/samples.hpp"
#include "support/support.hpp"

using namespace infoplane;
using namespace infoplane::estimators;
using namespace infoplane::testing;

namespace {

torch::Tensor normal(std::int64_t n, std::int64_t units, std::uint64_t seed) {
  return torch::empty({n, units}, torch::kFloat64).normal_(0, 1, at::detail::createCPUGenerator(seed));
}

GaussianMixtureFit components(std::int64_t k) {
  GaussianMixtureFit fit;
  fit.components = k;
  return fit;
}

double density(const GaussianMixture& mixture, std::int64_t k, const torch::Tensor& t) {
  double p = mixture.weights[k].item<double>();
  for (std::int64_t m = 0; m < t.size(0); ++m) {
    const double v = mixture.variances[k][m].item<double>();
    const double d = t[m].item<double>() - mixture.means[k][m].item<double>();
    p *= std::exp(-d * d / (2 * v)) / std::sqrt(2 * std::acos(-1.0) * v);
  }
  return p;
}

Information information(const LayerSamples& samples, const GaussianMixtureOptions& options = {}) {
  return make_gaussian_mixture(options, 1)->estimate(samples).values.at(0);
}

// Half the samples at -1 and half at 1, each with noise of that standard deviation in two units.
LayerSamples two_clusters(std::int64_t n, double deviation) {
  LayerSamples samples = layer_of(torch::empty({0}), std::vector<std::int64_t>(n), 2);
  samples.labels = torch::arange(n) % 2;
  samples.activations = samples.labels.unsqueeze(1) * 2 - 1 + deviation * normal(n, 2, 3);
  return samples;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(gaussian_mixture)

BOOST_AUTO_TEST_CASE(one_component_is_the_mean_and_variance) {
  const torch::Tensor t = normal(50, 3, 1) * 4 + 7;
  const GaussianMixture mixture = fit_gaussian_mixture(t, components(1), 1);
  BOOST_TEST(torch::allclose(mixture.means[0], t.mean(0), 1e-10));
  BOOST_TEST(torch::allclose(mixture.variances[0], t.var(0, false), 1e-10));
}

BOOST_AUTO_TEST_CASE(one_component_gives_zero_without_a_sign) {
  GaussianMixtureOptions options;
  options.components = 1;
  const Information found = information(two_clusters(20, 0.1), options);
  BOOST_TEST(found.i_xt_bits == 0);
  BOOST_TEST(!std::signbit(found.i_xt_bits));
  BOOST_TEST(!std::signbit(found.i_ty_bits));
}

BOOST_AUTO_TEST_CASE(the_log_likelihood_and_the_responsibilities_are_those_of_the_formula) {
  const torch::Tensor t = torch::cat({normal(40, 2, 1), normal(30, 2, 2) + 2}) * 3 + 1000;
  const GaussianMixture mixture = fit_gaussian_mixture(t, components(3), 1);
  const torch::Tensor r = responsibilities(mixture, t);
  double log_likelihood = 0, error = 0;
  for (std::int64_t i = 0; i < t.size(0); ++i) {
    double p = 0;
    for (std::int64_t k = 0; k < 3; ++k) p += density(mixture, k, t[i]);
    log_likelihood += std::log(p);
    for (std::int64_t k = 0; k < 3; ++k) {
      error = std::max(error, std::abs(r[i][k].item<double>() - density(mixture, k, t[i]) / p));
    }
  }
  BOOST_TEST(mixture.log_likelihood == log_likelihood, boost::test_tools::tolerance(1e-10));
  BOOST_TEST(error < 1e-9);
  BOOST_TEST(bayes_criterion(mixture, 70) == -2 * log_likelihood + (2 * 3 * 2 + 2) * std::log(70),
             boost::test_tools::tolerance(1e-10));
}

BOOST_AUTO_TEST_CASE(no_iteration_makes_the_samples_less_likely) {
  const torch::Tensor t = normal(200, 2, 1).pow(3);
  GaussianMixtureFit fit = components(4);
  fit.restarts = 1;
  fit.tolerance = 0;
  double before = -1e300;
  for (fit.iterations = 0; fit.iterations < 40; ++fit.iterations) {
    const double now = fit_gaussian_mixture(t, fit, 1).log_likelihood;
    BOOST_TEST(now >= before - 1e-9);  // of a sum of 200 logarithms
    before = now;
  }
}

BOOST_AUTO_TEST_CASE(a_mixture_that_drew_the_samples_is_found_again) {
  const torch::Tensor t = torch::cat({normal(6000, 1, 1) * 0.5 - 2, normal(2000, 1, 2) + 3});
  const GaussianMixture mixture = fit_gaussian_mixture(t, components(2), 1);
  const std::int64_t left = mixture.means[0].item<double>() < mixture.means[1].item<double>() ? 0 : 1;
  // Standard errors: of the share 0.005, of the means 0.007 and 0.022, of the variances 0.005 and 0.032.
  BOOST_TEST(std::abs(mixture.weights[left].item<double>() - 0.75) < 0.02);
  BOOST_TEST(std::abs(mixture.means[left].item<double>() + 2) < 0.03);
  BOOST_TEST(std::abs(mixture.means[1 - left].item<double>() - 3) < 0.1);
  BOOST_TEST(std::abs(mixture.variances[left].item<double>() - 0.25) < 0.02);
  BOOST_TEST(std::abs(mixture.variances[1 - left].item<double>() - 1) < 0.15);
}

BOOST_AUTO_TEST_CASE(clusters_far_apart_are_counted_and_hold_their_entropy) {
  for (const Assignment assignment : {Assignment::soft, Assignment::hard}) {
    GaussianMixtureOptions options;
    options.assignment = assignment;
    const Information found = information(two_clusters(400, 0.05), options);
    BOOST_TEST(found.details.at(0) == 2);
    BOOST_TEST(found.i_xt_bits == 1, boost::test_tools::tolerance(1e-9));
    BOOST_TEST(found.i_ty_bits == 1, boost::test_tools::tolerance(1e-9));
    BOOST_TEST(found.i_xt_cap_bits == 1);
    BOOST_TEST(found.i_ty_cap_bits == 1);
  }
}

// 30 samples of each of `clusters` distant ones in 8 units; the labels are the clusters.
LayerSamples distant_clusters(std::int64_t clusters, std::uint64_t seed) {
  LayerSamples samples = layer_of(torch::empty({0}), std::vector<std::int64_t>(30 * clusters), clusters);
  samples.labels = torch::arange(30 * clusters) % clusters;
  samples.activations =
      (20 * normal(clusters, 8, seed)).index_select(0, samples.labels) + normal(30 * clusters, 8, seed + 1000);
  return samples;
}

BOOST_AUTO_TEST_CASE(distant_clusters_are_found_from_any_seed) {
  int fixed = 0, chosen = 0;
  for (std::uint64_t seed = 1; seed <= 200; ++seed) {
    const auto clusters = static_cast<std::int64_t>(5 + seed % 16);
    const LayerSamples samples = distant_clusters(clusters, seed);
    GaussianMixtureOptions options;
    options.components = clusters;
    const double truth = std::log2(clusters);
    fixed += std::abs(make_gaussian_mixture(options, seed)->estimate(samples).values[0].i_ty_bits - truth) < 1e-6;
    options.components = 0;
    options.max_components = clusters + 4;
    if (seed % 4 > 0) continue;  // a search of 24 fits
    const Information found = make_gaussian_mixture(options, seed)->estimate(samples).values[0];
    chosen += std::abs(found.i_ty_bits - truth) < 1e-6 && found.details[0] == clusters;
  }
  BOOST_TEST(fixed >= 198);
  BOOST_TEST(chosen >= 49);  // of 50
}

BOOST_AUTO_TEST_CASE(a_soft_component_holds_what_integration_gives) {
  // T given t is the cluster with its posterior r(t): I(X;T) = 1 - E h(r), and h(r) depends on the sum of both units,
  // which is N(+-2, 2 s^2) in each cluster.
  const double s = 1, step = 1e-3, v = 2 * s * s;
  double uncertainty = 0;
  for (double u = -15; u < 15; u += step) {
    const double a = std::exp(-(u - 2) * (u - 2) / (2 * v)), b = std::exp(-(u + 2) * (u + 2) / (2 * v));
    const double r = a / (a + b), p = (a + b) / (2 * std::sqrt(2 * std::acos(-1.0) * v));
    if (r > 0 && r < 1) uncertainty -= p * (r * std::log2(r) + (1 - r) * std::log2(1 - r)) * step;
  }
  GaussianMixtureOptions options;
  options.components = 2;
  const Information found = information(two_clusters(20000, s), options);
  // 20000 samples fix means and variances to about 0.01.
  BOOST_TEST(std::abs(found.i_xt_bits - (1 - uncertainty)) < 0.03);
}

BOOST_AUTO_TEST_CASE(hard_components_of_the_reference_clusters_agree_with_k_means) {
  const LayerSamples samples = reference_layer("clusters", 2, ActivationKind::unknown);
  GaussianMixtureOptions options;
  options.assignment = Assignment::hard;
  const Information found = information(samples, options);
  const auto k_means = expected().at("clusters").at("kmeans_5");
  BOOST_TEST(found.details.at(0) == 5);
  // The clusters are far apart: a mixture and k-means may differ about single samples of 800.
  BOOST_TEST(std::abs(found.i_xt_bits - k_means.at("i_xt").get<double>()) < 0.005);
  BOOST_TEST(std::abs(found.i_ty_bits - k_means.at("i_ty").get<double>()) < 0.005);
}

BOOST_AUTO_TEST_CASE(the_unit_of_measurement_and_an_offset_do_not_matter) {
  LayerSamples samples = random_layer(300, 3, 2, 1);
  const Information before = information(samples);
  samples.activations = samples.activations * 1024 - 5;
  const Information after = information(samples);
  BOOST_TEST(after.i_xt_bits == before.i_xt_bits, boost::test_tools::tolerance(1e-6));
  BOOST_TEST(after.details.at(0) == before.details.at(0));
}

BOOST_AUTO_TEST_CASE(the_unit_of_measurement_of_a_single_unit_does_not_matter) {
  LayerSamples samples = layer_of(torch::empty({0}), std::vector<std::int64_t>(400), 4);
  samples.labels = torch::arange(400) % 4;
  const torch::Tensor corners = torch::tensor({{0.0, 0.0}, {10.0, 0.0}, {0.0, 10.0}, {10.0, 10.0}}, torch::kFloat64);
  const torch::Tensor layer = corners.index_select(0, samples.labels) + normal(400, 2, 3);
  for (const double scale : {1e-5, 1.0, 10.0, 1000.0, 1e5, 1e200}) {
    samples.activations = layer * torch::tensor({scale, 1.0}, torch::kFloat64);
    const Information found = information(samples);
    BOOST_TEST(found.details.at(0) == 4);
    BOOST_TEST(found.i_ty_bits == 2, boost::test_tools::tolerance(1e-4));
  }
}

BOOST_AUTO_TEST_CASE(a_constant_layer_and_a_single_sample_hold_nothing) {
  const Information constant = information(layer_of(torch::full({20, 3}, 0.5), std::vector<std::int64_t>(20, 1), 2));
  BOOST_TEST(constant.i_xt_bits == 0);
  BOOST_TEST(constant.i_xt_cap_bits == 0);
  BOOST_TEST(constant.details.at(0) == 1);
  const Information single = information(layer_of(torch::full({1, 3}, 0.5), {0}, 2));
  BOOST_TEST(single.i_xt_bits == 0);
}

BOOST_AUTO_TEST_CASE(a_layer_of_few_distinct_values_has_at_most_as_many_components) {
  LayerSamples samples = layer_of(torch::empty({0}), std::vector<std::int64_t>(90), 3);
  samples.labels = torch::arange(90) % 3;
  samples.activations = samples.labels.unsqueeze(1).to(torch::kFloat32);
  const Information found = information(samples);
  BOOST_TEST(found.details.at(0) == 3);
  BOOST_TEST(found.i_xt_bits == std::log2(3), boost::test_tools::tolerance(1e-9));
  BOOST_TEST(found.i_ty_bits == std::log2(3), boost::test_tools::tolerance(1e-9));
}

BOOST_AUTO_TEST_CASE(every_one_of_several_distinct_values_is_a_component) {
  LayerSamples samples = layer_of(torch::empty({0}), std::vector<std::int64_t>(800), 8);
  samples.labels = torch::arange(800) % 8;
  samples.activations = samples.labels.unsqueeze(1).to(torch::kFloat32);
  const Information found = information(samples);
  BOOST_TEST(found.details.at(0) == 8);
  BOOST_TEST(found.i_xt_bits == 3, boost::test_tools::tolerance(1e-9));
  BOOST_TEST(found.i_ty_bits == 3, boost::test_tools::tolerance(1e-9));
}

BOOST_AUTO_TEST_CASE(equal_seeds_give_equal_bits) {
  const LayerSamples samples = random_layer(200, 4, 3, 1);
  BOOST_TEST(information(samples).i_xt_bits == information(samples).i_xt_bits);
}

BOOST_AUTO_TEST_CASE(an_activation_that_is_not_finite_is_refused) {
  LayerSamples samples = random_layer(10, 2, 2, 1);
  samples.activations[3][1] = std::nan("");
  BOOST_TEST(message_of<Error>([&] { information(samples); }) ==
             "layer L: the activation of sample 3, unit 1 is nan, activations must be finite");
}

BOOST_AUTO_TEST_CASE(no_more_components_are_tried_than_samples_differ) {
  GaussianMixtureOptions options;
  options.max_components = 9;
  LayerSamples samples = random_layer(8, 2, 2, 1);
  samples.activations = samples.activations.repeat({2, 1});
  samples.inputs = samples.inputs.repeat({2, 1});
  samples.labels = samples.labels.repeat({2});
  const Information few = make_gaussian_mixture(options, 1)->estimate(samples).values[0];
  options.max_components = 65536;
  const Information many = make_gaussian_mixture(options, 1)->estimate(samples).values[0];
  BOOST_TEST(many.i_xt_bits == few.i_xt_bits);
  BOOST_TEST(many.i_ty_bits == few.i_ty_bits);
  BOOST_TEST(many.details[0] == few.details[0]);
}

BOOST_AUTO_TEST_SUITE_END()
