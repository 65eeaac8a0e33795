#pragma once

#include <cstdint>
#include <functional>
#include <vector>

#include <torch/types.h>

#include <infoplane/record.hpp>

namespace infoplane {

/// N samples of D inputs, each with one of K labels.
struct Dataset {
  torch::Tensor inputs;      ///< [N, D] float32
  torch::Tensor labels;      ///< [N] int64, 0 <= label < K
  std::int64_t classes = 0;  ///< K

  /// Where whoever made the data knows more of p(x, y) than they say; called once by a run, as both may take long.
  std::function<Truth()> truth = {};
  std::function<std::vector<BottleneckPoint>()> bottleneck = {};

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
