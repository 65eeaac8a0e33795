#pragma once

#include <cstdint>
#include <memory>

#include <torch/types.h>

#include <infoplane/estimator.hpp>
#include <infoplane/fields.hpp>

namespace infoplane::estimators {

struct InfoNceOptions {
  std::int64_t width = 64;
  std::int64_t steps = 300;
};
Fields fields(InfoNceOptions& options);

/// The noise-contrastive lower bound (van den Oord, Li and Vinyals 2018), in bits, for `x` [N, D] and `t` [N, M]:
///   I >= (1/B) sum_i log2( e^f(x_i, t_i) / ((1/B) sum_j e^f(x_i, t_j)) ) in expectation, at most log2 B,
/// with f(x, t) = g(x) . h(t), g and h networks D - width - 16 and M - width - 16. The samples are split into two
/// random halves, which do not depend on their order; the networks trained on each are evaluated on the other, in
/// batches of at most 1024. B is the size of these batches. With few samples the bound is loose well below log2 B. Near
/// 0 it may be negative; fewer than 4 samples give 0.
///
/// Adam with learning rate 0.003 and batches of 256, as for the decoder (decoder.hpp). Random numbers depend on the
/// seed alone; LibTorch's global generator is not changed. Throws std::invalid_argument for tensors that are not [N, D]
/// and [N, M] of the same N, float32 or float64, not empty, and for a width or steps below 1. Cost: 2 x steps of
/// training of both networks; memory O(N (D + M)).
double infonce_information_bits(const torch::Tensor& x, const torch::Tensor& t, const InfoNceOptions& options,
                                std::uint64_t seed);

/// The upper bound of infonce_information_bits for that many samples: log2 B of the largest batch. Throws
/// std::invalid_argument for samples below 1.
double infonce_cap_bits(std::int64_t samples);

/// The bounds on I(X;T), of the inputs and the layer, and on I(T;Y), of the layer and the one-hot labels; each
/// clipped to [0, cap] (details i_xt_raw_bits, i_ty_raw_bits: before). Caps: log2 B, and H(Y) if that is less. For a
/// layer that is a function of the input I(X;T) may be infinite; the bound then measures how well samples can be
/// distinguished. Cost: that of both bounds; memory O(N (D + M + 1)) and O(K (width + 1024)) for K classes.
std::unique_ptr<Estimator> make_infonce(const InfoNceOptions& options, std::uint64_t seed);

}  // namespace infoplane::estimators
