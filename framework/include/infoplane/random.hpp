#pragma once

#include <cstdint>

namespace infoplane {

/// What a random stream is drawn for; each purpose has streams of its own.
enum class Purpose : std::uint64_t {
  dataset,
  split,
  initialization,
  batch_order,
  dropout,
  module_noise,
  estimation,
};

/// The seed of an independent random stream: a SplitMix64 mix of all four arguments. Every random number of an
/// experiment comes from such a stream, named by what it is for and never by what was drawn before, so replica 7
/// of 50 draws what it would draw alone and nothing needs to be stored to go on after an interruption.
/// `index` is the epoch, the step or whatever else counts within the purpose.
std::uint64_t stream_seed(std::uint64_t seed, std::int64_t replica, Purpose purpose, std::int64_t index = 0);

}  // namespace infoplane
