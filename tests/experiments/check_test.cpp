#include <infoplane/check.hpp>

#include "support/small_run.hpp"

using namespace infoplane;
using namespace infoplane::testing;

namespace {

std::string refusal(const std::vector<std::string>& settings) {
  return message_of<UsageError>([&] { check(experiment(settings)); });
}

std::string figure_refusal(const std::string& figure, std::vector<std::string> settings = {}) {
  settings.push_back("figures=[" + figure + "]");
  return refusal(settings);
}

const std::string kBounds = "estimators=[binning, {type: kernel_density, name: kde}]";
const std::string kHistograms = "observe.histograms={epochs: [0, 4], layers: [L2, L3]}";

}  // namespace

BOOST_AUTO_TEST_SUITE(check_of_experiments)

BOOST_AUTO_TEST_CASE(figures_that_name_unknown_layers_or_estimators_are_refused) {
  BOOST_TEST(figure_refusal("{type: information_plane, layers: [L9]}") ==
             "figure 'information_plane': unknown layer 'L9', did you mean 'L1'?");
  BOOST_TEST(figure_refusal("{type: information_plane, estimator: kernels}") ==
             "figure 'information_plane': unknown estimator 'kernels'; known: binning, coarse");
  BOOST_TEST(figure_refusal("{type: information_plane, estimator: kde.uper}", {kBounds}) ==
             "figure 'information_plane': unknown estimator 'kde.uper', did you mean 'kde.upper'?");
  BOOST_TEST(figure_refusal("{type: information_plane, estimator: binning.mean}", {kBounds}) ==
             "figure 'information_plane': unknown estimator 'binning.mean'; known: binning, kde, kde.mean, kde.upper, "
             "kde.lower");
  for (const char* name : {"kde", "kde.mean", "kde.upper", "kde.lower", "binning", "''"}) {
    BOOST_TEST(figure_refusal(std::string("{type: information_plane, estimator: ") + name + "}", {kBounds}) == "");
  }
}

BOOST_AUTO_TEST_CASE(figures_of_what_is_not_written_are_refused) {
  BOOST_TEST(figure_refusal("parameter_curves") == "figure 'parameter_curves' needs observe.trace: parameters");
  BOOST_TEST(figure_refusal("histograms") == "figure 'histograms' needs observe.histograms.epochs");
  BOOST_TEST(figure_refusal("{type: detail_curves, detail: clusters}") ==
             "figure 'detail_curves': unknown detail 'clusters'; known: bins, words, out_of_range");
}

BOOST_AUTO_TEST_CASE(details_and_bounds_must_be_of_the_estimator_that_is_shown) {
  BOOST_TEST(figure_refusal("{type: detail_curves, detail: noise_variance}", {kBounds}) ==
             "figure 'detail_curves': estimator 'binning' gives no detail 'noise_variance', only kde");
  BOOST_TEST(figure_refusal("{type: detail_curves, detail: bins, estimator: kde.upper}", {kBounds}) ==
             "figure 'detail_curves': estimator 'kde' gives no detail 'bins', only binning");
  BOOST_TEST(figure_refusal("{type: detail_curves, detail: noise_variance, estimator: kde.upper}", {kBounds}) == "");
  BOOST_TEST(figure_refusal("information_bounds", {kBounds}) ==
             "figure 'information_bounds': estimator 'binning' gives no value 'lower', only kde");
  BOOST_TEST(figure_refusal("information_bounds") ==
             "figure 'information_bounds': estimator 'binning' gives no value 'lower', nor does another");
  for (const char* name : {"kde", "kde.mean", "kde.upper"}) {
    BOOST_TEST(figure_refusal(std::string("{type: information_bounds, estimator: ") + name + "}", {kBounds}) == "");
  }
  BOOST_TEST(figure_refusal("information_bounds", {"estimators=[{type: kernel_density, permutations: 2}]"}) == "");
  BOOST_TEST(figure_refusal("information_bounds", {"estimators=[]"}) ==
             "figure 'information_bounds' needs an estimator, got estimators: []");
}

