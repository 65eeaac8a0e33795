#include <functional>
#include <limits>
#include <stdexcept>

#include <infoplane/estimators/bin_edges.hpp>
#include <infoplane/estimators/clustering.hpp>
#include <infoplane/estimators/entropy.hpp>
#include <infoplane/estimators/gaussian_mixture.hpp>
#include <infoplane/estimators/infonce.hpp>
#include <infoplane/estimators/kernel_density.hpp>
#include <infoplane/estimators/kernel_sums.hpp>
#include <infoplane/estimators/ksg.hpp>
#include <infoplane/estimators/matrix_renyi.hpp>

#include "support/support.hpp"

using namespace infoplane;
using namespace infoplane::estimators;

namespace {

constexpr double kNan = std::numeric_limits<double>::quiet_NaN();

std::string refusal(const std::function<void()>& call) {
  try {
    call();
  } catch (const std::invalid_argument& error) {
    return error.what();
  }
  return "accepted";
}

const torch::Tensor kSamples = torch::arange(20, torch::kFloat32).view({10, 2});
const torch::Tensor kFewer = torch::arange(10, torch::kFloat32).view({5, 2});
const torch::Tensor kLabels = torch::arange(10) % 2;

}  // namespace

BOOST_AUTO_TEST_SUITE(arguments)

BOOST_AUTO_TEST_CASE(refusals_name_the_function_and_both_shapes) {
  BOOST_TEST(refusal([] { kraskov_information_bits(kSamples, kFewer, 3); }) ==
             "kraskov_information_bits: t must have as many samples as x, Float [10, 2], got Float [5, 2]");
  BOOST_TEST(refusal([] { ross_information_bits(kFewer, kLabels, 3); }) ==
             "ross_information_bits: labels must be [5], int64, one for each sample of Float [5, 2], got Long [10]");
  BOOST_TEST(refusal([] { kernel_density_bounds(kSamples.flatten(), kLabels, 0.1); }) ==
             "kernel_density_bounds: activations must be [N, M], float32 or float64, not empty, got Float [20]");
  BOOST_TEST(refusal([] { ross_information_bits(kSamples, kLabels, 0); }) ==
             "ross_information_bits: k must be at least 1, got 0");
  BOOST_TEST(refusal([] { kernel_sums(kSamples, kLabels, -1); }) ==
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
        BOOST_TEST(refusal([&, &call = call] { call(wrong[i]); }) != "accepted",
                   name << " took wrong samples number " << i);
      }
    }
  }
  for (const auto& [name, call] : calls) {
    BOOST_TEST(refusal([&call = call] { call(kFewer); }) != "accepted", name << " took samples of another number");
    BOOST_TEST(refusal([&call = call] { call(kSamples); }) == "accepted", name << " took not what is right");
  }
}

BOOST_AUTO_TEST_CASE(labels_of_another_kind_are_refused_by_every_function) {
  const std::vector<torch::Tensor> wrong = {kLabels.unsqueeze(1), kLabels.to(torch::kFloat32),
                                            kLabels.to(torch::kInt32), kLabels.slice(0, 0, 9), torch::Tensor()};
  for (const torch::Tensor& labels : wrong) {
    BOOST_TEST(refusal([&] { ross_information_bits(kSamples, labels, 3); }) != "accepted");
    BOOST_TEST(refusal([&] { kernel_density_bounds(kSamples, labels, 0.1); }) != "accepted");
    BOOST_TEST(refusal([&] { kernel_sums(kSamples, labels, 0.1); }) != "accepted");
    BOOST_TEST(refusal([&] { kernel_sums_by_torch(kSamples, labels, 0.1); }) != "accepted");
  }
}

