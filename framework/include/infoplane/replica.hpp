#pragma once

#include <cstdint>
#include <functional>
#include <type_traits>

#include <torch/nn/modules/container/any.h>
#include <torch/nn/modules/container/sequential.h>
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

  /// The seed of the stream of the range's i-th replica. Throws std::invalid_argument unless 0 <= i < count.
  std::uint64_t stream(std::int64_t i, Purpose purpose, std::int64_t index = 0) const;
};

/// What a model is built for.
struct ModelContext {
  std::int64_t inputs = 0;   ///< D
  std::int64_t classes = 0;  ///< K
  ReplicaRange replicas;
};

/// Turns an ordinary module of a single network, [B, D] -> [B, K], into a model of replicas: holds `replicas.count`
/// modules made by `factory` and stacks their outputs. The module is ordinary torch code, including hook points: a hook
/// point h1 of the network is the hook point h1 of the model and records [R, B, M].
///
/// Random numbers that the module draws from LibTorch's global generator, in its constructor or in a training-mode
/// forward (as torch::nn::Dropout does), come from the replica's own stream; replicas on different threads take turns.
/// Throws Error if the factory's modules differ in their hook points, std::invalid_argument for a null factory or one
/// that returns an empty module, for a count below 1 and, in forward, for an x that is not [R, B, ...].
torch::nn::AnyModule replicate(std::function<torch::nn::AnyModule()> factory, const ReplicaRange& replicas);

/// The sequence as an AnyModule, which cannot hold a Sequential itself: tensor to tensor, with the modules' names.
/// Empty for an empty holder.
torch::nn::AnyModule any_module(const torch::nn::Sequential& sequence);

/// The same for a factory that returns a torch::nn::Sequential:
///
///   namespace nn = torch::nn;
///   const auto factory = [] { return nn::Sequential(nn::Linear(12, 6), nn::Tanh(), HookPoint(), nn::Linear(6, 1)); };
///   torch::nn::AnyModule model = replicate(factory, context.replicas);
///
/// Unnamed modules are named by their places, here "2" for the hook point.
template <class Factory,
          std::enable_if_t<std::is_same_v<std::invoke_result_t<Factory&>, torch::nn::Sequential>, bool> = true>
torch::nn::AnyModule replicate(Factory factory, const ReplicaRange& replicas) {
  return replicate(std::function<torch::nn::AnyModule()>([factory] { return any_module(factory()); }), replicas);
}

}  // namespace infoplane
