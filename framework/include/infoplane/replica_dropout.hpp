#pragma once

#include <cstdint>

#include <torch/nn/cloneable.h>
#include <torch/nn/pimpl.h>
#include <torch/types.h>

#include <infoplane/replica.hpp>

namespace infoplane {

/// Dropout with a random stream for each replica. In training mode a unit of a sample is kept with probability `keep`
/// and divided by it, else set to 0; in eval mode x is returned unchanged. The masks of the s-th training-mode forward
/// depend on the stream (seed, replica, dropout, s) alone.
class ReplicaDropoutImpl : public torch::nn::Cloneable<ReplicaDropoutImpl> {
 public:
  /// `layer` distinguishes the dropouts of one model. Throws UsageError unless 0 < keep <= 1, std::invalid_argument for
  /// a count of replicas below 1.
  ReplicaDropoutImpl(double keep, const ReplicaRange& replicas, std::int64_t layer);

  /// [R, B, M] -> [R, B, M]. Throws std::invalid_argument for another shape in training mode.
  torch::Tensor forward(const torch::Tensor& x);

  /// The mask of the range's r-th replica in the s-th training-mode forward, unit by unit, [M, B]: 1 / keep or 0.
  /// Throws std::invalid_argument unless 0 <= r < R, count >= 0 and `out` is not null.
  void mask(std::int64_t r, std::int64_t step, float* out, std::int64_t count) const;

  /// Number of training-mode forwards so far.
  std::int64_t steps() const { return steps_.item<std::int64_t>(); }
  /// Counts forwards that were computed elsewhere. Throws std::invalid_argument for a negative number.
  void advance(std::int64_t steps);

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
