#include "datasets/wireless/convolutional_code.hpp"

#include <algorithm>
#include <limits>
#include <stdexcept>
#include <string>

#include <fmt/format.h>

namespace infoplane::experiments {
namespace {

bool parity(std::uint32_t word) { return __builtin_parity(word) != 0; }

}  // namespace

ConvolutionalCode::ConvolutionalCode(int constraint_length, std::vector<std::uint32_t> generators)
    : constraint_length_(constraint_length), generators_(std::move(generators)) {
  if (constraint_length < 2 || constraint_length > 16) {
    throw std::invalid_argument("the constraint length must be from 2 to 16, got " + std::to_string(constraint_length));
  }
  const std::uint32_t words = 1u << constraint_length;
  for (const std::uint32_t generator : generators_) {
    if (generator == 0 || generator >= words) {
      throw std::invalid_argument(
          fmt::format("a generator must have from 1 to {} bits, got {:o}", constraint_length, generator));
    }
    for (std::uint32_t word = 0; word < words; ++word) signs_.push_back(parity(word & generator) ? -0.5f : 0.5f);
  }
}

std::vector<std::uint8_t> ConvolutionalCode::encode(const std::vector<std::uint8_t>& bits) const {
  std::vector<std::uint8_t> coded;
  coded.reserve(coded_bits(static_cast<std::int64_t>(bits.size())));
  std::uint32_t word = 0;
  for (std::size_t i = 0; i < bits.size() + constraint_length_ - 1; ++i) {
    const std::uint32_t bit = i < bits.size() ? bits[i] : 0;
    word = word >> 1 | bit << (constraint_length_ - 1);
    for (const std::uint32_t generator : generators_) coded.push_back(parity(word & generator));
  }
  return coded;
}

std::vector<std::uint8_t> ConvolutionalCode::decode(const std::vector<float>& ratios) const {
  const std::size_t words = std::size_t{1} << constraint_length_, states = words / 2, half = states / 2;
  const std::size_t n = generators_.size(), steps = ratios.size() / n;
  std::vector<float> metric(states, -std::numeric_limits<float>::infinity()), next(states), branch(words);
  std::vector<std::uint8_t> from_odd(steps * states);
  metric[0] = 0;
  for (std::size_t step = 0; step < steps; ++step) {
    std::fill(branch.begin(), branch.end(), 0.0f);
    for (std::size_t j = 0; j < n; ++j) {
      const float ratio = ratios[step * n + j];
      const float* const sign = signs_.data() + j * words;
      for (std::size_t word = 0; word < words; ++word) branch[word] += ratio * sign[word];
    }
    // A state is a register without its newest bit; shifting in bit b leads from 2 s and 2 s + 1 to s + b 2^(C-2).
    std::uint8_t* const odd = from_odd.data() + step * states;
    for (std::size_t bit = 0; bit < 2; ++bit) {
      for (std::size_t s = 0; s < half; ++s) {
        const float even = metric[2 * s] + branch[bit * states + 2 * s];
        const float other = metric[2 * s + 1] + branch[bit * states + 2 * s + 1];
        odd[bit * half + s] = other > even;
        next[bit * half + s] = std::max(even, other);
      }
    }
    metric.swap(next);
  }
  std::vector<std::uint8_t> bits(steps);
  std::size_t state = 0;  // where the tail ends
  for (std::size_t step = steps; step-- > 0;) {
    bits[step] = state >= half;
    state = 2 * (state % half) + from_odd[step * states + state];
  }
  bits.resize(steps - (constraint_length_ - 1));
  return bits;
}

int ConvolutionalCode::weight(std::uint32_t word) const {
  int ones = 0;
  for (const std::uint32_t generator : generators_) ones += parity(word & generator);
  return ones;
}

int ConvolutionalCode::free_distance() const {
  const std::uint32_t states = 1u << (constraint_length_ - 1);
  constexpr int kFar = std::numeric_limits<int>::max() / 2;
  std::vector<int> least(states, kFar);  // fewest ones on a path from state 0, which is left immediately
  least[states / 2] = weight(states);
  // Bellman-Ford: relax until nothing changes; weights are nonnegative, so no shortest path visits a state twice.
  for (bool changed = true; changed;) {
    changed = false;
    for (std::uint32_t state = 1; state < states; ++state) {
      for (const std::uint32_t word : {state, state | states}) {
        const std::uint32_t to = word >> 1;
        const int ones = least[state] + weight(word);
        if (ones < least[to]) {
          least[to] = ones;
          changed = true;
        }
      }
    }
  }
  return least[0];
}

}  // namespace infoplane::experiments