BOOST_AUTO_TEST_CASE(numbers_out_of_range_are_refused) {
  for (const double value : {0.0, -1.0, kNan, std::numeric_limits<double>::infinity()}) {
    BOOST_TEST(refusal([&] { kernel_density_bounds(kSamples, kLabels, value); }) != "accepted");
    BOOST_TEST(refusal([&] { kernel_sums(kSamples, kLabels, value); }) != "accepted");
    BOOST_TEST(refusal([&] { kernel_sums_by_torch(kSamples, kLabels, value); }) != "accepted");
    BOOST_TEST(refusal([&] { renyi_kernel(kSamples, value); }) != "accepted");
    BOOST_TEST(refusal([&] { renyi_entropy_bits(torch::eye(3), value); }) != "accepted");
  }
  BOOST_TEST(refusal([] { kernel_sums(kSamples, kLabels, 0.1, 0); }) ==
             "kernel_sums: threads must be at least 1, got 0");
  BOOST_TEST(refusal([] { k_means(kSamples, {0, 3, 1, 1}, 1); }) == "k_means: first must be at least 1, got 0");
  BOOST_TEST(refusal([] { k_means(kSamples, {3, 2, 1, 1}, 1); }) == "k_means: last must be at least 3, got 2");
  BOOST_TEST(refusal([] { k_means(kSamples, {1, 2, 0, 1}, 1); }) == "k_means: restarts must be at least 1, got 0");
  BOOST_TEST(refusal([] { k_means(kSamples, {1, 2, 1, 0}, 1); }) == "k_means: threads must be at least 1, got 0");
  BOOST_TEST(refusal([] { k_means(kSamples, {}, 1, torch::zeros({2, 3})); }) ==
             "k_means: start must have as many columns as samples");
  BOOST_TEST(refusal([] { elbow({}); }) == "elbow: there must be a within-cluster sum at least");
  BOOST_TEST(refusal([] { fit_gaussian_mixture(kSamples, {0, 1, 1, 0.1}, 1); }) != "accepted");
  BOOST_TEST(refusal([] { fit_gaussian_mixture(kSamples, {1, 0, 1, 0.1}, 1); }) != "accepted");
  BOOST_TEST(refusal([] { fit_gaussian_mixture(kSamples, {1, 1, -1, 0.1}, 1); }) != "accepted");
  BOOST_TEST(refusal([] { bayes_criterion(fit_gaussian_mixture(kSamples, {}, 1), 0); }) != "accepted");
  BOOST_TEST(refusal([] { responsibilities(fit_gaussian_mixture(kSamples, {}, 1), torch::zeros({3, 5})); }) ==
             "responsibilities: t must have as many units as the mixture");
  BOOST_TEST(refusal([] { renyi_entropy_bits(torch::ones({2, 3}), 1); }) ==
             "renyi_entropy_bits: the kernel must be [N, N]");
  BOOST_TEST(refusal([] { infonce_information_bits(kSamples, kSamples, {0, 1}, 1); }) != "accepted");
  BOOST_TEST(refusal([] { infonce_information_bits(kSamples, kSamples, {1, 0}, 1); }) != "accepted");
}

BOOST_AUTO_TEST_CASE(bins_that_are_none_are_refused) {
  const std::string bins = "BinEdges: there must be 1 to 1048576 bins";
  BOOST_TEST(refusal([] { BinEdges({0, 1}, 0); }) == bins);
  BOOST_TEST(refusal([] { BinEdges({0, 1}, (1 << 20) + 1); }) == bins);
  BOOST_TEST(refusal([] { BinEdges({1, 0}, 3); }) == "BinEdges: the range must ascend");
  BOOST_TEST(refusal([] { BinEdges({kNan, 1}, 3); }) == "BinEdges: the range must ascend");
  for (const std::vector<double>& edges : {std::vector<double>{}, {1}, {1, 0}, {kNan, 1}}) {
    BOOST_TEST(refusal([&] { BinEdges{edges}; }) == "BinEdges: there must be two edges at least, in ascending order");
  }
  std::vector<std::int32_t> symbols;
  BOOST_TEST(refusal([&] { BinEdges({0, 1}, 3).indices(kLabels, symbols); }) ==
             "BinEdges::indices: the values must be float32 or float64");
  BOOST_TEST(refusal([] { extent(torch::empty({0})); }) == "extent: there must be a value at least");
  BOOST_TEST(refusal([] { bin_edges(BinRule::quantile, 0, kSamples, {0, 1}); }) ==
             "bin_edges: there must be 1 to 1048576 bins");
  BOOST_TEST(refusal([] { bin_edges(BinRule::scott, 1, kSamples, {1, 0}); }) == "bin_edges: the range must ascend");
}

BOOST_AUTO_TEST_CASE(words_that_do_not_count_are_refused) {
  const Words two{{0, 1, 1}, 2}, longer{{0, 1, 1, 0}, 2}, outside{{0, 2, 1}, 2}, negative{{0, -1, 1}, 2};
  BOOST_TEST(refusal([&] { mutual_information_bits(two, longer); }) ==
             "joint_counts: both variables must have as many samples");
  for (const Words& wrong : {outside, negative}) {
    BOOST_TEST(refusal([&] { entropy_bits(wrong); }) == "word_counts: every id must be from 0 to count - 1");
    BOOST_TEST(refusal([&] { joint_counts(two, wrong); }) == "joint_counts: every id must be from 0 to count - 1");
    BOOST_TEST(refusal([&] { conditional_entropy_bits(wrong, two); }) ==
               "joint_counts: every id must be from 0 to count - 1");
  }
  BOOST_TEST(refusal([] { entropy_bits(std::vector<std::int32_t>{3, -1}); }) ==
             "entropy_bits: no count may be negative");
  BOOST_TEST(refusal([] { distinct_rows({{0, 1, 0}, 2, 2}); }) ==
             "distinct_rows: there must be whole rows of a symbol at least");
  BOOST_TEST(refusal([] { distinct_rows({{0, 1}, 0, 2}); }) ==
             "distinct_rows: there must be whole rows of a symbol at least");
  BOOST_TEST(refusal([] { distinct_rows({{0, 1}, 1, 0}); }) ==
             "distinct_rows: the alphabet must have 1 to 2^31 symbols");
  for (const std::int32_t symbol : {2, -1}) {
    BOOST_TEST(refusal([&] { distinct_rows({{0, symbol}, 1, 2}); }) ==
               "distinct_rows: every symbol must be from 0 to alphabet - 1");
  }
}

BOOST_AUTO_TEST_SUITE_END()
