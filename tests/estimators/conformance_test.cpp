#include <infoplane/estimators/conformance.hpp>

#include <algorithm>

#include <boost/test/unit_test.hpp>

#include <infoplane/error.hpp>
#include <infoplane/estimators/catalogue.hpp>

#include "estimators/wrong_estimators.hpp"

using namespace infoplane;
using namespace infoplane::estimators;
using namespace infoplane::testing;

namespace {

Choice<EstimatorFactory> chosen(const std::string& yaml) {
  static const auto registry = catalogue();
  Node config = Node::of_map({});
  set_value(config, "estimator=" + yaml);
  Choice<EstimatorFactory> choice;
  infoplane::choice("estimator", choice, registry, "").binding->read(*config.find("estimator"), "estimator");
  return choice;
}

// It conforms, and what it is exempt from does not hold, so that no exemption outlives its reason.
void expect_conformance(const std::string& yaml) {
  BOOST_TEST_CONTEXT(yaml) {
    const auto choice = chosen(yaml);
    std::string wrong;
    for (const auto& [check, what] : check_conformance(choice)) wrong += check + ": " + what + "\n";
    BOOST_TEST(wrong == "");
    const std::vector<Exemption> exemptions = choice(1)->exemptions();
    for (const ConformanceCheck& check : conformance_checks()) {
      const bool exempt = std::any_of(exemptions.begin(), exemptions.end(),
                                      [&](const Exemption& exemption) { return exemption.check == check.name; });
      if (exempt) BOOST_TEST(check.violation(choice) != "", "is exempt from " << check.name << ", which holds");
    }
  }
}

std::vector<std::string> failing(const MakeEstimator& make) {
  std::vector<std::string> names;
  for (const ConformanceFailure& failure : check_conformance(make)) names.push_back(failure.check);
  return names;
}

MakeEstimator sound_but_exempt(const std::vector<Exemption>& exemptions) {
  return [exemptions](std::uint64_t) {
    auto estimator = std::make_unique<Altered>([](const LayerSamples&, Information&) {});
    estimator->exemptions_ = exemptions;
    return estimator;
  };
}

}  // namespace

BOOST_AUTO_TEST_SUITE(conformance)

BOOST_AUTO_TEST_CASE(every_estimator_of_the_catalogue_conforms) {
  for (const std::string& name : catalogue().names()) expect_conformance(name);
}

BOOST_AUTO_TEST_CASE(estimators_conform_under_other_options) {
  for (const std::string yaml : {"{type: binning, rule: scott}",
                                 "{type: binning, rule: sturges}",
                                 "{type: binning, rule: doane}",
                                 "{type: binning, rule: quantile}",
                                 "{type: binning, rule: idnns}",
                                 "{type: binning, range: [-1, 1]}",
                                 "{type: binning, symbol: scalar}",
                                 "{type: binning, input: binned}",
                                 "{type: binning, input: [-1, 0, 1]}",
                                 "{type: binning, symbol: scalar, input: binned, correction: chao_shen}",
                                 "{type: binning, correction: miller_madow}",
                                 "{type: binning, correction: chao_shen}",
                                 "{type: binning, permutations: 2}",
                                 "{type: histogram2d, correction: miller_madow}",
                                 "{type: kernel_density, scale: relative}",
                                 "{type: kernel_density, alpha: 0.2}",
                                 "{type: ksg, form: mixed}",
                                 "{type: ksg, i_xt: none, noise_variance: 0}",
                                 "{type: ksg, neighbors: 100, permutations: 2}",
                                 "{type: kmeans, clusters: 4}",
                                 "{type: kmeans, elbow: sums, max_clusters: 8}",
                                 "{type: kmeans, input: clustered, max_clusters: 5, warm_start: true}",
                                 "{type: gaussian_mixture, components: 20}",
                                 "{type: gaussian_mixture, assignment: hard, max_components: 4}",
                                 "{type: matrix_renyi, alpha: 0.5}",
                                 "{type: matrix_renyi, alpha: 2}",
                                 "{type: matrix_renyi, max_samples: 40}"}) {
    expect_conformance(yaml);
  }
}

