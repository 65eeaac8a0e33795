#pragma once

#include <cstdint>

#include <torch/types.h>

namespace infoplane {

/// N samples of D inputs, each with one of K labels.
struct Dataset {
  torch::Tensor inputs;       ///< [N, D] float32
  torch::Tensor labels;       ///< [N] int64, 0 <= label < K
  std::int64_t classes = 0;   ///< K

  std::int64_t samples() const { return inputs.size(0); }
};

/// Throws Error naming what is wrong: shapes or types other than above, no samples, K < 2, a label outside
/// 0..K-1, an input that is not finite (with its sample and column).
void validate(const Dataset& dataset);

/// Which samples a replica trains on and which it is tested on: sorted indices, int64, disjoint, together 0..N-1.
struct Split {
  torch::Tensor train;
  torch::Tensor test;
};

/// A random split of N samples with round(train_fraction * N) of them for training.
/// Throws UsageError where a side would be empty.
Split split_samples(std::int64_t samples, double train_fraction, std::uint64_t seed);

}  // namespace infoplane
