#pragma once

#include <cstdint>
#include <vector>

#include <torch/types.h>

#include <infoplane/record.hpp>

/// The optimal T of X: the largest I(T;Y) for each I(X;T).
namespace infoplane::estimators {

struct BottleneckOptions {
  std::int64_t points = 200;  ///< values of beta, evenly spaced on a logarithmic axis
  double largest_beta = 1000;
  double tolerance = 1e-9;         ///< iterations stop when no p(t|x) changes by more
  std::int64_t iterations = 5000;  ///< at most, for each beta
};

/// The information bottleneck (2.22)-(2.28) of a joint distribution p(x, y), [X, Y], not negative; it is normalized to
/// sum 1. The self-consistent equations
///   p(t|x) ~ p(t) exp(-beta D(p(y|x) || p(y|t))),  p(t) = sum_x p(x) p(t|x),  p(y|t) = sum_x p(y|x) p(x) p(t|x) / p(t)
/// are iterated from the largest beta, where every x with a distinct p(y|x) is a separate t, down to 1, each beta
/// starting from the previous solution: clusters merge when they no longer pay off. Inputs with the same p(y|x) count
/// as one, so the curve ends at I(X;T) = H(of these), I(T;Y) = I(X;Y). Points ascend from (0, 0).
///
/// A label determined by X has no such curve: it is I(T;Y) = min(I(X;T), H(Y)), with a corner, and beta = 1 solves all
/// of its first half. The points are then (0, 0), (H(Y), H(Y)) and (H(X), H(Y)).
///
/// Throws std::invalid_argument for a joint that is not [X, Y], an entry that is negative or not finite, no positive
/// entry, points below 2, a largest_beta below 1, a negative tolerance or number of iterations. Cost: points x
/// iterations x U^2 Y operations, U the number of distinct p(y|x).
std::vector<BottleneckPoint> information_bottleneck(const torch::Tensor& joint, const BottleneckOptions& options = {});

}  // namespace infoplane::estimators
