#include <infoplane/estimator.hpp>

#include <cmath>
#include <limits>
#include <vector>

#include <boost/test/unit_test.hpp>

#include <infoplane/error.hpp>

#include "support/support.hpp"

using namespace infoplane;
using infoplane::testing::message_of;

namespace {

LayerSamples small_layer() {
  LayerSamples samples;
  samples.inputs = torch::zeros({3, 4});
  samples.labels = torch::tensor({0, 2, 1}, torch::kInt64);
  samples.classes = 3;
  samples.activations = torch::tensor({{0.1, 0.2}, {0.3, 0.4}, {0.5, 0.6}}, torch::kFloat32);
  samples.layer = "L3";
  return samples;
}

std::string refusal(const LayerSamples& samples) {
  return message_of<Error>([&] { validate(samples); });
}

std::string refusal_of_value(torch::ScalarType type, double value) {
  LayerSamples samples = small_layer();
  samples.activations = samples.activations.to(type, false, /*copy=*/true);
  samples.activations[2][1] = value;
  return refusal(samples);
}

}  // namespace

BOOST_AUTO_TEST_SUITE(estimator)

BOOST_AUTO_TEST_CASE(sound_samples_pass) {
  LayerSamples samples = small_layer();
  BOOST_TEST(refusal(samples) == "");
  samples.activations = samples.activations.to(torch::kFloat64);
  BOOST_TEST(refusal(samples) == "");
}

BOOST_AUTO_TEST_CASE(label_probabilities_that_do_not_fit_the_labels_are_refused) {
  LayerSamples samples = small_layer();
  samples.label_probabilities = torch::tensor({{1.0, 0.0, 0.0}, {0.0, 0.5, 0.5}, {0.0, 1.0, 0.0}}, torch::kFloat64);
  BOOST_TEST(refusal(samples) == "");
  samples.label_probabilities[1][2] = 0.25;
  BOOST_TEST(refusal(samples) ==
             "layer L3: the label probabilities of sample 1 have the sum 0.75, they must have the sum 1");
  samples.label_probabilities = torch::ones({3, 2}, torch::kFloat64);
  BOOST_TEST(refusal(samples) == "layer L3: label probabilities must be Double [3, 3], got Double [3, 2]");
}

BOOST_AUTO_TEST_CASE(the_largest_and_the_smallest_numbers_are_finite) {
  BOOST_TEST(refusal_of_value(torch::kFloat32, std::numeric_limits<float>::max()) == "");
  BOOST_TEST(refusal_of_value(torch::kFloat32, std::numeric_limits<float>::denorm_min()) == "");
  BOOST_TEST(refusal_of_value(torch::kFloat64, std::numeric_limits<double>::lowest()) == "");
}

BOOST_AUTO_TEST_CASE(an_activation_that_is_not_finite_is_named) {
  for (const auto type : {torch::kFloat32, torch::kFloat64}) {
    BOOST_TEST(refusal_of_value(type, std::nan("")) ==
               "layer L3: the activation of sample 2, unit 1 is nan, activations must be finite");
    BOOST_TEST(refusal_of_value(type, std::numeric_limits<double>::infinity()) ==
               "layer L3: the activation of sample 2, unit 1 is inf, activations must be finite");
    BOOST_TEST(refusal_of_value(type, -std::numeric_limits<double>::infinity()) ==
               "layer L3: the activation of sample 2, unit 1 is -inf, activations must be finite");
  }
}

BOOST_AUTO_TEST_CASE(the_first_bad_activation_is_named_in_a_transposed_view_too) {
  LayerSamples samples = small_layer();
  samples.activations = torch::zeros({2, 3}).t();
  samples.activations[1][1] = std::nan("");
  samples.activations[2][0] = std::nan("");
  BOOST_TEST(refusal(samples) == "layer L3: the activation of sample 1, unit 1 is nan, activations must be finite");
}

BOOST_AUTO_TEST_CASE(a_label_outside_its_range_is_named) {
  LayerSamples samples = small_layer();
  samples.labels = torch::tensor({0, 3, 1}, torch::kInt64);
  BOOST_TEST(refusal(samples) == "layer L3: the label of sample 1 is 3, labels must be in 0..2");
  samples.labels = torch::tensor({0, 2, -100}, torch::kInt64);
  BOOST_TEST(refusal(samples) == "layer L3: the label of sample 2 is -100, labels must be in 0..2");
}

BOOST_AUTO_TEST_CASE(shapes_and_types_that_do_not_fit_are_refused) {
  const std::string activations = ", they must be float32 or float64 of [samples, units], at least one of each";
  LayerSamples samples = small_layer();
  samples.activations = torch::Tensor();
  BOOST_TEST(refusal(samples) == "layer L3: activations are an undefined tensor" + activations);
  samples.activations = torch::zeros({3});
  BOOST_TEST(refusal(samples) == "layer L3: activations are Float [3]" + activations);
  samples.activations = torch::zeros({0, 2});
  BOOST_TEST(refusal(samples) == "layer L3: activations are Float [0, 2]" + activations);
  samples.activations = torch::zeros({3, 0});
  BOOST_TEST(refusal(samples) == "layer L3: activations are Float [3, 0]" + activations);
  samples.activations = torch::zeros({3, 2}, torch::kInt64);
  BOOST_TEST(refusal(samples) == "layer L3: activations are Long [3, 2]" + activations);

  samples = small_layer();
  samples.inputs = torch::zeros({2, 4});
  BOOST_TEST(
      refusal(samples) ==
      "layer L3: inputs are Float [2, 4], they must be float32 or float64 of [3, inputs], as many as the activations");
  samples = small_layer();
  samples.labels = torch::zeros({3});
  BOOST_TEST(refusal(samples) ==
             "layer L3: labels are Float [3], they must be int64 of [3], as many as the activations");
  samples.labels = torch::zeros({4}, torch::kInt64);
  BOOST_TEST(refusal(samples) ==
             "layer L3: labels are Long [4], they must be int64 of [3], as many as the activations");
  samples = small_layer();
  samples.classes = 0;
  BOOST_TEST(refusal(samples) == "layer L3: 0 classes, there must be at least 1");
}

BOOST_AUTO_TEST_SUITE_END()
