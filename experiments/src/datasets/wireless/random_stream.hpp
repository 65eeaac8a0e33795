#pragma once

#include <cstdint>

#include <ATen/core/PhiloxRNGEngine.h>

namespace infoplane::experiments {

/// Random numbers of one frame: a counter-based generator, so that frame 7000 draws the same numbers in any thread.
class RandomStream {
 public:
  RandomStream(std::uint64_t seed, std::uint64_t frame) : bits_(seed, frame) {}

  std::uint32_t bits() { return bits_(); }

  /// Uniform in (0, 1].
  float uniform() { return (static_cast<float>(bits_() >> 8) + 1) * 0x1p-24f; }

  /// Normal, of mean 0 and variance 1 (Box and Muller).
  float normal();

 private:
  at::Philox4_32 bits_;
  float spare_ = 0;
  bool has_spare_ = false;
};

}  // namespace infoplane::experiments
