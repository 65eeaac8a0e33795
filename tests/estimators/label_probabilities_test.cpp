#include <cmath>
#include <map>

#include <boost/test/unit_test.hpp>

#include <infoplane/error.hpp>
#include <infoplane/estimators/binning.hpp>
#include <infoplane/estimators/entropy.hpp>
#include <infoplane/estimators/gaussian_mixture.hpp>
#include <infoplane/estimators/histogram2d.hpp>
#include <infoplane/estimators/kernel_density.hpp>
#include <infoplane/estimators/kernel_sums.hpp>
#include <infoplane/estimators/kmeans.hpp>
#include <infoplane/estimators/ksg.hpp>
#include <infoplane/estimators/permutation.hpp>

#include "estimators/samples.hpp"
#include "support/support.hpp"

using namespace infoplane;
using namespace infoplane::estimators;
using namespace infoplane::testing;

namespace {

// Sums of some hundred terms.
const auto near = boost::test_tools::tolerance(1e-12);

torch::Tensor random_probabilities(std::int64_t n, std::int64_t classes, std::uint64_t seed) {
  const auto generator = at::detail::createCPUGenerator(seed);
  return torch::softmax(torch::empty({n, classes}, torch::kFloat64).normal_(0, 2, generator), 1);
}

LayerSamples uncertain_layer(std::int64_t n, std::int64_t units, std::int64_t classes) {
  LayerSamples samples = random_layer(n, units, classes, 1);
  samples.label_probabilities = random_probabilities(n, classes, 2);
  return samples;
}

SymbolProbabilities given(const torch::Tensor& p) {
  return {{p.data_ptr<double>(), p.data_ptr<double>() + p.numel()}, static_cast<std::int32_t>(p.size(1))};
}

double entropy_of(const std::map<std::int32_t, double>& weights) {
  double total = 0, entropy = 0;
  for (const auto& [symbol, weight] : weights) total += weight;
  for (const auto& [symbol, weight] : weights) entropy -= weight / total * std::log2(weight / total);
  return entropy;
}

// The definition: I(T;Y) of the joint distribution of symbols and labels.
double information_by_definition(const Symbols& symbols, const torch::Tensor& p) {
  const auto n = static_cast<double>(symbols.ids.size());
  double information = 0;
  std::map<std::int32_t, std::vector<double>> joint;
  std::vector<double> of_label(p.size(1));
  for (std::size_t i = 0; i < symbols.ids.size(); ++i) {
    std::vector<double>& row = joint.try_emplace(symbols.ids[i], p.size(1)).first->second;
    for (std::int64_t k = 0; k < p.size(1); ++k) {
      row[k] += p[i][k].item<double>() / n;
      of_label[k] += p[i][k].item<double>() / n;
    }
  }
  for (const auto& [symbol, row] : joint) {
    double of_symbol = 0;
    for (const double p_tk : row) of_symbol += p_tk;
    for (std::size_t k = 0; k < row.size(); ++k) {
      if (row[k] > 0) information += row[k] * std::log2(row[k] / (of_symbol * of_label[k]));
    }
  }
  return information;
}

// Each sample `times` times, with labels in the proportions of probabilities that are multiples of 1 / times.
LayerSamples copies(const LayerSamples& samples, std::int64_t times) {
  LayerSamples all = samples;
  std::vector<std::int64_t> labels;
  for (std::int64_t i = 0; i < samples.labels.size(0); ++i) {
    for (std::int64_t k = 0; k < samples.classes; ++k) {
      labels.insert(labels.end(), std::llround(samples.label_probabilities[i][k].item<double>() * times), k);
    }
  }
  all.labels = torch::tensor(labels, torch::kInt64);
  all.inputs = samples.inputs.repeat_interleave(times, 0);
  all.activations = samples.activations.repeat_interleave(times, 0);
  all.label_probabilities = torch::Tensor();
  return all;
}

Information first_of(const Estimator& estimator, const LayerSamples& samples) {
  return estimator.estimate(samples).values.at(0);
}

}  // namespace

