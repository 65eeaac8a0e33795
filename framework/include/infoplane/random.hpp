#pragma once

#include <cstdint>

namespace infoplane {

/// The use of a random stream; each purpose has its own streams.
enum class Purpose : std::uint64_t {
  dataset,
  split,
  initialization,
  batch_order,
  dropout,
  module_noise,
  estimation,
  labels,
};

/// The seed of an independent random stream: a SplitMix64 mix of all four arguments. Every random number of an
/// experiment comes from such a stream, which depends on its use and not on earlier draws, so replica 7 of 50 draws the
/// same numbers as it would alone, and no generator state is needed to resume a run.
/// `index` is the epoch, the step or another counter within the purpose. All values are valid; throws nothing.
std::uint64_t stream_seed(std::uint64_t seed, std::int64_t replica, Purpose purpose, std::int64_t index = 0);

}  // namespace infoplane
