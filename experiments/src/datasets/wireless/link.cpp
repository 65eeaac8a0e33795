#include "datasets/wireless/link.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <stdexcept>
#include <string>

#include <fmt/format.h>

#include <infoplane/error.hpp>
#include <infoplane/random.hpp>

namespace infoplane::experiments {
namespace {

bool is_octal(std::int64_t digits) {
  const std::string text = std::to_string(digits);
  return digits > 0 && text.size() <= 6 && text.find_first_of("89") == std::string::npos;
}

// Reads the decimal digits as octal ones: 0133 from 133.
std::uint32_t from_octal_digits(std::int64_t digits) {
  std::uint32_t value = 0, place = 1;
  for (; digits > 0; digits /= 10, place *= 8) value += static_cast<std::uint32_t>(digits % 10) * place;
  return value;
}

ConvolutionalCode code_of(const LinkOptions& options) {
  std::vector<std::uint32_t> generators;
  for (const std::int64_t digits : options.generators) generators.push_back(from_octal_digits(digits));
  try {
    return ConvolutionalCode(static_cast<int>(options.constraint_length), generators);
  } catch (const std::invalid_argument& error) {
    throw UsageError(std::string("dataset.generators: ") + error.what());
  }
}

FadingChannel channel_of(const LinkOptions& options) {
  try {
    return FadingChannel(options.channel, options.sample_time_ns, options.subcarriers);
  } catch (const std::invalid_argument& error) {
    throw UsageError(std::string("dataset.delays_ns: ") + error.what());
  }
}

}  // namespace

float received_log_likelihood_ratio(std::uint8_t bit, float magnitude, float noise, float n0) {
  const float symbol = bit == 0 ? 1.0f : -1.0f;
  return 4 * magnitude * (magnitude * symbol + std::sqrt(n0 / 2) * noise) / n0;
}

Link::Link(const LinkOptions& options, std::uint64_t seed)
    : options_(options), code_(code_of(options)), channel_(channel_of(options)), seed_(seed) {
  // The decoder stores a decision for each state and bit.
  constexpr std::int64_t most = std::int64_t{1} << 27;
  if (options.information_bits > most >> (options.constraint_length - 1)) {
    throw UsageError(fmt::format("dataset.information_bits must be at most {} for a constraint length of {}, got {}",
                                 most >> (options.constraint_length - 1), options.constraint_length,
                                 options.information_bits));
  }
  const std::int64_t coded = code_.coded_bits(options.information_bits);
  if (coded < options.subcarriers) {
    throw UsageError(
        fmt::format("the {} coded bits of a frame must fill the {} subcarriers", coded, options.subcarriers));
  }
  subcarrier_of_.resize(options.subcarriers);
  std::iota(subcarrier_of_.begin(), subcarrier_of_.end(), 0);
  if (!options.interleaver) return;
  RandomStream random(stream_seed(seed, 0, Purpose::dataset, 1), 0);
  for (std::int64_t i = options.subcarriers - 1; i > 0; --i) {  // Fisher and Yates
    std::swap(subcarrier_of_[i], subcarrier_of_[random.bits() % (i + 1)]);
  }
}

bool Link::frame_error(std::uint64_t number, std::vector<float>& magnitudes, std::uint64_t repeat) const {
  RandomStream fading(stream_seed(seed_, 0, Purpose::dataset, 2), number);
  channel_.draw(fading, magnitudes);
  RandomStream random(stream_seed(seed_, static_cast<std::int64_t>(repeat), Purpose::dataset, 3), number);
  std::vector<std::uint8_t> bits(options_.information_bits);
  for (std::size_t i = 0, word = 0; i < bits.size(); ++i, word >>= 1) {
    if (i % 32 == 0) word = random.bits();
    bits[i] = word & 1;
  }
  const std::vector<std::uint8_t> coded = code_.encode(bits);
  const auto n0 = static_cast<float>(std::pow(10, -options_.es_n0_db / 10));
  std::vector<float> ratios(coded.size());  // punctured bits stay 0
  for (std::size_t i = 0; i < subcarrier_of_.size(); ++i) {
    ratios[i] = received_log_likelihood_ratio(coded[i], magnitudes[subcarrier_of_[i]], random.normal(), n0);
  }
  return code_.decode(ratios) != bits;
}

Fields fields(LinkOptions& o) {
  const Check<std::int64_t> octal{"octal", is_octal, whole_between(1, 777777).schema};
  const auto generators = each("a list of numbers of 1 to 6 octal digits", octal, 1);
  const auto decibels = each("a list of numbers from -100 to 100", between(-100, 100));
  return {field("subcarriers", o.subcarriers, "subcarriers of an OFDM symbol, each of which sends one bit",
                whole_between(1, 65536)),
          field("information_bits", o.information_bits, "information bits of a frame", whole_between(1, 65536)),
          field("constraint_length", o.constraint_length, "constraint length of the convolutional code",
                whole_between(2, 16)),
          field("generators", o.generators, "generators of the code, in octal digits", generators),
          field("interleaver", o.interleaver, "random permutation of the coded bits"),
          field("delays_ns", o.channel.delays_ns, "delays of the channel's paths, in ns"),
          field("powers_db", o.channel.powers_db, "mean powers of the channel's paths, in dB", decibels),
          field("sample_time_ns", o.sample_time_ns, "sampling interval of the channel, in ns", positive()),
          field("es_n0_db", o.es_n0_db, "Es/N0, symbol energy over noise density, in dB", between(-100, 100))};
}

}  // namespace infoplane::experiments