BOOST_AUTO_TEST_SUITE(label_probabilities)

BOOST_AUTO_TEST_CASE(entropies_given_probabilities_are_those_of_the_joint_distribution) {
  const torch::Tensor p = random_probabilities(300, 3, 1);
  Symbols symbols{{}, 9};
  for (std::int32_t i = 0; i < 300; ++i) symbols.ids.push_back(i * i % 7);
  std::map<std::int32_t, double> mean;
  for (std::int32_t k = 0; k < 3; ++k) mean[k] = p.select(1, k).mean().item<double>();
  BOOST_TEST(entropy_bits(given(p)) == entropy_of(mean), near);
  BOOST_TEST(
      entropy_bits(symbols) - conditional_entropy_bits(symbols, given(p)) == information_by_definition(symbols, p),
      boost::test_tools::tolerance(1e-10));
}

BOOST_AUTO_TEST_CASE(a_label_that_no_sample_has_adds_nothing) {
  const torch::Tensor p = torch::tensor({{0.5, 0.0, 0.5}, {1.0, 0.0, 0.0}}, torch::kFloat64);
  BOOST_TEST(entropy_bits(given(p)) == entropy_of({{0, 0.75}, {2, 0.25}}), near);
  BOOST_TEST(conditional_entropy_bits({{0, 1}, 2}, given(p)) == 0.75 * entropy_of({{0, 1}, {1, 2}}), near);
  BOOST_TEST(argument_error([&] { conditional_entropy_bits({{0, 1, 1}, 2}, given(p)); }) ==
             "conditional_entropy_bits: there must be a probability for each sample and value");
}

BOOST_AUTO_TEST_CASE(weighted_kernel_sums_are_those_of_the_definition) {
  const torch::Tensor t = random_layer(300, 3, 2, 1).activations;
  const torch::Tensor w = random_probabilities(300, 2, 3).select(1, 0).contiguous();
  const torch::Tensor squares = (t.unsqueeze(0) - t.unsqueeze(1)).square().sum(2);
  const torch::Tensor narrow = (squares / -0.2).exp().mv(w), wide = (squares / -0.8).exp().mv(w);
  for (const auto& [type, tolerance] : {std::pair(torch::kFloat64, 1e-9), std::pair(torch::kFloat32, 5e-6)}) {
    for (const int threads : {1, 3}) {
      const WeightedKernelSums sums = weighted_kernel_sums(t.to(type), w, 0.1, threads);
      BOOST_TEST((torch::tensor(sums.narrow, torch::kFloat64) / narrow - 1).abs().max().item<double>() < tolerance);
      BOOST_TEST((torch::tensor(sums.wide, torch::kFloat64) / wide - 1).abs().max().item<double>() < tolerance);
    }
  }
  BOOST_TEST(argument_error([&] { weighted_kernel_sums(t, w * 3, 0.1); }) ==
             "weighted_kernel_sums: every weight must be from 0 to 1");
  BOOST_TEST(argument_error([&] { weighted_kernel_sums(t, w.slice(0, 1), 0.1); }) ==
             "weighted_kernel_sums: weights must have as many samples as activations, Double [300, 3], got Double "
             "[299]");
  BOOST_TEST(argument_error([&] { weighted_kernel_sums(t, w.to(torch::kFloat32), 0.1); }) ==
             "weighted_kernel_sums: weights must be [N], float64, got Float [300]");
}

