#include <infoplane/estimators/decoder.hpp>

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

// Labels alternate; unit 0 is +-1 with noise of deviation 1, I(T;Y) = 0.4859 bits: see two_clusters_bits.
double two_clusters_bits() {
  double h = 0;
  const double step = 1e-3, scale = 1 / (2 * std::sqrt(2 * std::acos(-1.0)));
  for (double t = -12; t < 12; t += step) {
    const double p = scale * (std::exp(-(t - 1) * (t - 1) / 2) + std::exp(-(t + 1) * (t + 1) / 2));
    h -= p * std::log2(p) * step;
  }
  return h - 0.5 * std::log2(2 * std::acos(-1.0) * std::exp(1.0));
}

}  // namespace

BOOST_AUTO_TEST_SUITE(decoder)

BOOST_AUTO_TEST_CASE(a_layer_that_is_the_label_is_decoded_wholly) {
  const torch::Tensor labels = torch::arange(300) % 3;
  const double bits = decoder_information_bits(labels.unsqueeze(1).to(torch::kFloat32), labels, 3, {}, 1);
  BOOST_TEST(bits <= std::log2(3));
  BOOST_TEST(bits > std::log2(3) - 0.01);
}

BOOST_AUTO_TEST_CASE(the_bound_comes_close_below_the_information_of_two_clusters) {
  const torch::Tensor labels = torch::arange(4000) % 2;
  const torch::Tensor t = labels.unsqueeze(1) * 2 - 1 + normal(4000, 1, 1);
  const double bits = decoder_information_bits(t, labels, 2, {}, 1), truth = two_clusters_bits();
  BOOST_TEST(bits < truth + 0.03);  // -log2 q scatters by 0.9 a sample: 0.014 in the mean of 4000
  BOOST_TEST(bits > truth - 0.05);
}

BOOST_AUTO_TEST_CASE(samples_are_not_predicted_by_a_decoder_that_saw_them) {
  // Labels by chance: a decoder that had learned them by heart would seem to read the whole bit.
  const torch::Tensor labels = (normal(400, 1, 2) > 0).flatten().to(torch::kInt64);
  BOOST_TEST(decoder_information_bits(normal(400, 20, 1), labels, 2, {}, 1) < 0);
  const LayerSamples samples = layer_of(normal(400, 20, 1), std::vector<std::int64_t>(400, 0), 2);
  BOOST_TEST(make_decoder({}, 1)->estimate(samples).values.at(0).i_ty_bits == 0);
}

BOOST_AUTO_TEST_CASE(scale_and_offset_of_the_layer_do_not_matter) {
  const LayerSamples samples = random_layer(200, 3, 2, 1);
  const double bits = decoder_information_bits(samples.activations, samples.labels, 2, {}, 1);
  const double moved = decoder_information_bits(samples.activations * 1e6 + 1e7, samples.labels, 2, {}, 1);
  BOOST_TEST(std::abs(moved - bits) < 1e-3);  // float32 steps that began with another rounding
}

BOOST_AUTO_TEST_CASE(constant_layers_single_samples_and_absent_labels_have_estimates) {
  const torch::Tensor labels = torch::arange(200) % 2;
  const double constant = decoder_information_bits(torch::ones({200, 2}), labels, 5, {}, 1);
  BOOST_TEST(constant <= 0.0);
  BOOST_TEST(constant > -0.15);  // 300 steps of 0.01 leave some of the probability with the three absent labels
  BOOST_TEST(decoder_information_bits(torch::ones({1, 2}), labels.narrow(0, 0, 1), 2, {}, 1) == 0);
  BOOST_TEST(
      std::isfinite(decoder_information_bits(torch::rand_like(torch::ones({2, 2})), labels.narrow(0, 0, 2), 2, {}, 1)));
}

BOOST_AUTO_TEST_CASE(equal_seeds_give_equal_bits_and_the_global_generator_is_left_alone) {
  const LayerSamples samples = random_layer(100, 3, 2, 1);
  const torch::Tensor state = at::detail::getDefaultCPUGenerator().get_state();
  const double first = decoder_information_bits(samples.activations, samples.labels, 2, {}, 7);
  BOOST_TEST(decoder_information_bits(samples.activations, samples.labels, 2, {}, 7) == first);
  BOOST_TEST(decoder_information_bits(samples.activations, samples.labels, 2, {}, 8) != first);
  BOOST_TEST(torch::equal(at::detail::getDefaultCPUGenerator().get_state(), state));
}

BOOST_AUTO_TEST_CASE(it_works_where_gradients_are_off) {
  const LayerSamples samples = random_layer(100, 3, 2, 1);
  const double with = decoder_information_bits(samples.activations, samples.labels, 2, {}, 7);
  const torch::NoGradGuard off;
  BOOST_TEST(decoder_information_bits(samples.activations, samples.labels, 2, {}, 7) == with);
}

BOOST_AUTO_TEST_CASE(the_estimator_gives_the_label_only) {
  const LayerSamples samples = random_layer(200, 3, 3, 1);
  const Information found = make_decoder({}, 1)->estimate(samples).values.at(0);
  BOOST_TEST(std::isnan(found.i_xt_bits));
  BOOST_TEST(std::isnan(found.i_xt_cap_bits));
  BOOST_TEST(found.i_ty_bits == found.details.at(0));
  BOOST_TEST(found.i_ty_bits > 0.3);
  BOOST_TEST(found.i_ty_bits < found.i_ty_cap_bits);
}

BOOST_AUTO_TEST_CASE(an_activation_that_is_not_finite_is_refused) {
  LayerSamples samples = random_layer(10, 2, 2, 1);
  samples.activations[3][1] = std::nan("");
  BOOST_TEST(message_of<Error>([&] { make_decoder({}, 1)->estimate(samples); }) ==
             "layer L: the activation of sample 3, unit 1 is nan, activations must be finite");
}

BOOST_AUTO_TEST_CASE(a_label_a_sample_takes_memory_in_proportion) {
  constexpr std::int64_t n = 20000;
  DecoderOptions options;
  options.steps = 1;
  const torch::Tensor t = torch::arange(n, torch::kFloat32).unsqueeze(1);
  const long before = peak_kilobytes();
  BOOST_TEST(decoder_information_bits(t, torch::arange(n), n, options, 1) < std::log2(n));
  BOOST_TEST(peak_kilobytes() - before < 600000);
}

BOOST_AUTO_TEST_SUITE_END()
