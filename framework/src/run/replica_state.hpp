#pragma once

#include <utility>
#include <vector>

#include <torch/nn/module.h>

#include <infoplane/replica.hpp>
#include <infoplane/tensor_file.hpp>

// The state of a run does not depend on how its replicas were divided among threads. A tensor of all replicas is that
// of their groups joined along the first dimension; one of the i-th module of replicate(), "model.replicas.i.NAME" or
// "replicas.i.NAME", bears the number of its replica; a scalar, as a number of steps, is common to all.
namespace infoplane {

struct GroupState {
  ReplicaRange replicas;
  NamedTensors tensors;
};

/// The state of all replicas, of groups that follow each other from replica 0. Throws Error for a tensor whose first
/// dimension is not its group's number of replicas.
NamedTensors join_replicas(const std::vector<GroupState>& groups);

/// The part of a group. Throws UsageError for a tensor that has too few replicas.
NamedTensors of_replicas(const NamedTensors& all, const ReplicaRange& replicas);

/// The parameters of each of a model's replicas, under the names that they have in a model of one.
std::vector<NamedTensors> parameters_by_replica(const torch::nn::Module& model, std::int64_t replicas);

}  // namespace infoplane
