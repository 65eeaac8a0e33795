#pragma once

#include <cstdint>
#include <memory>

#include <torch/types.h>

#include <infoplane/estimator.hpp>
#include <infoplane/fields.hpp>

namespace infoplane::estimators {

struct DecoderOptions {
  std::int64_t width = 32;
  std::int64_t steps = 300;
};
Fields fields(DecoderOptions& options);

/// H(Y) - CE <= I(T;Y) in expectation, in bits, CE the mean of -log2 q(y|t) (Barber and Agakov 2003): the information
/// about the label that a small network q extracts from `t` [N, M], float32 or float64, with `labels` [N] in
/// 0..classes-1. The samples are split into two random halves, which do not depend on their order; a decoder trained on
/// each predicts the other, so that no sample is predicted by a decoder trained on it. Near 0 the value may be
/// negative; a single sample gives 0. Units are first scaled to variance 1, so the result is independent of the layer's
/// scale and offset.
///
/// The decoder: M - width - width - classes, ReLU, Adam with learning rate 0.01 and batches of 256 on three quarters of
/// its half; the last quarter selects the best state, every tenth step, to avoid overfitting.
/// Random numbers depend on the seed alone; LibTorch's global generator is not changed. Throws std::invalid_argument
/// for a t that is not [N, M], empty or of another type, labels that are not [N] int64 in 0..classes-1, and for
/// classes, width or steps below 1. Cost: 2 x steps of training, about 0.1 s per layer for 819 samples; memory O(N (M +
/// width)), O(classes (width + 1024)) and the logits of at most 2^24 numbers.
double decoder_information_bits(const torch::Tensor& t, const torch::Tensor& labels, std::int64_t classes,
                                const DecoderOptions& options, std::uint64_t seed);

/// From this number of samples on the bound varies by at most 0.05 bits (a standard deviation) between sets of samples
/// of the calibration cases two_clusters, four_clusters, xor and identity, and ends at most 0.14 bits below the truth;
/// with 200 it varies by 0.2, with 100 by 0.6.
inline constexpr std::int64_t kLeastDecoderSamples = 500;

/// The bound on I(T;Y), clipped to [0, H(Y)]. I(X;T) and its cap are kNotEstimated. Cap: H(Y). Details:
/// `i_ty_raw_bits`, the value before clipping, and `fewer_than_500_samples`, 1 if there are fewer than
/// kLeastDecoderSamples. Only a bound, and invalid as an estimate, if there are too few samples to train a decoder, or
/// if the layer's information about the label is too complex for a network of this size.
std::unique_ptr<Estimator> make_decoder(const DecoderOptions& options, std::uint64_t seed);

}  // namespace infoplane::estimators
