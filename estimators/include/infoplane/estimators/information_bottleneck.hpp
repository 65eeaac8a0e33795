#pragma once

#include <cstdint>
#include <vector>

#include <torch/types.h>

#include <infoplane/record.hpp>

/// The best that any T of X can do: the most of Y for what it keeps of X.
namespace infoplane::estimators {

struct BottleneckOptions {
  std::int64_t points = 200;  ///< values of beta, evenly on a logarithmic axis
  double largest_beta = 1000;
  double tolerance = 1e-9;         ///< an iteration ends where no p(t|x) changes by more
  std::int64_t iterations = 5000;  ///< at most, for each beta
};

/// The information bottleneck (2.22)-(2.28) of a joint distribution p(x, y), [X, Y], not negative; it is divided by its
/// sum. The self-consistent equations
///   p(t|x) ~ p(t) exp(-beta D(p(y|x) || p(y|t))),  p(t) = sum_x p(x) p(t|x),  p(y|t) = sum_x p(y|x) p(x) p(t|x) / p(t)
/// are iterated from the largest beta, where every x with another p(y|x) is a t of its own, downwards to 1, each beta
/// from the solution before: clusters merge where they stop paying. Inputs of the same p(y|x) count as one, so the
/// curve ends at I(X;T) = H(of these), I(T;Y) = I(X;Y). Points ascend from (0, 0).
///
/// A label that X determines has no such curve: I(T;Y) = min(I(X;T), H(Y)) is reached, a corner, and beta = 1
/// solves all of its first half. The points are then (0, 0), (H(Y), H(Y)) and (H(X), H(Y)).
///
/// Throws std::invalid_argument for a negative or infinite entry, or none that is positive. Cost: points x iterations x
/// U^2 Y operations, U the number of different p(y|x).
std::vector<BottleneckPoint> information_bottleneck(const torch::Tensor& joint, const BottleneckOptions& options = {});

}  // namespace infoplane::estimators
