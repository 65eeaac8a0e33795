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

  /// p(y | x) of every sample, if labels are drawn: [N, K] float64, rows with sum 1. Undefined: x determines the label.
  torch::Tensor label_probabilities = {};

  /// What is known about p(x, y) beyond the samples; a run calls each once, as they may take long. Empty: unknown.
  std::function<Truth()> truth = {};
  std::function<std::vector<BottleneckPoint>()> bottleneck = {};

  /// New samples for a replica, drawn from `seed`: N inputs of D columns and their labels. Empty: replicas share those
  /// above.
  std::function<Dataset(std::uint64_t seed)> redraw = {};

  /// N. Throws std::invalid_argument if inputs are not [N, D].
  std::int64_t samples() const;
};

/// Throws Error for shapes or types other than above, no samples, K < 2, a label outside 0..K-1, an input that is
/// not finite (naming its sample and column), label probabilities that are negative or do not have the sum 1 to 1e-6,
/// and a label of probability 0.
void validate(const Dataset& dataset);

/// A replica's training and test samples: sorted indices, int64, disjoint, together 0..N-1.
struct Split {
  torch::Tensor train;
  torch::Tensor test;
};

/// A random split of N samples with round(train_fraction * N) of them for training. Throws UsageError if a side would
/// be empty, std::invalid_argument unless N >= 1 and 0 <= train_fraction <= 1.
Split split_samples(std::int64_t samples, double train_fraction, std::uint64_t seed);

}  // namespace infoplane
