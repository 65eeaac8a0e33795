#include <cmath>

#include <infoplane/estimators/calibration.hpp>

#include "calibration/calibration_samples.hpp"

namespace infoplane::estimators {
namespace {

constexpr auto kInputs = CalibrationCase::Quantity::i_xt;
constexpr auto kLabels = CalibrationCase::Quantity::i_ty;
constexpr std::int64_t kBits = 12;

double binary_entropy(double p) { return -p * std::log2(p) - (1 - p) * std::log2(1 - p); }

torch::Tensor fair_bits(std::int64_t n, std::int64_t bits, const at::Generator& generator) {
  return torch::randint(0, 2, {n, bits}, generator, torch::kInt64);
}

// [n], 1 with that probability.
torch::Tensor events(std::int64_t n, double probability, const at::Generator& generator) {
  return uniform(n, generator).flatten().lt(probability).to(torch::kInt64);
}

// A bit sent through a channel: received(bit, generator).
template <class Channel>
CalibrationCase channel(const std::string& name, double truth_bits, Channel received) {
  const auto draw = [received](std::int64_t n, std::uint64_t seed) {
    const at::Generator generator = generator_of(seed);
    const torch::Tensor bit = fair_bits(n, 1, generator).flatten();
    return labeled(received(bit, generator).unsqueeze(1), bit, 2);
  };
  return {name, kLabels, truth_bits, draw};
}

// A function of 12 fair bits [n, 12].
template <class Function>
CalibrationCase function_of_bits(const std::string& name, double truth_bits, Function function) {
  const auto draw = [function](std::int64_t n, std::uint64_t seed) {
    const torch::Tensor bits = fair_bits(n, kBits, generator_of(seed));
    return paired(bits, function(bits));
  };
  return {name, kInputs, truth_bits, draw};
}

LayerSamples draw_xor(std::int64_t n, std::uint64_t seed) {
  const torch::Tensor bits = fair_bits(n, 2, generator_of(seed));
  return labeled(bits, bits.sum(1) % 2, 2);
}

LayerSamples draw_identity(std::int64_t n, std::uint64_t seed) {
  const torch::Tensor symbol = torch::randint(0, 8, {n}, generator_of(seed), torch::kInt64);
  return labeled(symbol.unsqueeze(1), symbol, 8);
}

double binomial_entropy() {
  double entropy = 0, ways = 1;
  for (std::int64_t ones = 0; ones <= kBits; ++ones) {
    const double p = ways * std::exp2(-kBits);
    entropy -= p * std::log2(p);
    ways = ways * static_cast<double>(kBits - ones) / static_cast<double>(ones + 1);
  }
  return entropy;
}

}  // namespace

std::vector<CalibrationCase> discrete_cases() {
  const auto flipped = [](const torch::Tensor& bit, const at::Generator& generator) {
    return (bit + events(bit.size(0), 0.11, generator)) % 2;
  };
  const auto erased = [](const torch::Tensor& bit, const at::Generator& generator) {
    return bit.masked_fill(events(bit.size(0), 0.25, generator) == 1, 2);
  };
  const auto lost = [](const torch::Tensor& bit, const at::Generator& generator) {
    return bit * events(bit.size(0), 0.5, generator);
  };
  return {channel("binary_symmetric", 1 - binary_entropy(0.11), flipped),
          channel("erasure", 0.75, erased),
          channel("z_channel", binary_entropy(0.25) - 0.5, lost),
          {"xor", kLabels, 1, draw_xor},
          {"identity", kLabels, 3, draw_identity},
          function_of_bits("first_4_bits", 4, [](const torch::Tensor& bits) { return bits.narrow(1, 0, 4); }),
          function_of_bits("all_bits", kBits, [](const torch::Tensor& bits) { return bits; }),
          function_of_bits("ones", binomial_entropy(), [](const torch::Tensor& bits) { return bits.sum(1, true); })};
}

}  // namespace infoplane::estimators