BOOST_AUTO_TEST_CASE(kernel_bounds_of_probabilities_are_those_of_copies_with_labels_in_these_shares) {
  LayerSamples samples = random_layer(150, 3, 3, 1);
  samples.label_probabilities = torch::tensor({{0.5, 0.25, 0.25}, {0.0, 1.0, 0.0}, {0.0, 0.25, 0.75}}, torch::kFloat64)
                                    .index_select(0, torch::arange(150) % 3);
  const LayerSamples all = copies(samples, 4);
  const auto close = boost::test_tools::tolerance(1e-9);
  for (const double alpha : {0.5, 0.25}) {
    const KernelDensityBounds soft = soft_kernel_density_bounds(samples.activations, samples.label_probabilities,
                                                                {0.1, alpha}),
                              hard = kernel_density_bounds(all.activations, all.labels, {0.1, alpha});
    BOOST_TEST(soft.i_xt_upper_bits == hard.i_xt_upper_bits, close);
    BOOST_TEST(soft.i_xt_lower_bits == hard.i_xt_lower_bits, close);
    BOOST_TEST(soft.i_ty_upper_bits == hard.i_ty_upper_bits, close);
    BOOST_TEST(soft.i_ty_lower_bits == hard.i_ty_lower_bits, close);
    BOOST_TEST(soft.i_ty_bracket_low_bits == hard.i_ty_bracket_low_bits, close);
    BOOST_TEST(soft.i_ty_bracket_high_bits == hard.i_ty_bracket_high_bits, close);
    BOOST_TEST(soft.i_ty_upper_bits > 0.1);
  }
  BOOST_TEST(argument_error([&] { soft_kernel_density_bounds(samples.activations, samples.labels, 0.1); }) ==
             "soft_kernel_density_bounds: probabilities must be [N, K], float64, not empty, got Long [150]");
}

BOOST_AUTO_TEST_CASE(nearly_certain_probabilities_have_nearly_the_bounds_of_their_labels) {
  LayerSamples samples = random_layer(150, 2, 2, 1);
  const torch::Tensor certain = torch::one_hot(samples.labels, 2).to(torch::kFloat64);
  const KernelDensityBounds hard = kernel_density_bounds(samples.activations, samples.labels, 0.1);
  for (const double rest : {1e-6, 1e-12, 1e-15}) {
    const torch::Tensor p = certain * (1 - 2 * rest) + rest;
    const KernelDensityBounds soft = soft_kernel_density_bounds(samples.activations, p, 0.1);
    BOOST_TEST(std::abs(soft.i_ty_upper_bits - hard.i_ty_upper_bits) < 1e-4);
    BOOST_TEST(std::abs(soft.i_ty_lower_bits - hard.i_ty_lower_bits) < 1e-4);
    // Alone with a probability below the resolution of the sums.
    const torch::Tensor apart = torch::arange(150, torch::kFloat64).unsqueeze(1) * 1000;
    BOOST_TEST(soft_kernel_density_bounds(apart, p, 0.1).i_ty_upper_bits ==
                   kernel_density_bounds(apart, samples.labels, 0.1).i_ty_upper_bits,
               boost::test_tools::tolerance(1e-3));
  }
}

BOOST_AUTO_TEST_CASE(estimators_that_count_take_the_probabilities_and_leave_i_xt) {
  LayerSamples samples = uncertain_layer(200, 1, 3);
  samples.inputs = samples.inputs / 200;
  std::map<std::int32_t, double> mean;
  for (std::int32_t k = 0; k < 3; ++k) mean[k] = samples.label_probabilities.select(1, k).mean().item<double>();
  LayerSamples plain = samples;
  plain.label_probabilities = torch::Tensor();
  KmeansOptions four;
  four.clusters = 4;
  GaussianMixtureOptions soft, hard;
  soft.components = hard.components = 4;
  hard.assignment = Assignment::hard;
  BinningOptions scalar;
  scalar.symbol = Symbol::scalar;
  std::vector<std::unique_ptr<Estimator>> estimators;
  estimators.push_back(make_binning({}, 1));
  estimators.push_back(make_binning(scalar, 1));
  estimators.push_back(make_histogram2d({}, 1));
  estimators.push_back(make_kmeans(four, 1));
  estimators.push_back(make_kernel_density({}, 1));
  estimators.push_back(make_gaussian_mixture(soft, 1));
  estimators.push_back(make_gaussian_mixture(hard, 1));
  for (const auto& estimator : estimators) {
    const Information with = first_of(*estimator, samples), without = first_of(*estimator, plain);
    BOOST_TEST(estimator->uses_label_probabilities());
    BOOST_TEST(with.i_xt_bits == without.i_xt_bits, boost::test_tools::tolerance(1e-9));
    BOOST_TEST(with.i_ty_bits != without.i_ty_bits);
    BOOST_TEST(with.i_ty_cap_bits == entropy_of(mean), near);
    BOOST_TEST(without.i_ty_cap_bits != entropy_of(mean));
  }
}

