#pragma once

#include <cstdint>

#include <torch/nn/cloneable.h>
#include <torch/nn/pimpl.h>
#include <torch/types.h>

#include <infoplane/replica.hpp>

namespace infoplane {

/// Dropout with a random stream for each replica. In training mode a unit of a sample is kept with probability `keep`
/// and divided by it, else set to 0; in eval mode x passes unchanged. The masks of the s-th training-mode forward come
/// from the stream (seed, replica, dropout, s) alone.
class ReplicaDropoutImpl : public torch::nn::Cloneable<ReplicaDropoutImpl> {
 public:
  /// `layer` tells the dropouts of one model apart. Throws UsageError unless 0 < keep <= 1.
  ReplicaDropoutImpl(double keep, const ReplicaRange& replicas, std::int64_t layer);

  torch::Tensor forward(const torch::Tensor& x);

  /// The mask of the range's r-th replica in the s-th training-mode forward, unit by unit, [M, B]: 1 / keep or 0.
  void mask(std::int64_t r, std::int64_t step, float* out, std::int64_t count) const;

  /// Training-mode forwards so far, and more of them that somebody else has computed.
  std::int64_t steps() const { return steps_.item<std::int64_t>(); }
  void advance(std::int64_t steps) { steps_ += steps; }

  void reset() override;
  void pretty_print(std::ostream& stream) const override;

 private:
  double keep_;
  ReplicaRange replicas_;
  std::int64_t layer_;
  torch::Tensor steps_;  ///< int64 scalar: training-mode forwards so far; a buffer, so that checkpoints keep it
};
TORCH_MODULE(ReplicaDropout);

}  // namespace infoplane
