#include <infoplane/experiments/wireless.hpp>

#include <cmath>
#include <functional>
#include <stdexcept>

#include <boost/test/unit_test.hpp>

#include <infoplane/error.hpp>

#include "datasets/wireless/truth.hpp"
#include "support/support.hpp"

using namespace infoplane;
using namespace infoplane::experiments;
using namespace infoplane::testing;

namespace {

using Bits = std::vector<std::uint8_t>;

const ConvolutionalCode& thesis_code() {
  static const ConvolutionalCode code(7, {0133, 0145, 0175});
  return code;
}

std::vector<float> ratios(const Bits& coded) {
  std::vector<float> ratios;
  for (const auto bit : coded) ratios.push_back(bit == 0 ? 1.0f : -1.0f);
  return ratios;
}

// All bit strings of a length.
std::vector<Bits> strings(int length) {
  std::vector<Bits> all;
  for (int number = 0; number < 1 << length; ++number) {
    Bits bits;
    for (int i = 0; i < length; ++i) bits.push_back(number >> i & 1);
    all.push_back(bits);
  }
  return all;
}

WirelessOptions small() {
  WirelessOptions options;
  options.frames = 2000;
  options.per_label = 400;
  return options;
}

// Errors of n uncoded symbols, the magnitudes drawn by `magnitude`.
double error_rate(int n, float n0, const std::function<float(RandomStream&)>& magnitude) {
  RandomStream random(3, 0);
  int errors = 0;
  for (int i = 0; i < n; ++i) {
    const std::uint8_t bit = random.bits() & 1;
    const float m = magnitude(random);
    errors += (received_log_likelihood_ratio(bit, m, random.normal(), n0) < 0) != (bit == 1);
  }
  return static_cast<double>(errors) / n;
}

double standard_error(double p, int n) { return std::sqrt(p * (1 - p) / n); }

}  // namespace

BOOST_AUTO_TEST_SUITE(wireless)

