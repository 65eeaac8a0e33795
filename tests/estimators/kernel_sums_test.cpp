#include <infoplane/estimators/kernel_sums.hpp>

#include <cmath>
#include <random>

#include <boost/test/unit_test.hpp>

#include "support/timing.hpp"

using namespace infoplane::estimators;
using namespace infoplane::testing;

namespace {

struct Samples {
  torch::Tensor activations;
  torch::Tensor labels;
};

Samples normal_samples(std::int64_t n, std::int64_t units, std::int64_t classes, unsigned seed = 1) {
  std::mt19937 generator(seed);
  std::normal_distribution<double> normal;
  std::uniform_int_distribution<std::int64_t> label(0, classes - 1);
  Samples samples{torch::empty({n, units}, torch::kFloat64), torch::empty({n}, torch::kInt64)};
  for (std::int64_t i = 0; i < samples.activations.numel(); ++i) {
    samples.activations.data_ptr<double>()[i] = normal(generator);
  }
  for (std::int64_t i = 0; i < n; ++i) samples.labels.data_ptr<std::int64_t>()[i] = label(generator);
  return samples;
}

// The definition, pair by pair.
KernelSums slow_sums(const Samples& samples, double variance) {
  const torch::Tensor rows = samples.activations.to(torch::kFloat64).contiguous();
  const std::int64_t n = rows.size(0), units = rows.size(1);
  const double* t = rows.data_ptr<double>();
  const std::int64_t* label = samples.labels.data_ptr<std::int64_t>();
  const std::vector<double> zero(n, 0.0);
  KernelSums sums{zero, zero, zero, zero};
  for (std::int64_t i = 0; i < n; ++i) {
    for (std::int64_t j = 0; j < n; ++j) {
      double distance = 0;
      for (std::int64_t m = 0; m < units; ++m) distance += std::pow(t[i * units + m] - t[j * units + m], 2);
      const double narrow = std::exp(-distance / (2 * variance)), wide = std::exp(-distance / (8 * variance));
      sums.narrow_all[i] += narrow;
      sums.wide_all[i] += wide;
      if (label[i] != label[j]) continue;
      sums.narrow_own[i] += narrow;
      sums.wide_own[i] += wide;
    }
  }
  return sums;
}

double largest_relative_error(const std::vector<double>& a, const std::vector<double>& b) {
  BOOST_REQUIRE_EQUAL(a.size(), b.size());
  double error = 0;
  for (std::size_t i = 0; i < a.size(); ++i) error = std::max(error, std::abs(a[i] / b[i] - 1));
  return error;
}

double largest_relative_error(const KernelSums& a, const KernelSums& b) {
  return std::max({largest_relative_error(a.narrow_all, b.narrow_all),
                   largest_relative_error(a.narrow_own, b.narrow_own), largest_relative_error(a.wide_all, b.wide_all),
                   largest_relative_error(a.wide_own, b.wide_own)});
}

bool equal(const KernelSums& a, const KernelSums& b) {
  return a.narrow_all == b.narrow_all && a.narrow_own == b.narrow_own && a.wide_all == b.wide_all &&
         a.wide_own == b.wide_own;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(kernel_sums_suite)

BOOST_AUTO_TEST_CASE(two_samples_at_distance_one_give_the_kernel_by_hand) {
  const torch::Tensor t = torch::tensor({0.0, 1.0}, torch::kFloat64).view({2, 1});
  const KernelSums sums = kernel_sums(t, torch::tensor({0, 1}, torch::kInt64), 0.5);
  // The double precision polynomial is accurate to 3e-13.
  BOOST_TEST(sums.narrow_all[0] == 1 + std::exp(-1.0), boost::test_tools::tolerance(1e-11));
  BOOST_TEST(sums.wide_all[1] == 1 + std::exp(-0.25), boost::test_tools::tolerance(1e-11));
  BOOST_TEST(sums.narrow_own[0] == 1.0);
  BOOST_TEST(sums.wide_own[1] == 1.0);
}

BOOST_AUTO_TEST_CASE(sums_agree_with_the_definition_for_every_shape_of_blocks) {
  for (const std::int64_t n : {1, 2, 3, 127, 128, 129, 300, 517}) {
    for (const std::int64_t classes : {1, 2, 7}) {
      for (const std::int64_t units : {1, 3, 17}) {
        Samples samples = normal_samples(n, units, classes);
        const KernelSums slow = slow_sums(samples, 0.1);
        // Fixed point leaves 2^-38 = 4e-12 a block.
        BOOST_TEST(largest_relative_error(kernel_sums(samples.activations, samples.labels, 0.1), slow) < 1e-10);
        samples.activations = samples.activations.to(torch::kFloat32);
        // float32 distances are right to 1e-6 at exponents of a few units.
        BOOST_TEST(largest_relative_error(kernel_sums(samples.activations, samples.labels, 0.1),
                                          slow_sums(samples, 0.1)) < 5e-6);
      }
    }
  }
}

BOOST_AUTO_TEST_CASE(torch_operations_give_the_same_sums) {
  const Samples samples = normal_samples(700, 5, 3);
  const KernelSums own = kernel_sums(samples.activations, samples.labels, 0.3);
  BOOST_TEST(largest_relative_error(kernel_sums_by_torch(samples.activations, samples.labels, 0.3), own) < 1e-10);
}

BOOST_AUTO_TEST_CASE(torch_operations_work_in_blocks_of_rows) {
  const Samples samples = normal_samples(3000, 2, 2);  // 3000^2 pairs are three blocks
  const KernelSums own = kernel_sums(samples.activations, samples.labels, 0.3);
  BOOST_TEST(largest_relative_error(kernel_sums_by_torch(samples.activations, samples.labels, 0.3), own) < 1e-10);
}

BOOST_AUTO_TEST_CASE(sums_are_the_same_bytes_for_any_number_of_threads) {
  for (const auto type : {torch::kFloat32, torch::kFloat64}) {
    const Samples samples = normal_samples(1500, 4, 3);
    const torch::Tensor t = samples.activations.to(type);
    const KernelSums one = kernel_sums(t, samples.labels, 0.1, 1);
    for (const int threads : {2, 3, 7}) BOOST_TEST(equal(kernel_sums(t, samples.labels, 0.1, threads), one));
  }
}

BOOST_AUTO_TEST_CASE(a_common_offset_of_the_samples_changes_nothing) {
  Samples samples = normal_samples(400, 3, 2);
  samples.activations = samples.activations.mul(16).round().div(16).to(torch::kFloat32);  // exact beside 1e4
  const KernelSums before = kernel_sums(samples.activations, samples.labels, 0.001);
  BOOST_TEST(equal(kernel_sums(samples.activations + 1e4, samples.labels, 0.001), before));
}

BOOST_AUTO_TEST_CASE(equal_samples_count_whole_and_distant_ones_not_at_all) {
  for (const auto type : {torch::kFloat32, torch::kFloat64}) {
    const torch::Tensor t = torch::tensor({1e30, 1e30, -1e30, 0.0}, type).view({4, 1});
    const KernelSums sums = kernel_sums(t, torch::tensor({0, 1, 1, 0}, torch::kInt64), 1e-40);
    BOOST_TEST(sums.narrow_all == (std::vector<double>{2, 2, 1, 1}), boost::test_tools::per_element());
    BOOST_TEST(sums.wide_all == (std::vector<double>{2, 2, 1, 1}), boost::test_tools::per_element());
    BOOST_TEST(sums.wide_own == (std::vector<double>{1, 1, 1, 1}), boost::test_tools::per_element());
  }
}

BOOST_AUTO_TEST_CASE(a_tensor_need_not_be_contiguous) {
  const Samples samples = normal_samples(200, 6, 2);
  const torch::Tensor transposed = samples.activations.t().contiguous().t();
  BOOST_TEST(!transposed.is_contiguous());
  BOOST_TEST(
      equal(kernel_sums(transposed, samples.labels, 0.1), kernel_sums(samples.activations, samples.labels, 0.1)));
}

BOOST_AUTO_TEST_CASE(labels_of_few_samples_have_the_sums_of_the_definition) {
  for (const std::int64_t classes : {30, 100, 200, 400}) {
    Samples samples = normal_samples(400, 3, classes);
    if (classes == 400) samples.labels = torch::arange(399, -1, -1);
    samples.activations = samples.activations.to(torch::kFloat32).to(torch::kFloat64);
    const KernelSums slow = slow_sums(samples, 0.4);
    const KernelSums sums = kernel_sums(samples.activations, samples.labels, 0.4);
    BOOST_TEST(largest_relative_error(sums, slow) < 1e-10, classes << " classes");
    BOOST_TEST(largest_relative_error(kernel_sums(samples.activations.to(torch::kFloat32), samples.labels, 0.4), slow) <
               1e-5);
    BOOST_TEST(equal(kernel_sums(samples.activations, samples.labels, 0.4, 3), sums));
  }
}

// Blocks of one label each are filled up, which may not make a label a sample dear.
BOOST_AUTO_TEST_CASE(a_label_a_sample_takes_little_more_time_than_one_label) {
  const Samples samples = normal_samples(3000, 4, 1);
  const auto seconds = [&](const torch::Tensor& labels) {
    return least_seconds([&] { kernel_sums(samples.activations, labels, 0.4); });
  };
  const double one = seconds(samples.labels);
  BOOST_TEST(seconds(torch::arange(3000)) < 30 * one);
  BOOST_TEST(seconds(torch::arange(3000).div(4, "floor")) < 30 * one);
}

BOOST_AUTO_TEST_SUITE_END()
