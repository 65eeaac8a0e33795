#include <functional>
#include <limits>
#include <stdexcept>

#include <infoplane/estimators/bin_edges.hpp>
#include <infoplane/estimators/calibration.hpp>
#include <infoplane/estimators/catalogue.hpp>
#include <infoplane/estimators/clustering.hpp>
#include <infoplane/estimators/conformance.hpp>
#include <infoplane/estimators/decoder.hpp>
#include <infoplane/estimators/entropy.hpp>
#include <infoplane/estimators/gaussian_mixture.hpp>
#include <infoplane/estimators/infonce.hpp>
#include <infoplane/estimators/kernel_density.hpp>
#include <infoplane/estimators/kernel_sums.hpp>
#include <infoplane/estimators/ksg.hpp>
#include <infoplane/estimators/matrix_renyi.hpp>
#include <infoplane/estimators/permutation.hpp>

#include "support/support.hpp"

using namespace infoplane;
using namespace infoplane::estimators;
using infoplane::testing::argument_error;

namespace {

constexpr double kNan = std::numeric_limits<double>::quiet_NaN();

const torch::Tensor kSamples = torch::arange(20, torch::kFloat32).view({10, 2});
const torch::Tensor kFewer = torch::arange(10, torch::kFloat32).view({5, 2});
const torch::Tensor kLabels = torch::arange(10) % 2;

}  // namespace

BOOST_AUTO_TEST_SUITE(arguments)

BOOST_AUTO_TEST_CASE(refusals_name_the_function_and_both_shapes) {
  BOOST_TEST(argument_error([] { kraskov_information_bits(kSamples, kFewer, 3); }) ==
             "kraskov_information_bits: t must have as many samples as x, Float [10, 2], got Float [5, 2]");
  BOOST_TEST(argument_error([] { ross_information_bits(kFewer, kLabels, 3); }) ==
             "ross_information_bits: labels must be [5], int64, one for each sample of Float [5, 2], got Long [10]");
  BOOST_TEST(argument_error([] { kernel_density_bounds(kSamples.flatten(), kLabels, 0.1); }) ==
             "kernel_density_bounds: activations must be [N, M], float32 or float64, not empty, got Float [20]");
  BOOST_TEST(argument_error([] { ross_information_bits(kSamples, kLabels, 0); }) ==
             "ross_information_bits: k must be at least 1, got 0");
  BOOST_TEST(argument_error([] { kernel_sums(kSamples, kLabels, -1); }) ==
             "kernel_sums: variance must be above 0 and finite, got -1");
}

