#pragma once

#include <cstdint>
#include <vector>

#include <infoplane/experiments/wireless.hpp>

#include "datasets/wireless/convolutional_code.hpp"
#include "datasets/wireless/fading_channel.hpp"

namespace infoplane::experiments {

/// ln p(0) / p(1) of a BPSK symbol (0 is +1, 1 is -1) received over a subcarrier of known magnitude |H|, with complex
/// noise of variance N0 = 1 / (Es/N0) whose normalized in-phase part is `noise`: 4 (|H|^2 x + |H| sqrt(N0 / 2) noise) /
/// N0.
float received_log_likelihood_ratio(std::uint8_t bit, float magnitude, float noise, float n0);

/// Frames of a link: random bits are coded, punctured at the end to S bits, interleaved, sent as BPSK over one draw of
/// the channel per frame, and decoded with a known channel (soft Viterbi).
class Link {
 public:
  /// `seed` determines the interleaver and every frame. Throws UsageError if the options do not fit together.
  Link(const LinkOptions& options, std::uint64_t seed);

  const FadingChannel& channel() const { return channel_; }

  /// Simulates frame `number`: its channel in `magnitudes` [S]. Returns whether a bit was lost, the label of the frame.
  /// Equal numbers give equal frames. `repeat` > 0 sends other bits with other noise over the same channel.
  bool frame_error(std::uint64_t number, std::vector<float>& magnitudes, std::uint64_t repeat = 0) const;

 private:
  LinkOptions options_;
  ConvolutionalCode code_;
  FadingChannel channel_;
  std::uint64_t seed_;
  std::vector<std::int64_t> subcarrier_of_;  // of each coded bit that is sent
};

}  // namespace infoplane::experiments
