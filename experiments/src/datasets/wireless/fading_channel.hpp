#pragma once

#include <complex>
#include <cstdint>
#include <vector>

#include <infoplane/experiments/wireless.hpp>

#include "datasets/wireless/random_stream.hpp"

namespace infoplane::experiments {

/// A channel of L paths with independent Rayleigh fading, over S subcarriers. Path l has mean power p_l, with sum 1,
/// and delay d_l, the integer number of samples nearest to delay / sample time. One draw is
///   H_k = sum_l h_l exp(-2 pi i k d_l / S),  h_l complex normal of variance p_l,  so that E |H_k|^2 = 1.
class FadingChannel {
 public:
  /// Throws std::invalid_argument unless there is at least one delay and one power for each, no delay is negative, and
  /// the sample time is positive.
  FadingChannel(const DelayProfile& profile, double sample_time_ns, std::int64_t subcarriers);

  const std::vector<std::int64_t>& delays() const { return delays_; }
  const std::vector<double>& powers() const { return powers_; }

  /// |H_k| of all subcarriers, from 2 L normal numbers of the stream.
  void draw(RandomStream& random, std::vector<float>& magnitudes) const;

  /// E[H_k conj(H_m)] for m - k = `distance`: sum_l p_l exp(2 pi i distance d_l / S).
  std::complex<double> coherence(std::int64_t distance) const;

  /// One draw of H itself.
  std::vector<std::complex<float>> response(RandomStream& random) const;

 private:
  std::int64_t subcarriers_;
  std::vector<std::int64_t> delays_;
  std::vector<double> powers_;
  std::vector<std::complex<float>> turns_;  // [L][S]: sqrt(p_l / 2) exp(-2 pi i k d_l / S)
};

}  // namespace infoplane::experiments