// Of every function that takes samples: another rank, another type, none, undefined, and samples of another number.
BOOST_AUTO_TEST_CASE(samples_of_another_kind_are_refused_by_every_function) {
  using Call = std::function<void(const torch::Tensor&)>;
  const std::vector<std::pair<std::string, Call>> calls = {
      {"kraskov x", [](const torch::Tensor& t) { kraskov_information_bits(t, kSamples, 3); }},
      {"kraskov t", [](const torch::Tensor& t) { kraskov_information_bits(kSamples, t, 3); }},
      {"mixed x", [](const torch::Tensor& t) { mixed_information_bits(t, kSamples, 3); }},
      {"mixed t", [](const torch::Tensor& t) { mixed_information_bits(kSamples, t, 3); }},
      {"ross", [](const torch::Tensor& t) { ross_information_bits(t, kLabels, 3); }},
      {"kernel_density_bounds", [](const torch::Tensor& t) { kernel_density_bounds(t, kLabels, 0.1); }},
      {"kernel_sums", [](const torch::Tensor& t) { kernel_sums(t, kLabels, 0.1); }},
      {"kernel_sums_by_torch", [](const torch::Tensor& t) { kernel_sums_by_torch(t, kLabels, 0.1); }},
      {"infonce x", [](const torch::Tensor& t) { infonce_information_bits(t, kSamples, {}, 1); }},
      {"infonce t", [](const torch::Tensor& t) { infonce_information_bits(kSamples, t, {}, 1); }}};
  const std::vector<std::pair<std::string, Call>> alone = {
      {"k_means", [](const torch::Tensor& t) { k_means(t, {}, 1); }},
      {"k_means start",
       [](const torch::Tensor& t) {
         if (t.defined())
           k_means(kSamples, {}, 1, t);
         else
           k_means(t, {}, 1);
       }},
      {"fit_gaussian_mixture", [](const torch::Tensor& t) { fit_gaussian_mixture(t, {}, 1); }},
      {"responsibilities", [](const torch::Tensor& t) { responsibilities(fit_gaussian_mixture(kSamples, {}, 1), t); }},
      {"renyi_kernel", [](const torch::Tensor& t) { renyi_kernel(t, 1); }},
      {"renyi_entropy_bits", [](const torch::Tensor& t) { renyi_entropy_bits(t, 1); }}};
  const std::vector<torch::Tensor> wrong = {kSamples.flatten(),
                                            kSamples.unsqueeze(0),
                                            kSamples.to(torch::kInt64),
                                            kSamples.to(torch::kHalf),
                                            torch::empty({10, 0}),
                                            torch::empty({0, 2}),
                                            torch::Tensor()};
  for (const auto* group : {&calls, &alone}) {
    for (const auto& [name, call] : *group) {
      for (std::size_t i = 0; i < wrong.size(); ++i) {
        BOOST_TEST(argument_error([&, &call = call] { call(wrong[i]); }) != "accepted",
                   name << " took wrong samples number " << i);
      }
    }
  }
  for (const auto& [name, call] : calls) {
    BOOST_TEST(argument_error([&call = call] { call(kFewer); }) != "accepted",
               name << " took samples of another number");
    BOOST_TEST(argument_error([&call = call] { call(kSamples); }) == "accepted", name << " took not what is right");
  }
}

BOOST_AUTO_TEST_CASE(labels_of_another_kind_are_refused_by_every_function) {
  const std::vector<torch::Tensor> wrong = {kLabels.unsqueeze(1), kLabels.to(torch::kFloat32),
                                            kLabels.to(torch::kInt32), kLabels.slice(0, 0, 9), torch::Tensor()};
  for (const torch::Tensor& labels : wrong) {
    BOOST_TEST(argument_error([&] { ross_information_bits(kSamples, labels, 3); }) != "accepted");
    BOOST_TEST(argument_error([&] { kernel_density_bounds(kSamples, labels, 0.1); }) != "accepted");
    BOOST_TEST(argument_error([&] { kernel_sums(kSamples, labels, 0.1); }) != "accepted");
    BOOST_TEST(argument_error([&] { kernel_sums_by_torch(kSamples, labels, 0.1); }) != "accepted");
  }
}

BOOST_AUTO_TEST_CASE(labels_out_of_range_are_refused) {
  const std::string range = ": every label must be from 0 to 2147483646, got ";
  BOOST_TEST(argument_error([] { ross_information_bits(kSamples, kLabels - 1, 3); }) ==
             "ross_information_bits" + range + "-1");
  BOOST_TEST(argument_error([] { kernel_density_bounds(kSamples, kLabels + (std::int64_t{1} << 32), 0.1); }) ==
             "kernel_density_bounds" + range + "4294967296");
  BOOST_TEST(argument_error([] { kernel_sums(kSamples, kLabels - 1, 0.1); }) == "kernel_sums" + range + "-1");
  BOOST_TEST(argument_error([] { decoder_information_bits(kSamples, kLabels, 1, {}, 1); }) ==
             "decoder_information_bits: every label must be from 0 to 0, got 1");
}