BOOST_AUTO_TEST_CASE(histograms_that_are_not_counted_are_refused) {
  BOOST_TEST(refusal({"observe.histograms={epochs: [7]}"}) ==
             "observe.histograms.epochs lists epoch 7, but the training has epochs 0 to 6: remove it or raise "
             "training.epochs");
  BOOST_TEST(refusal({"observe.histograms={epochs: [6], layers: [L4]}"}) ==
             "observe.histograms: unknown layer 'L4', did you mean 'L1'?");
  BOOST_TEST(figure_refusal("{type: histograms, epochs: [4, 3]}", {kHistograms}) ==
             "figure 'histograms' needs epoch 3 in observe.histograms.epochs, which lists 0, 4");
  BOOST_TEST(figure_refusal("{type: histograms, layer: L1}", {kHistograms}) ==
             "figure 'histograms' needs layer 'L1' in observe.histograms.layers, which lists L2, L3");
  BOOST_TEST(figure_refusal("{type: histograms, layer: L5}", {kHistograms}) ==
             "figure 'histograms': unknown layer 'L5', did you mean 'L1'?");
  BOOST_TEST(figure_refusal("{type: histograms, layer: L3, epochs: [4, 0], replica: 4}", {kHistograms}) == "");
  BOOST_TEST(figure_refusal("{type: histograms, layer: L1}", {"observe.histograms={epochs: [3]}"}) == "");
}

BOOST_AUTO_TEST_CASE(histograms_of_a_replica_of_another_part_are_refused) {
  BOOST_TEST(figure_refusal("{type: histograms, replica: 5}", {kHistograms}) ==
             "figure 'histograms' needs replica 5, the experiment has replicas 0 to 4");
  BOOST_TEST(figure_refusal("histograms", {kHistograms, "first_replica=2", "replicas=3"}) ==
             "figure 'histograms' needs replica 0, the experiment has replicas 2 to 4");
  BOOST_TEST(figure_refusal("{type: histograms, replica: 1}", {kHistograms, "replicas=1"}) ==
             "figure 'histograms' needs replica 1, the experiment has replica 0");
  BOOST_TEST(figure_refusal("{type: histograms, replica: 4}", {kHistograms, "first_replica=2", "replicas=3"}) == "");
}

BOOST_AUTO_TEST_CASE(figures_of_more_than_can_be_told_apart_are_refused) {
  const std::string trace = "observe.trace=parameters";
  BOOST_TEST(
      figure_refusal("parameter_curves", {trace}) ==
      "figure 'parameter_curves' can show 12 elements of parameters, got 103: name some by its option parameters");
  BOOST_TEST(
      figure_refusal("{type: parameter_curves, parameters: [linear1.bias, linear2.bias, linear3.weight, linear3.bias]}",
                     {trace}) ==
      "figure 'parameter_curves' can show 12 elements of parameters, got 13: name some by its option parameters");
  BOOST_TEST(figure_refusal("{type: parameter_curves, parameters: [linear1.bias, linear2.bias, linear3.weight]}",
                            {trace}) == "");
  const auto deep = [](int layers) {
    std::string widths = "model.widths=[1";
    for (int l = 1; l < layers; ++l) widths += ", 1";
    return widths + "]";
  };
  BOOST_TEST(figure_refusal("information_plane", {deep(101)}) ==
             "figure 'information_plane' can show 100 layers, got 101: name some by its option layers");
  BOOST_TEST(figure_refusal("information_plane", {deep(100)}) == "");
  BOOST_TEST(figure_refusal("{type: information_plane, layers: [L101]}", {deep(101)}) == "");
}

BOOST_AUTO_TEST_CASE(all_figures_and_claims_that_cannot_be_met_are_reported) {
  BOOST_TEST(refusal({"figures=[histograms, {type: information_plane, layers: [L9]}]",
                      "claims=[{claim: compression, layer: L8, at_least_bits: 1}]"}) ==
             "figure 'histograms' needs observe.histograms.epochs; "
             "figure 'information_plane': unknown layer 'L9', did you mean 'L1'?; "
             "claim 'compression': unknown layer 'L8', did you mean 'L1'?");
}

