#pragma once

#include <cstdint>
#include <vector>

#include <infoplane/replica_chain.hpp>

// Gradient descent of a chain of replica layers, each step one pass over a replica's own memory.
namespace infoplane {

class ChainDescent {
 public:
  ChainDescent(std::vector<ReplicaLink> links, double learning_rate);

  /// Samples of a batch: rows of `inputs` [N, D] and `labels` [N] at index[0 .. size).
  struct Batch {
    const float* inputs;
    const std::int64_t* labels;
    const std::int64_t* index;
    std::int64_t size;
  };

  /// A hook is registered somewhere, and wants to see what passes.
  bool is_observed() const;

  /// One step of replica r, the `ahead`-th after those that advance() counted.
  void step(std::int64_t r, const Batch& batch, std::int64_t ahead);

  /// Whether the logits that the last step began with are finite.
  bool is_finite() const;

  /// Counts steps that all replicas have taken.
  void advance(std::int64_t steps);

 private:
  struct Layer {
    std::vector<float> y, mask, dropped;  // [O, B]; the last two where there is dropout
  };

  void reserve(std::int64_t batch);
  void forward(std::int64_t r, std::int64_t batch, std::int64_t ahead);
  void backward(std::int64_t r, std::int64_t batch);
  const std::vector<float>& input_of(std::size_t l) const;

  std::vector<ReplicaLink> links_;
  float rate_;
  std::int64_t reserved_ = 0;
  std::int64_t batch_ = 0;                   // samples of the last step
  std::vector<float> x_;  // [D, B]
  std::vector<Layer> layers_;
  std::vector<std::int64_t> labels_;
  std::vector<float> grad_y_, grad_x_, dz_;  // [widest layer, B]
  std::vector<float> grad_weight_, grad_bias_;
};

}  // namespace infoplane