BOOST_AUTO_TEST_CASE(every_check_and_no_other_finds_the_estimator_that_is_wrong_about_it) {
  std::map<std::string, MakeEstimator> wrong = wrong_values();
  wrong.merge(wrong_dependences());
  wrong.merge(wrong_conduct());
  for (const ConformanceCheck& check : conformance_checks()) {
    BOOST_TEST_CONTEXT(check.name) {
      if (check.name == "several_units") continue;  // the next case
      BOOST_REQUIRE(wrong.count(check.name) == 1);
      BOOST_TEST(failing(wrong.at(check.name)) == std::vector<std::string>{check.name},
                 boost::test_tools::per_element());
    }
  }
}

BOOST_AUTO_TEST_CASE(an_estimator_of_single_units_must_say_so) {
  const auto make = [](const std::vector<Exemption>& exemptions) {
    return [exemptions](std::uint64_t) {
      auto estimator = std::make_unique<Altered>([](const LayerSamples& samples, Information&) {
        if (samples.activations.size(1) > 1 || samples.inputs.size(1) > 1) throw Error("one unit");
      });
      estimator->exemptions_ = exemptions;
      return estimator;
    };
  };
  BOOST_TEST(failing(make({})).front() == "several_units");
  BOOST_TEST(failing(make({{"several_units", "it is small"}})).empty());
}

BOOST_AUTO_TEST_CASE(a_failure_tells_the_layer_and_the_numbers) {
  const auto failures = check_conformance(wrong_values().at("not_negative"));
  BOOST_REQUIRE(failures.size() == 1);
  BOOST_TEST(failures.front().what == "tanh Double [60, 3], 2 labels: I(T;Y) is -0.125, must be at least 0");
  const auto refused = check_conformance(wrong_conduct().at("label_range"));
  BOOST_REQUIRE(refused.size() == 1);
  BOOST_TEST(refused.front().what ==
             "tanh Double [60, 3], 2 labels: accepted, expected 'layer tanh: the label of sample 30 is -1, labels must "
             "be in 0..1'");
  const auto thrown = check_conformance(wrong_values().at("few_samples"));
  BOOST_REQUIRE(thrown.size() == 1);
  BOOST_TEST(thrown.front().what == "tanh Double [60, 3], 2 labels: threw '5 samples are too few'");
}

BOOST_AUTO_TEST_CASE(values_must_be_those_that_are_named) {
  const auto failures = check_conformance(altered([](const LayerSamples&, Information& i) { i.value = "upper"; }));
  BOOST_REQUIRE(!failures.empty());
  BOOST_TEST(failures.front().check == "details");
  BOOST_TEST(failures.front().what == "tanh Double [60, 3], 2 labels: the values are 'upper', values() names ''");
}

BOOST_AUTO_TEST_CASE(what_is_exempt_is_not_asked_for) {
  const MakeEstimator negative = wrong_values().at("not_negative");
  const auto make = [&](std::uint64_t seed) {
    auto estimator = negative(seed);
    static_cast<Altered&>(*estimator).exemptions_ = {{"not_negative", "it is wrong"}};
    return estimator;
  };
  BOOST_TEST(check_conformance(make).empty());
}

BOOST_AUTO_TEST_CASE(an_exemption_names_a_check_and_a_reason) {
  BOOST_TEST(check_conformance(sound_but_exempt({})).empty());
  const auto misspelt = check_conformance(sound_but_exempt({{"sample_ordr", "it draws"}}));
  BOOST_REQUIRE(misspelt.size() == 1);
  BOOST_TEST(misspelt.front().check == "sample_ordr");
  BOOST_TEST(misspelt.front().what == "is not a check, did you mean 'sample_order'?");
  const auto unreasoned = check_conformance(sound_but_exempt({{"sample_order", ""}}));
  BOOST_REQUIRE(unreasoned.size() == 1);
  BOOST_TEST(unreasoned.front().check == "sample_order");
  BOOST_TEST(unreasoned.front().what == "is exempt without a reason");
}

BOOST_AUTO_TEST_SUITE_END()
