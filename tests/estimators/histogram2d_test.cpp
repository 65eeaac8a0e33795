#include <infoplane/estimators/histogram2d.hpp>

#include <cmath>

#include <boost/test/unit_test.hpp>

#include <infoplane/error.hpp>

#include "estimators/samples.hpp"
#include "support/support.hpp"

using namespace infoplane;
using namespace infoplane::estimators;
using namespace infoplane::testing;

namespace {

Information histogram(const LayerSamples& samples, std::int64_t bins = 30, Correction correction = Correction::none) {
  return make_histogram2d({bins, correction}, 1)->estimate(samples).values.at(0);
}

LayerSamples pairs(const std::vector<double>& x, const std::vector<double>& l) {
  const auto n = static_cast<std::int64_t>(x.size());
  LayerSamples samples = layer_of(torch::tensor(l, torch::kFloat64).reshape({n, 1}), std::vector<std::int64_t>(n), 1);
  samples.inputs = torch::tensor(x, torch::kFloat64).reshape({n, 1});
  return samples;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(histogram2d)

BOOST_AUTO_TEST_CASE(the_reference_case_comes_out) {
  const torch::Tensor columns = read_table("one_layer.activations.csv");
  LayerSamples samples = reference_layer("one_layer", 2, ActivationKind::tanh);
  samples.inputs = columns.narrow(1, 0, 1);
  samples.activations = columns.narrow(1, 1, 1);
  const double expected_bits = expected()["one_layer"]["histogram2d_30"]["i_xt"];
  // Given to so many digits; both programs sum a thousand terms, in other orders.
  BOOST_TEST(histogram(samples).i_xt_bits == expected_bits, boost::test_tools::tolerance(1e-9));
}

BOOST_AUTO_TEST_CASE(a_table_of_counts_gives_its_information) {
  // Two bins of each: 3 samples in (0, 0), 1 in (0, 1), 1 in (1, 0), 3 in (1, 1).
  const Information information = histogram(pairs({0, 0, 0, 0, 1, 1, 1, 1}, {5, 5, 5, 9, 5, 9, 9, 9}), 2);
  BOOST_TEST(information.i_xt_bits == 1 + 0.75 * std::log2(0.75) + 0.25 * std::log2(0.25),
             boost::test_tools::tolerance(1e-12));
  BOOST_TEST(information.i_xt_cap_bits == 1);
  BOOST_TEST(information.details == (std::vector<double>{2, 4}), boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(the_largest_value_is_in_the_last_bin) {
  const Information information = histogram(pairs({0, 1, 2, 3, 4}, {0, 1, 2, 3, 4}), 4);
  // Bins [0, 1) [1, 2) [2, 3) [3, 4]: 3 and 4 share one.
  BOOST_TEST(information.i_xt_bits == 0.6 * std::log2(5) + 0.4 * std::log2(2.5), boost::test_tools::tolerance(1e-12));
  BOOST_TEST(information.details[1] == 4);
}

BOOST_AUTO_TEST_CASE(input_and_layer_have_bins_of_their_own) {
  const Information information = histogram(pairs({0, 1, 2, 3}, {-7e5, -7e5, 1e-3, 3e5}), 4);
  BOOST_TEST(information.i_xt_bits == 1.5, boost::test_tools::tolerance(1e-12));
}

BOOST_AUTO_TEST_CASE(labels_take_the_bins_of_the_layer) {
  LayerSamples samples = pairs({0, 1, 2, 3}, {0, 1, 2, 3});
  samples.classes = 2;
  samples.labels = torch::tensor({0, 0, 1, 1}, torch::kInt64);
  BOOST_TEST(histogram(samples, 4).i_ty_bits == 1);
  BOOST_TEST(histogram(samples, 1).i_ty_bits == 0);
  BOOST_TEST(histogram(samples, 4).i_ty_cap_bits == 1);
}

BOOST_AUTO_TEST_CASE(nothing_shared_reads_as_the_bias_that_the_header_names) {
  const std::int64_t n = 20000;
  LayerSamples samples = random_layer(n, 1, 2, 3);
  auto generator = at::detail::createCPUGenerator(4);
  samples.inputs = torch::empty({n, 1}, torch::kFloat64).uniform_(0, 1, generator);
  samples.activations = torch::empty({n, 1}, torch::kFloat64).uniform_(0, 1, generator);
  const double bias = 9 * 9 / (2.0 * n * std::log(2.0));
  BOOST_TEST(histogram(samples, 10).i_xt_bits == bias, boost::test_tools::tolerance(0.5));
  BOOST_TEST(histogram(samples, 10, Correction::miller_madow).i_xt_bits < 0.5 * bias);
}

BOOST_AUTO_TEST_CASE(more_than_one_unit_or_input_is_refused) {
  LayerSamples samples = random_layer(10, 2, 2, 1);
  BOOST_TEST(message_of<Error>([&] { histogram(samples); }) ==
             "layer L: histogram2d takes layers of one unit, got 2; binning takes any number");
  samples.inputs = samples.activations;
  BOOST_TEST(message_of<Error>([&] { histogram(samples); }) ==
             "histogram2d takes one input, got 2; binning takes any number");
}

BOOST_AUTO_TEST_SUITE_END()
