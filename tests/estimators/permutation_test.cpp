#include <infoplane/estimators/permutation.hpp>

#include <cmath>

#include <boost/test/unit_test.hpp>

#include <infoplane/estimators/binning.hpp>
#include <infoplane/estimators/catalogue.hpp>

#include "estimators/samples.hpp"

using namespace infoplane;
using namespace infoplane::estimators;
using namespace infoplane::testing;

namespace {

std::unique_ptr<Estimator> permuted_binning(std::int64_t permutations, std::uint64_t seed = 1) {
  return with_permutations(make_binning({}, 1), permutations, seed);
}

// Mean and standard deviation of I(T;Y) under the shuffles.
std::pair<double, double> nothing(const Estimator& estimator, const LayerSamples& samples) {
  const std::vector<double> details = estimator.estimate(samples).values.at(0).details;
  return {details.at(details.size() - 2), details.back()};
}

}  // namespace

BOOST_AUTO_TEST_SUITE(permutation)

BOOST_AUTO_TEST_CASE(the_estimate_itself_stays_and_its_details_come_first) {
  const LayerSamples samples = random_layer(200, 1, 2, 1);
  const Information plain = make_binning({}, 1)->estimate(samples).values.at(0);
  const auto estimator = permuted_binning(5);
  const Information information = estimator->estimate(samples).values.at(0);
  BOOST_TEST(information.i_xt_bits == plain.i_xt_bits);
  BOOST_TEST(information.i_ty_bits == plain.i_ty_bits);
  BOOST_TEST(estimator->details() == (std::vector<std::string>{"bins", "words", "out_of_range",
                                                               "i_ty_shuffled_mean_bits", "i_ty_shuffled_sd_bits"}),
             boost::test_tools::per_element());
  BOOST_TEST(std::vector<double>(information.details.begin(), information.details.end() - 2) == plain.details,
             boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(what_remains_under_shuffled_labels_is_the_bias) {
  // A word of 50 and a label of 2 that are independent: (W - 1)(K - 1) / (2 N ln 2) bits to first order.
  const LayerSamples samples = random_layer(5000, 1, 2, 2);
  const double words = make_binning({}, 1)->estimate(samples).values.at(0).details[1];
  const auto [mean, deviation] = nothing(*permuted_binning(40), samples);
  const double bias = (words - 1) / (2 * 5000 * std::log(2.0));
  BOOST_TEST(mean == bias, boost::test_tools::tolerance(0.1));
  // Of a chi-squared variable with W - 1 degrees of freedom, of which 40 were drawn.
  BOOST_TEST(deviation == std::sqrt(2 * (words - 1)) / (2 * 5000 * std::log(2.0)), boost::test_tools::tolerance(0.4));
}

BOOST_AUTO_TEST_CASE(labels_that_the_layer_does_not_know_are_within_the_deviations) {
  LayerSamples samples = random_layer(1000, 2, 2, 3);
  auto generator = at::detail::createCPUGenerator(4);
  samples.labels = samples.labels.index_select(0, torch::randperm(1000, generator, torch::kInt64));
  const auto estimator = permuted_binning(20);
  const auto [mean, deviation] = nothing(*estimator, samples);
  BOOST_TEST(std::abs(estimator->estimate(samples).values.at(0).i_ty_bits - mean) < 4 * deviation);
}

BOOST_AUTO_TEST_CASE(one_permutation_has_no_deviation_and_a_seed_has_its_own) {
  const LayerSamples samples = random_layer(300, 1, 2, 5);
  BOOST_TEST(nothing(*permuted_binning(1), samples).second == 0);
  BOOST_TEST(nothing(*permuted_binning(9, 1), samples).first == nothing(*permuted_binning(9, 1), samples).first);
  BOOST_TEST(nothing(*permuted_binning(9, 1), samples).first != nothing(*permuted_binning(9, 2), samples).first);
}

BOOST_AUTO_TEST_CASE(every_estimator_of_the_catalogue_takes_the_option) {
  const auto estimators = catalogue();
  for (const std::string& name : estimators.names()) {
    BOOST_TEST_CONTEXT(name) {
      auto choice = estimators.choose(name);
      BOOST_TEST(choice.fields().back().name == "permutations");
      const auto plain = choice(1)->details();
      choice.fields().back().binding->read(Node::of_scalar("3"), "permutations");
      BOOST_TEST(choice(1)->details().size() == plain.size() + 2);
    }
  }
}

BOOST_AUTO_TEST_SUITE_END()