BOOST_AUTO_TEST_CASE(what_is_valid_and_hardly_meant_is_a_warning) {
  const auto warnings = [](const std::vector<std::string>& settings) { return check(experiment(settings)); };
  const auto same = [](const std::vector<std::string>& got, const std::vector<std::string>& expected) {
    BOOST_TEST(got == expected, boost::test_tools::per_element());
  };
  same(warnings({}), {});
  same(warnings({"training.learning_rate=5e-324"}),
       {"training.learning_rate 5e-324 changes no parameter in the first step"});
  for (const std::string size : {"500", "0"}) {
    same(warnings({"training.learning_rate=1e308", "training.batch_size=" + size}),
         {"training.learning_rate 1e+308 is too large: the loss is no longer finite after the first step"});
  }
  same(warnings({"observe.schedule={type: list, epochs: []}"}),
       {"observe.schedule has no epoch after 0: nothing is observed after training starts"});
  same(warnings({"estimators=[{type: binning, bins: 819}, {type: binning, name: b, bins: 820}]"}),
       {"estimators.1.bins is 820, above the number of observed samples, 819"});
  same(warnings({"estimators=[{type: kmeans, max_clusters: 900}, {type: kmeans, name: k, clusters: 900}]"}),
       {"estimators.0.max_clusters is 900, above the number of observed samples, 819",
        "estimators.1.clusters is 900, above the number of observed samples, 819"});
  same(warnings({"observe.histograms={epochs: [0], bins: 1000}"}),
       {"observe.histograms.bins is 1000, above the number of observed samples, 819"});
  same(warnings({"observe.histograms={bins: 1000}", "observe.samples=all", "estimators=[{type: binning, bins: 4096}]"}),
       {});
}

BOOST_AUTO_TEST_CASE(label_probabilities_are_needed_to_train_on_and_not_used_by_every_estimator) {
  const std::string drawn = "dataset={type: twelve_bit, rule: tishby_stochastic}";
  for (const std::string labels : {"redrawn", "probabilities"}) {
    BOOST_TEST(refusal({"training.labels=" + labels}) ==
               "training.labels is " + labels + ", but the data set has no label probabilities: it must be drawn");
    BOOST_TEST(refusal({drawn, "training.labels=" + labels}) == "");
  }
  const std::string estimators = "estimators=[binning, {type: kmeans, correction: miller_madow, name: k}, decoder]";
  const std::vector<std::string> expected{
      "estimators.1 (k) estimates I(T;Y) of the labels as drawn, not of their probabilities",
      "estimators.2 (decoder) estimates I(T;Y) of the labels as drawn, not of their probabilities"};
  BOOST_TEST(check(experiment({drawn, estimators})) == expected, boost::test_tools::per_element());
  BOOST_TEST(check(experiment({estimators})).empty());
}

BOOST_AUTO_TEST_CASE(a_layer_that_an_estimator_cannot_measure_is_refused) {
  const std::string one_input = "dataset=threshold", widths = "model.widths=[1, 3, 1]";
  BOOST_TEST(refusal({one_input, widths, "estimators=[binning, {type: histogram2d, name: cells}]"}) ==
             "estimator 'cells': layer L2: histogram2d takes layers of one unit, got 3; binning takes any number");
  BOOST_TEST(
      refusal({one_input, widths, "estimators=[{type: histogram2d, permutations: 2}]"}) ==
      "estimator 'histogram2d': layer L2: histogram2d takes layers of one unit, got 3; binning takes any number");
  BOOST_TEST(refusal({"model.widths=[1, 1]", "estimators=[histogram2d]"}) ==
             "estimator 'histogram2d': histogram2d takes one input, got 12; binning takes any number");
  BOOST_TEST(refusal({one_input, widths, "estimators=[histogram2d]", "observe.layers=[L1, L3]"}) == "");
}

BOOST_AUTO_TEST_SUITE_END()
