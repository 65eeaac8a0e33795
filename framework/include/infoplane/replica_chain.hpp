#pragma once

#include <vector>

#include <infoplane/hook_point.hpp>
#include <infoplane/replica_dropout.hpp>
#include <infoplane/replica_linear.hpp>

namespace infoplane {

/// A layer of a chain: x -> f(x W^T + b), seen by a hook point, then dropped out where `dropout` is not empty.
struct ReplicaLink {
  ReplicaLinear linear;
  HookPoint point;
  ReplicaDropout dropout{nullptr};
};

/// A model that is one replica layer after another and returns what the last one returns, its logits. Trainer takes
/// plain gradient steps of such a model on CPU without autograd, replica by replica, if the optimizer is
/// torch::optim::SGD itself, without momentum or weight decay, with all weights in one group, and as long as no hook is
/// registered at the hook points: the same numbers to rounding, for a fraction of the time where layers or batches are
/// small.
class ReplicaChain {
 public:
  virtual ~ReplicaChain() = default;

  /// The layers in the order of forward; the last one has no dropout.
  virtual std::vector<ReplicaLink> chain() const = 0;
};

}  // namespace infoplane