BOOST_AUTO_TEST_CASE(binned_symbols_have_the_information_of_the_joint_distribution) {
  const LayerSamples samples = uncertain_layer(200, 1, 3);
  Symbols symbols{{}, 50};
  BinEdges({-1, 1}, 50).indices(samples.activations, symbols.ids);
  BOOST_TEST(first_of(*make_binning({}, 1), samples).i_ty_bits ==
                 information_by_definition(symbols, samples.label_probabilities),
             boost::test_tools::tolerance(1e-10));
  const LayerSamples two = uncertain_layer(200, 2, 3);
  Symbols pooled{{}, 50};
  BinEdges({-1, 1}, 50).indices(two.activations, pooled.ids);
  BinningOptions scalar;
  scalar.symbol = Symbol::scalar;
  BOOST_TEST(first_of(*make_binning(scalar, 1), two).i_ty_bits ==
                 information_by_definition(pooled, two.label_probabilities.repeat_interleave(2, 0)),
             boost::test_tools::tolerance(1e-10));
}

BOOST_AUTO_TEST_CASE(a_soft_component_has_the_information_of_the_joint_distribution) {
  const LayerSamples samples = uncertain_layer(200, 2, 3);
  GaussianMixtureOptions one;
  one.components = 1;
  BOOST_TEST(first_of(*make_gaussian_mixture(one, 1), samples).i_ty_bits == 0);
  LayerSamples apart = samples;  // each sample in one of three components without doubt
  apart.activations = (torch::arange(200) % 3).unsqueeze(1).to(torch::kFloat64) * 100;
  GaussianMixtureOptions three;
  three.components = 3;
  Symbols symbols{{}, 3};
  for (std::int32_t i = 0; i < 200; ++i) symbols.ids.push_back(i % 3);
  BOOST_TEST(first_of(*make_gaussian_mixture(three, 1), apart).i_ty_bits ==
                 information_by_definition(symbols, samples.label_probabilities),
             boost::test_tools::tolerance(1e-9));
}

BOOST_AUTO_TEST_CASE(corrected_counts_and_other_estimators_use_the_drawn_labels) {
  const LayerSamples samples = uncertain_layer(200, 2, 3);
  LayerSamples plain = samples;
  plain.label_probabilities = torch::Tensor();
  BinningOptions corrected;
  corrected.correction = Correction::miller_madow;
  for (const auto& estimator : {make_binning(corrected, 1), make_ksg({}, 1)}) {
    BOOST_TEST(!estimator->uses_label_probabilities());
    BOOST_TEST(first_of(*estimator, samples).i_ty_bits == first_of(*estimator, plain).i_ty_bits);
  }
}

BOOST_AUTO_TEST_CASE(permutations_permute_the_probabilities) {
  LayerSamples samples = random_layer(400, 1, 2, 1);
  // Nearly certain, so that permuted labels with the probabilities of others would not have a positive probability.
  samples.label_probabilities = torch::one_hot(samples.labels, 2).to(torch::kFloat64);
  samples.label_probabilities[0][0] = samples.label_probabilities[0][1] = 0.5;
  LayerSamples plain = samples;
  plain.label_probabilities = torch::Tensor();
  const auto permuted = with_permutations(make_binning({}, 1), 20, 1);
  BOOST_TEST(permuted->uses_label_probabilities());
  const Information with = first_of(*permuted, samples), without = first_of(*permuted, plain);
  // One sample of 400 moves by half a label.
  BOOST_TEST(std::abs(with.details[3] - without.details[3]) < 0.01);
  BOOST_TEST(with.details[3] < with.i_ty_bits / 2);
  BOOST_TEST(with.details[3] != without.details[3]);
}

BOOST_AUTO_TEST_SUITE_END()
