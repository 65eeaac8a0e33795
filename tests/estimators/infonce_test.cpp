#include <infoplane/estimators/infonce.hpp>

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

}  // namespace

BOOST_AUTO_TEST_SUITE(infonce)

BOOST_AUTO_TEST_CASE(the_bound_comes_close_below_the_information_of_correlated_variables) {
  const double rho = 0.75;
  const torch::Tensor both = normal(4000, 2, 1), x = both.narrow(1, 0, 1);
  const torch::Tensor t = rho * x + std::sqrt(1 - rho * rho) * both.narrow(1, 1, 1);
  const double truth = -0.5 * std::log2(1 - rho * rho), bits = infonce_information_bits(x, t, {}, 1);
  BOOST_TEST(bits < truth + 0.03);  // the scatter of 4000 samples
  BOOST_TEST(bits > truth - 0.1);
}

BOOST_AUTO_TEST_CASE(independent_variables_hold_nothing) {
  const double bits = infonce_information_bits(normal(2000, 2, 1), normal(2000, 2, 2), {}, 1);
  BOOST_TEST(bits < 0.02);
  BOOST_TEST(bits > -0.3);
}

BOOST_AUTO_TEST_CASE(the_cap_is_the_logarithm_of_the_batch) {
  BOOST_TEST(infonce_cap_bits(3) == 0);
  BOOST_TEST(infonce_cap_bits(256) == 7);
  BOOST_TEST(infonce_cap_bits(2048) == 10);
  BOOST_TEST(infonce_cap_bits(4096) == 10);
  BOOST_TEST(infonce_cap_bits(8192) == 10);
  BOOST_TEST(infonce_cap_bits(2049) == std::log2(513));
}

BOOST_AUTO_TEST_CASE(a_copy_of_the_input_stays_below_the_cap) {
  const torch::Tensor x = normal(600, 1, 1);
  const double bits = infonce_information_bits(x, x * 3, {}, 1);
  BOOST_TEST(bits > 2);
  BOOST_TEST(bits <= infonce_cap_bits(600));
}

BOOST_AUTO_TEST_CASE(the_labels_information_is_bounded_by_their_entropy) {
  LayerSamples samples = layer_of(torch::empty({0}), std::vector<std::int64_t>(400), 2);
  samples.labels = torch::arange(400) % 2;
  samples.activations = samples.labels.unsqueeze(1) * 10 + normal(400, 1, 1);
  const Information found = make_infonce({}, 1)->estimate(samples).values.at(0);
  BOOST_TEST(found.i_ty_cap_bits == 1);
  BOOST_TEST(found.i_ty_bits <= 1);
  BOOST_TEST(found.i_ty_bits > 0.95);
}

BOOST_AUTO_TEST_CASE(constant_layers_and_few_samples_have_estimates) {
  const Information constant =
      make_infonce({}, 1)->estimate(layer_of(torch::ones({50, 2}), std::vector<std::int64_t>(50, 1), 2)).values.at(0);
  BOOST_TEST(constant.i_xt_bits < 1e-6);  // float32 logarithms
  BOOST_TEST(constant.i_ty_bits == 0);
  for (const std::int64_t n : {1, 3})
    BOOST_TEST(infonce_information_bits(normal(n, 2, 1), normal(n, 2, 2), {}, 1) == 0);
  BOOST_TEST(std::isfinite(infonce_information_bits(normal(4, 2, 1), normal(4, 2, 2), {}, 1)));
}

BOOST_AUTO_TEST_CASE(equal_seeds_give_equal_bits_and_the_global_generator_is_left_alone) {
  const torch::Tensor x = normal(100, 2, 1), t = x + normal(100, 2, 2);
  const torch::Tensor state = at::detail::getDefaultCPUGenerator().get_state();
  const double first = infonce_information_bits(x, t, {}, 7);
  BOOST_TEST(infonce_information_bits(x, t, {}, 7) == first);
  BOOST_TEST(infonce_information_bits(x, t, {}, 8) != first);
  BOOST_TEST(torch::equal(at::detail::getDefaultCPUGenerator().get_state(), state));
}

BOOST_AUTO_TEST_CASE(numbers_that_are_not_finite_are_refused) {
  LayerSamples samples = random_layer(10, 2, 2, 1);
  samples.inputs[4][0] = std::nan("");
  BOOST_TEST(message_of<Error>([&] { make_infonce({}, 1)->estimate(samples); }) ==
             "input 0 of sample 4 is nan, inputs must be finite");
  samples.activations[3][1] = std::nan("");
  BOOST_TEST(message_of<Error>([&] { make_infonce({}, 1)->estimate(samples); }) ==
             "layer L: the activation of sample 3, unit 1 is nan, activations must be finite");
}

// Labels are unit vectors, which are never all there.
BOOST_AUTO_TEST_CASE(a_label_a_sample_takes_memory_in_proportion) {
  InfoNceOptions options;
  options.steps = 2;
  LayerSamples samples = layer_of(normal(300, 3, 1), std::vector<std::int64_t>(300), 40);
  samples.labels = torch::arange(300) % 40;
  const torch::Tensor vectors = torch::one_hot(samples.labels, 40).to(torch::kFloat32);
  BOOST_TEST(make_infonce(options, 1)->estimate(samples).values[0].details[1] ==
             infonce_information_bits(vectors, samples.activations, options, 1));

  constexpr std::int64_t n = 8000;
  LayerSamples many = layer_of(normal(n, 3, 1), std::vector<std::int64_t>(n), n);
  many.labels = torch::arange(n);
  const long before = peak_kilobytes();
  make_infonce(options, 1)->estimate(many);
  BOOST_TEST(peak_kilobytes() - before < 300000);
}

BOOST_AUTO_TEST_SUITE_END()