BOOST_AUTO_TEST_CASE(a_decoder_refuses_what_it_cannot_train_on) {
  const auto said = [](const torch::Tensor& t, const torch::Tensor& labels, std::int64_t classes,
                       const DecoderOptions& options) {
    return argument_error([&] { decoder_information_bits(t, labels, classes, options, 1); });
  };
  BOOST_TEST(said(kSamples.flatten(), kLabels, 2, {}) ==
             "decoder_information_bits: t must be [N, M], float32 or float64, not empty, got Float [20]");
  BOOST_TEST(said(kFewer, kLabels, 2, {}) ==
             "decoder_information_bits: labels must be [5], int64, one for each sample of Float [5, 2], got Long [10]");
  BOOST_TEST(said(kSamples, kLabels, 0, {}) == "decoder_information_bits: classes must be at least 1, got 0");
  BOOST_TEST(said(kSamples, kLabels, 2, {0, 1}) == "decoder_information_bits: width must be at least 1, got 0");
  BOOST_TEST(said(kSamples, kLabels, 2, {1, 0}) == "decoder_information_bits: steps must be at least 1, got 0");
}

BOOST_AUTO_TEST_CASE(functions_and_estimators_that_are_null_are_refused) {
  BOOST_TEST(argument_error([] { with_permutations(nullptr, 3, 1); }) ==
             "with_permutations: estimator must not be null");
  BOOST_TEST(argument_error([] { with_permutations(make_decoder({}, 1), -1, 1); }) ==
             "with_permutations: permutations must be at least 0, got -1");
  const auto make = [](std::uint64_t seed) { return make_decoder({}, seed); };
  const CalibrationCase known = discrete_cases().front();
  BOOST_TEST(argument_error([&] { calibrate(known, nullptr); }) == "calibrate: make_estimator must not be null");
  BOOST_TEST(argument_error([&] { calibrate({}, make); }) == "calibrate: known.draw must not be null");
  BOOST_TEST(argument_error([&] { calibrate(known, make, {0, 1}); }) == "calibrate: samples must be at least 1, got 0");
  BOOST_TEST(argument_error([&] { calibrate(known, make, {1, 0}); }) == "calibrate: seeds must be at least 1, got 0");
  BOOST_TEST(argument_error([] { check_conformance(nullptr); }) == "check_conformance: make must not be null");
  BOOST_TEST(argument_error([] { infonce_cap_bits(0); }) == "infonce_cap_bits: samples must be at least 1, got 0");
}

BOOST_AUTO_TEST_CASE(what_another_estimator_prepared_is_refused) {
  struct Other : Prepared {};
  LayerSamples samples;
  samples.inputs = kSamples.slice(1, 0, 1);
  samples.labels = kLabels;
  samples.classes = 2;
  samples.activations = samples.inputs;
  samples.prepared = std::make_shared<Other>();
  for (const std::string yaml : {"{type: binning, input: binned}", "{type: binning, input: [0, 1]}", "histogram2d",
                                 "decomposition", "matrix_renyi", "{type: kmeans, input: clustered}"}) {
    Choice<EstimatorFactory> choice;
    const Registry<EstimatorFactory> estimators = catalogue();
    const Node config = parse_yaml("estimator: " + yaml, "x.yaml");
    read_fields(config, "", {infoplane::choice("estimator", choice, estimators, "")});
    BOOST_TEST(argument_error([&] { choice(1)->estimate(samples); }) ==
               choice.type() + ": prepared must be a result of this estimator's prepare()");
  }
}

BOOST_AUTO_TEST_CASE(a_mixture_of_other_shapes_is_refused) {
  const GaussianMixture mixture = fit_gaussian_mixture(kSamples, {}, 1);
  for (torch::Tensor GaussianMixture::* part :
       {&GaussianMixture::weights, &GaussianMixture::means, &GaussianMixture::variances}) {
    GaussianMixture wrong = mixture;
    wrong.*part = torch::Tensor();
    BOOST_TEST(argument_error([&] { bayes_criterion(wrong, 10); }) ==
               "bayes_criterion: the mixture must have weights [K], means and variances [K, M]");
    wrong.*part = torch::zeros({3});
    if (part == &GaussianMixture::weights) wrong.weights = torch::zeros({7});
    BOOST_TEST(argument_error([&] { responsibilities(wrong, kSamples); }) ==
               "responsibilities: the mixture must have weights [K], means and variances [K, M]");
  }
}

