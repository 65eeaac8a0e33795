#pragma once

#include <utility>
#include <vector>

#include <torch/nn/module.h>

#include <infoplane/replica.hpp>
#include <infoplane/tensor_file.hpp>

// The state of a run is independent of how its replicas are divided among threads. A tensor of all replicas is that of
// their groups concatenated along the first dimension; one of the i-th module of replicate(), "model.replicas.i.NAME"
// or "replicas.i.NAME", has the number of its replica in its name; a scalar, such as a number of steps, is common to
// all.
namespace infoplane {

struct GroupState {
  ReplicaRange replicas;
  NamedTensors tensors;
};

/// The state of all replicas, of consecutive groups from replica 0. Throws Error for a tensor whose first
/// dimension is not its group's number of replicas.
NamedTensors join_replicas(const std::vector<GroupState>& groups);

/// The part of a group. Throws UsageError for a tensor with too few replicas.
NamedTensors of_replicas(const NamedTensors& all, const ReplicaRange& replicas);

/// The parameters of each of a model's replicas, under their names in a model of one replica.
std::vector<NamedTensors> parameters_by_replica(const torch::nn::Module& model, std::int64_t replicas);

}  // namespace infoplane
