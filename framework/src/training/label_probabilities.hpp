#pragma once

#include <cstdint>
#include <string>

#include <torch/types.h>

#include <infoplane/replica.hpp>

// N samples, K labels, R replicas.
namespace infoplane {

/// What is wrong with the probabilities of labels [N] in 0..K-1, which must be float64 [N, K], not negative, with rows
/// of sum 1 and no label of probability 0; "" for nothing.
std::string wrong_probabilities(const torch::Tensor& probabilities, const torch::Tensor& labels, std::int64_t classes);

/// Labels [R, N] int64 of an epoch, drawn from the probabilities [N, K] for the samples [R, n] of each replica; 0 for
/// others. A label depends on seed, replica, epoch and sample alone. On the CPU. Cost: O(R n K).
torch::Tensor drawn_labels(const torch::Tensor& probabilities, const torch::Tensor& samples,
                           const ReplicaRange& replicas, std::int64_t epoch);

}  // namespace infoplane