BOOST_AUTO_TEST_CASE(numbers_out_of_range_are_refused) {
  for (const double value : {0.0, -1.0, kNan, std::numeric_limits<double>::infinity()}) {
    BOOST_TEST(argument_error([&] { kernel_density_bounds(kSamples, kLabels, value); }) != "accepted");
    BOOST_TEST(argument_error([&] { kernel_sums(kSamples, kLabels, value); }) != "accepted");
    BOOST_TEST(argument_error([&] { kernel_sums_by_torch(kSamples, kLabels, value); }) != "accepted");
    BOOST_TEST(argument_error([&] { renyi_kernel(kSamples, value); }) != "accepted");
    BOOST_TEST(argument_error([&] { renyi_entropy_bits(torch::eye(3), value); }) != "accepted");
  }
  for (const double alpha : {0.0, 1.0, -0.5, kNan})
    BOOST_TEST(argument_error([&] { kernel_density_bounds(kSamples, kLabels, {0.1, alpha}); }) != "accepted");
  BOOST_TEST(argument_error([] { kernel_density_bounds(kSamples, kLabels, {0.1, 1}); }) ==
             "kernel_density_bounds: alpha must be above 0 and below 1, got 1");
  BOOST_TEST(argument_error([] { kernel_sums(kSamples, kLabels, 0.1, 0); }) ==
             "kernel_sums: threads must be at least 1, got 0");
  BOOST_TEST(argument_error([] { k_means(kSamples, {0, 3, 1, 1}, 1); }) == "k_means: first must be at least 1, got 0");
  BOOST_TEST(argument_error([] { k_means(kSamples, {3, 2, 1, 1}, 1); }) == "k_means: last must be at least 3, got 2");
  BOOST_TEST(argument_error([] { k_means(kSamples, {1, 2, 0, 1}, 1); }) ==
             "k_means: restarts must be at least 1, got 0");
  BOOST_TEST(argument_error([] { k_means(kSamples, {1, 2, 1, 0}, 1); }) ==
             "k_means: threads must be at least 1, got 0");
  BOOST_TEST(argument_error([] { k_means(kSamples, {}, 1, torch::zeros({2, 3})); }) ==
             "k_means: start must have as many columns as samples");
  BOOST_TEST(argument_error([] { elbow({}); }) == "elbow: there must be at least one within-cluster sum");
  BOOST_TEST(argument_error([] { fit_gaussian_mixture(kSamples, {0, 1, 1, 0.1}, 1); }) != "accepted");
  BOOST_TEST(argument_error([] { fit_gaussian_mixture(kSamples, {1, 0, 1, 0.1}, 1); }) != "accepted");
  BOOST_TEST(argument_error([] { fit_gaussian_mixture(kSamples, {1, 1, -1, 0.1}, 1); }) != "accepted");
  BOOST_TEST(argument_error([] { bayes_criterion(fit_gaussian_mixture(kSamples, {}, 1), 0); }) != "accepted");
  BOOST_TEST(argument_error([] { responsibilities(fit_gaussian_mixture(kSamples, {}, 1), torch::zeros({3, 5})); }) ==
             "responsibilities: t must have as many units as the mixture");
  BOOST_TEST(argument_error([] { renyi_entropy_bits(torch::ones({2, 3}), 1); }) ==
             "renyi_entropy_bits: the kernel must be [N, N]");
  BOOST_TEST(argument_error([] { infonce_information_bits(kSamples, kSamples, {0, 1}, 1); }) != "accepted");
  BOOST_TEST(argument_error([] { infonce_information_bits(kSamples, kSamples, {1, 0}, 1); }) != "accepted");
}