BOOST_AUTO_TEST_CASE(a_single_one_is_coded_as_the_generators) {
  // 133 = 1011011, 145 = 1100101, 175 = 1111101 in binary: the register moves from the highest bit down.
  const Bits expected = {1, 1, 1, 0, 1, 1, 1, 0, 1, 1, 0, 1, 0, 1, 1, 1, 0, 0, 1, 1, 1};
  BOOST_TEST(thesis_code().encode({1}) == expected, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(two_ones_are_coded_as_the_sum_of_their_words) {
  const ConvolutionalCode small_code(3, {07, 05});
  BOOST_TEST(small_code.encode({1}) == (Bits{1, 1, 1, 0, 1, 1}), boost::test_tools::per_element());
  BOOST_TEST(small_code.encode({1, 1}) == (Bits{1, 1, 0, 1, 0, 1, 1, 1}), boost::test_tools::per_element());
  BOOST_TEST(small_code.encode({1, 0, 1}) == (Bits{1, 1, 1, 0, 0, 0, 1, 0, 1, 1}), boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(codes_have_their_published_free_distance) {
  BOOST_TEST(thesis_code().free_distance() == 15);
  BOOST_TEST(ConvolutionalCode(3, {5, 7}).free_distance() == 5);
  BOOST_TEST(ConvolutionalCode(7, {0133, 0171}).free_distance() == 10);
  BOOST_TEST(ConvolutionalCode(9, {0561, 0753}).free_distance() == 12);
}

BOOST_AUTO_TEST_CASE(what_was_coded_is_decoded_and_seven_errors_of_distance_fifteen_are_mended) {
  RandomStream random(1, 0);
  for (int trial = 0; trial < 50; ++trial) {
    Bits bits;
    for (int i = 0; i < 80; ++i) bits.push_back(random.bits() & 1);
    std::vector<float> received = ratios(thesis_code().encode(bits));
    BOOST_TEST(thesis_code().decode(received) == bits, boost::test_tools::per_element());
    for (int error = 0; error < 7; ++error) received[random.bits() % received.size()] *= -1;
    BOOST_TEST(thesis_code().decode(received) == bits, boost::test_tools::per_element());
  }
}

BOOST_AUTO_TEST_CASE(the_decoded_word_is_the_likeliest_of_all) {
  const ConvolutionalCode code(4, {015, 017});
  RandomStream random(2, 0);
  for (int trial = 0; trial < 200; ++trial) {
    std::vector<float> received(code.coded_bits(7));
    for (float& ratio : received) ratio = random.normal();
    const auto likelihood = [&](const Bits& bits) {
      double sum = 0;
      const Bits coded = code.encode(bits);
      for (std::size_t i = 0; i < coded.size(); ++i) sum += coded[i] == 0 ? received[i] : -received[i];
      return sum;
    };
    const double found = likelihood(code.decode(received));
    for (const Bits& other : strings(7)) BOOST_REQUIRE(found >= likelihood(other) - 1e-4);  // float32 sums
  }
}

BOOST_AUTO_TEST_CASE(impossible_codes_and_channels_are_refused) {
  BOOST_TEST(message_of<std::invalid_argument>([] { ConvolutionalCode(1, {1}); }) ==
             "the constraint length must be from 2 to 16, got 1");
  BOOST_TEST(message_of<std::invalid_argument>([] { ConvolutionalCode(3, {8}); }) ==
             "a generator must have from 1 to 3 bits, got 10");
  BOOST_TEST(message_of<std::invalid_argument>([] { FadingChannel({{0, 1}, {0}}, 1, 8); }) ==
             "a channel needs at least one delay, and one power for each, got 2 and 1");
  BOOST_TEST(message_of<std::invalid_argument>([] { FadingChannel({{0, -1}, {0, 0}}, 1, 8); }) ==
             "a channel needs a positive sample time and delays from 0 to 1000000000 of it, got 1 and -1 ns");
}

BOOST_AUTO_TEST_CASE(uncoded_errors_over_white_noise_are_those_of_the_q_function) {
  const int n = 400000;
  for (const double snr : {0.25, 0.5, 1.0, 2.0}) {
    const double expected = 0.5 * std::erfc(std::sqrt(snr));
    const double rate = error_rate(n, static_cast<float>(1 / snr), [](RandomStream&) { return 1.0f; });
    BOOST_TEST(std::abs(rate - expected) < 4 * standard_error(expected, n));
  }
}

BOOST_AUTO_TEST_CASE(uncoded_errors_over_flat_rayleigh_fading_are_those_of_the_closed_form) {
  const FadingChannel flat({{0}, {0}}, 100, 1);
  const int n = 400000;
  std::vector<float> magnitude;
  for (const double snr : {0.5, 2.0, 10.0}) {
    const double expected = 0.5 * (1 - std::sqrt(snr / (1 + snr)));
    const double rate = error_rate(n, static_cast<float>(1 / snr), [&](RandomStream& random) {
      flat.draw(random, magnitude);
      return magnitude[0];
    });
    BOOST_TEST(std::abs(rate - expected) < 4 * standard_error(expected, n));
  }
}

BOOST_AUTO_TEST_CASE(the_channel_has_unit_power_and_the_coherence_of_its_delay_profile) {
  const FadingChannel channel(vehicular_a(), 100, 256);
  BOOST_TEST(channel.delays() == (std::vector<std::int64_t>{0, 3, 7, 11, 17, 25}), boost::test_tools::per_element());
  const int n = 20000;
  for (const std::int64_t distance : {0, 1, 5, 20, 100}) {
    std::complex<double> sum = 0;
    for (int i = 0; i < n; ++i) {
      RandomStream random(7, i);
      const auto h = channel.response(random);
      sum += std::complex<double>(h[30]) * std::conj(std::complex<double>(h[30 + distance]));
    }
    // A product of two normal numbers of unit power deviates by about 1.
    BOOST_TEST(std::abs(sum / double(n) - channel.coherence(distance)) < 4 / std::sqrt(double(n)));
  }
  BOOST_TEST(std::abs(channel.coherence(0) - 1.0) < 1e-12);
}

BOOST_AUTO_TEST_CASE(about_half_the_frames_of_both_presets_are_lost) {
  for (const LinkOptions& options : {WirelessOptions().link, ThesisWirelessOptions().link}) {
    const Link link(options, 1);
    std::vector<float> magnitudes;
    const int n = 4000;
    int lost = 0;
    for (int i = 0; i < n; ++i) lost += link.frame_error(i, magnitudes);
    BOOST_TEST(std::abs(static_cast<double>(lost) / n - 0.5) < 4 * standard_error(0.5, n) + 0.01);
  }
}

BOOST_AUTO_TEST_CASE(a_repeat_keeps_the_channel_and_changes_the_noise) {
  const Link link(LinkOptions(), 1);
  std::vector<float> first, again;
  int differ = 0;
  for (int frame = 0; frame < 50; ++frame) {
    const bool lost = link.frame_error(frame, first);
    for (int repeat = 1; repeat < 4; ++repeat) {
      differ += lost != link.frame_error(frame, again, repeat);
      BOOST_TEST(first == again, boost::test_tools::per_element());
    }
    BOOST_TEST(lost == link.frame_error(frame, again));
  }
  BOOST_TEST(differ > 0);
}

BOOST_AUTO_TEST_CASE(the_data_set_holds_as_many_frames_of_each_label_in_order) {
  const Dataset dataset = make_wireless(small(), 5);
  validate(dataset);
  BOOST_TEST((dataset.inputs.sizes() == std::vector<std::int64_t>{800, 256}));
  BOOST_TEST(dataset.labels.sum().item<std::int64_t>() == 400);
  const Link link(LinkOptions(), 5);
  std::vector<float> magnitudes;
  const bool lost = link.frame_error(0, magnitudes);
  BOOST_TEST(dataset.labels[0].item<std::int64_t>() == lost);
  BOOST_TEST(dataset.inputs[0][17].item<float>() == std::log(magnitudes[17]), boost::test_tools::tolerance(1e-6f));
  BOOST_TEST(torch::equal(make_wireless(small(), 5).inputs, dataset.inputs));
  BOOST_TEST(!torch::equal(make_wireless(small(), 6).inputs, dataset.inputs));
}

BOOST_AUTO_TEST_CASE(inputs_are_the_magnitudes_or_their_logarithms) {
  WirelessOptions options = small();
  const torch::Tensor logarithm = make_wireless(options, 5).inputs;
  options.transform = Transform::none;
  BOOST_TEST(torch::equal(make_wireless(options, 5).inputs.clamp_min(1e-6).log(), logarithm));
}

BOOST_AUTO_TEST_CASE(a_label_that_is_too_rare_is_told) {
  WirelessOptions options = small();
  options.link.es_n0_db = 40;
  BOOST_TEST(message_of<UsageError>([&] { make_wireless(options, 1); }) ==
             "of 2000 frames 0 were lost, but dataset.per_label is 400: change es_n0_db or frames");
  options = small();
  options.link.information_bits = 70;
  BOOST_TEST(message_of<UsageError>([&] { make_wireless(options, 1); }) ==
             "the 228 coded bits of a frame must fill the 256 subcarriers");
}

BOOST_AUTO_TEST_CASE(more_power_loses_fewer_frames) {
  std::vector<float> magnitudes;
  int before = 1001;
  for (const double es_n0_db : {-6.0, -3.7, -1.0, 3.0}) {
    LinkOptions options;
    options.es_n0_db = es_n0_db;
    const Link link(options, 1);
    int lost = 0;
    for (int i = 0; i < 1000; ++i) lost += link.frame_error(i, magnitudes);
    BOOST_TEST(lost < before);
    before = lost;
  }
}

BOOST_AUTO_TEST_CASE(the_truth_of_a_channel_that_decides_everything_or_nothing) {
  LinkOptions options;
  options.es_n0_db = 40;
  const LinkTruth clear = measure_truth(options, 1, 20, 10);
  BOOST_TEST(clear.error_rate == 0);
  BOOST_TEST(clear.i_xy_bits == 0);
  BOOST_TEST(clear.best_accuracy == 1);
  options.es_n0_db = -40;
  BOOST_TEST(measure_truth(options, 1, 20, 10).error_rate == 1);
}

BOOST_AUTO_TEST_CASE(the_truth_does_not_depend_on_the_number_of_repeats) {
  const LinkTruth few = measure_truth(LinkOptions(), 1, 600, 20), many = measure_truth(LinkOptions(), 1, 600, 200);
  // The same channels; what differs is the noise of 20 repeats. The plug-in would differ by 0.03 bits.
  BOOST_TEST(std::abs(few.i_xy_bits - many.i_xy_bits) < 0.015);
  BOOST_TEST(std::abs(few.best_accuracy - many.best_accuracy) < few.best_accuracy_error);
  BOOST_TEST(many.error_rate == 0.5, boost::test_tools::tolerance(0.1));
  BOOST_TEST(many.i_xy_bits > 0.3);
  BOOST_TEST(many.i_xy_bits < 1);
}

BOOST_AUTO_TEST_SUITE_END()
