#pragma once

#include <vector>

#include <infoplane/hook_point.hpp>
#include <infoplane/replica_dropout.hpp>
#include <infoplane/replica_linear.hpp>

namespace infoplane {

/// A layer of a chain: x -> f(x W^T + b), passed through a hook point, then through `dropout` unless that is empty.
struct ReplicaLink {
  ReplicaLinear linear;
  HookPoint point;
  ReplicaDropout dropout{nullptr};
};

/// A model that is a sequence of replica layers and returns the output of the last one, its logits. Trainer takes
/// plain gradient steps of such a model on CPU without autograd, replica by replica, if the optimizer is
/// torch::optim::SGD itself, without momentum or weight decay, with all weights in one group, and as long as no hook is
/// registered at the hook points: the same numbers up to rounding, much faster if layers or batches are small.
class ReplicaChain {
 public:
  virtual ~ReplicaChain() = default;

  /// The layers in the order of forward, at least one, each with as many inputs as the one before has units; the last
  /// one has no dropout. Trainer throws std::invalid_argument for others.
  virtual std::vector<ReplicaLink> chain() const = 0;
};

}  // namespace infoplane
