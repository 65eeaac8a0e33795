#pragma once

#include <cstdint>

#include "datasets/wireless/link.hpp"

namespace infoplane::experiments {

/// True information between the channel X and the label of a frame. The simulator draws noise and bits, so it can send
/// over the same channel again. p = P(frame lost | X); each value has its standard error over channels.
struct LinkTruth {
  double error_rate = 0;  ///< E p
  double i_xy_bits = 0;   ///< I(X;Y) = h(E p) - E h(p)
  double i_xy_error_bits = 0;
  double best_accuracy = 0;  ///< E max(p, 1 - p): no classifier does better
  double best_accuracy_error = 0;
};

/// Sends frames over `channels` channels, `repeats` times each. h(p) is estimated from R repeats, k of them lost, by
/// (S(R) - (k S(k) + (R - k) S(R - k)) / R) / ln 2, S(n) = 1 + 1/2 + ... + 1/(n-1) (Grassberger 1988), without the
/// plug-in estimate's bias of 1 / (2 R ln 2) bits. best_accuracy lies between deciding by half of the repeats and
/// counting in the other, which is too low, and deciding and counting in all, which is too high; its error covers both.
/// Cost: channels x repeats frames. Throws UsageError if the options do not fit together.
LinkTruth measure_truth(const LinkOptions& options, std::uint64_t seed, std::int64_t channels, std::int64_t repeats);

}  // namespace infoplane::experiments
