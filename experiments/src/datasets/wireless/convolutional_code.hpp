#pragma once

#include <cstdint>
#include <vector>

namespace infoplane::experiments {

/// A binary convolutional code of rate 1/n without feedback. A register of C bits, C the constraint length, has the
/// newest bit in its highest place; generator g outputs the parity of register AND g, so its highest bit is the weight
/// of the newest.
class ConvolutionalCode {
 public:
  /// Generators as numbers, 0133 for the octal 133 of tables. Throws std::invalid_argument unless 2 <= C <= 16 and each
  /// generator is in 1 .. 2^C - 1.
  ConvolutionalCode(int constraint_length, std::vector<std::uint32_t> generators);

  /// Number of coded bits for `bits` information bits and a tail of C - 1 zeros: n (bits + C - 1).
  std::int64_t coded_bits(std::int64_t bits) const { return outputs() * (bits + constraint_length_ - 1); }
  std::int64_t outputs() const { return static_cast<std::int64_t>(generators_.size()); }

  /// The code word of the bits and the tail, generator by generator within each step.
  std::vector<std::uint8_t> encode(const std::vector<std::uint8_t>& bits) const;

  /// The information bits of the most likely code word (Viterbi). `log_likelihood_ratios[i]` is ln p(0) / p(1) of the
  /// i-th coded bit, 0 for one that was not sent. Of equally likely paths the one from the lower state survives. Cost:
  /// (bits + C - 1) 2^(C-1) (n + 2) operations.
  std::vector<std::uint8_t> decode(const std::vector<float>& log_likelihood_ratios) const;

  /// The smallest number of ones in a nonzero code word.
  int free_distance() const;

 private:
  int weight(std::uint32_t word) const;

  int constraint_length_;
  std::vector<std::uint32_t> generators_;
  std::vector<float> signs_;  // [n][2^C]: half of +1 for an output 0, of -1 for a 1
};

}  // namespace infoplane::experiments
