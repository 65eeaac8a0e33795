#pragma once

#include <cstdint>
#include <functional>

#include <torch/nn/modules/container/any.h>
#include <torch/types.h>

#include <infoplane/random.hpp>

/// R replicas, B samples of a batch, D inputs, M units.
///
/// Replicas are the repeats of an experiment. They train together as one model that maps [R, B, D] to [R, B, K], each
/// with its own initial weights, split, batch order and random streams, so that replica 7 of 50 equals replica 7
/// trained alone.
namespace infoplane {

/// The replicas first .. first + count - 1 of an experiment with this seed.
struct ReplicaRange {
  std::uint64_t seed = 1;
  std::int64_t first = 0;
  std::int64_t count = 1;

  /// The seed of the stream of the range's i-th replica, 0 <= i < count.
  std::uint64_t stream(std::int64_t i, Purpose purpose, std::int64_t index = 0) const {
    return stream_seed(seed, first + i, purpose, index);
  }
};

/// What a model is built for.
struct ModelContext {
  std::int64_t inputs = 0;   ///< D
  std::int64_t classes = 0;  ///< K
  ReplicaRange replicas;
};

/// Lifts an ordinary single-network module, [B, D] -> [B, K], to replicas: holds `replicas.count` of what `factory`
/// makes and stacks what they return. Its author writes ordinary torch code, hook points included: a hook point h1 of
/// the network is the hook point h1 of the lifted model and sees [R, B, M].
///
/// Whatever the module draws from LibTorch's global generator, in its constructor or in a training-mode forward (as
/// torch::nn::Dropout does), comes from the replica's own stream; replicas on different threads take turns there.
/// Throws Error where the factory's modules differ in their hook points.
torch::nn::AnyModule replicate(std::function<torch::nn::AnyModule()> factory, const ReplicaRange& replicas);

}  // namespace infoplane