BOOST_AUTO_TEST_CASE(bins_that_are_none_are_refused) {
  const std::string bins = "BinEdges: there must be 1 to 1048576 bins";
  BOOST_TEST(argument_error([] { BinEdges({0, 1}, 0); }) == bins);
  BOOST_TEST(argument_error([] { BinEdges({0, 1}, (1 << 20) + 1); }) == bins);
  BOOST_TEST(argument_error([] { BinEdges({1, 0}, 3); }) == "BinEdges: the range must ascend");
  BOOST_TEST(argument_error([] { BinEdges({kNan, 1}, 3); }) == "BinEdges: the range must ascend");
  for (const std::vector<double>& edges : {std::vector<double>{}, {1}, {1, 0}, {kNan, 1}}) {
    BOOST_TEST(argument_error([&] { BinEdges{edges}; }) ==
               "BinEdges: there must be at least two edges, in ascending order");
  }
  std::vector<std::int32_t> symbols;
  BOOST_TEST(argument_error([&] { BinEdges({0, 1}, 3).indices(kLabels, symbols); }) ==
             "BinEdges::indices: the values must be float32 or float64");
  BOOST_TEST(argument_error([] { bin_edges(BinRule::scott, 1, {}, {0, 1}); }) ==
             "bin_edges: values must be a tensor, got an undefined tensor");
  BOOST_TEST(argument_error([] { extent(torch::empty({0})); }) == "extent: there must be at least one value");
  BOOST_TEST(argument_error([] { bin_edges(BinRule::quantile, 0, kSamples, {0, 1}); }) ==
             "bin_edges: there must be 1 to 1048576 bins");
  BOOST_TEST(argument_error([] { bin_edges(BinRule::scott, 1, kSamples, {1, 0}); }) ==
             "bin_edges: the range must ascend");
}

BOOST_AUTO_TEST_CASE(words_that_do_not_count_are_refused) {
  const Symbols two{{0, 1, 1}, 2}, longer{{0, 1, 1, 0}, 2}, outside{{0, 2, 1}, 2}, negative{{0, -1, 1}, 2};
  BOOST_TEST(argument_error([&] { mutual_information_bits(two, longer); }) ==
             "joint_counts: both variables must have the same number of samples");
  for (const Symbols& wrong : {outside, negative}) {
    BOOST_TEST(argument_error([&] { entropy_bits(wrong); }) == "symbol_counts: every id must be from 0 to count - 1");
    BOOST_TEST(argument_error([&] { joint_counts(two, wrong); }) ==
               "joint_counts: every id must be from 0 to count - 1");
    BOOST_TEST(argument_error([&] { conditional_entropy_bits(wrong, two); }) ==
               "joint_counts: every id must be from 0 to count - 1");
  }
  BOOST_TEST(argument_error([] { entropy_bits(std::vector<std::int32_t>{3, -1}); }) ==
             "entropy_bits: no count may be negative");
  BOOST_TEST(argument_error([] { distinct_rows({{0, 1, 0}, 2, 2}); }) ==
             "distinct_rows: rows must be complete, with at least one value");
  BOOST_TEST(argument_error([] { distinct_rows({{0, 1}, 0, 2}); }) ==
             "distinct_rows: rows must be complete, with at least one value");
  BOOST_TEST(argument_error([] { distinct_rows({{0, 1}, 1, 0}); }) ==
             "distinct_rows: the alphabet must have 1 to 2^31 values");
  for (const std::int32_t symbol : {2, -1}) {
    BOOST_TEST(argument_error([&] { distinct_rows({{0, symbol}, 1, 2}); }) ==
               "distinct_rows: every value must be from 0 to alphabet - 1");
  }
}

BOOST_AUTO_TEST_SUITE_END()
