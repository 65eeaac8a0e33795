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

/// H(Y) - CE <= I(T;Y) in expectation, in bits, CE the mean of -log2 q(y|t) (Barber and Agakov 2003): how much of the
/// label a small network q reads from `t` [N, M], float32 or float64, with `labels` [N] in 0..classes-1. The samples
/// are drawn into two halves; a decoder trained on either predicts the other, so that no sample is predicted by one
/// that saw it. Near 0 the value may be negative; a single sample gives 0. Units are scaled to variance 1 first, so
/// neither scale nor offset of the layer matters.
///
/// The decoder: M - width - width - classes, rectified, Adam with rate 0.01 and batches of 256 on three quarters of its
/// half; the last quarter chooses among its states, every tenth step, so that few samples are not learned by heart.
/// Random numbers come from the seed alone; LibTorch's global generator is left as it was.
/// Cost: 2 x steps of training, some 0.1 s a layer at 819 samples; memory O(N (M + width)), O(classes (width + 1024))
/// and the logits of at most 2^24 numbers.
double decoder_information_bits(const torch::Tensor& t, const torch::Tensor& labels, std::int64_t classes,
                                const DecoderOptions& options, std::uint64_t seed);

/// The bound on I(T;Y), clipped to [0, H(Y)] (detail `i_ty_raw_bits`: before). Cap: H(Y). I(X;T) is not estimated: it
/// and its cap are written as 0. Invalid as an estimate, and only a bound, where the samples are too few to train a
/// decoder, or what the layer tells of the label is more than one of this size reads.
std::unique_ptr<Estimator> make_decoder(const DecoderOptions& options, std::uint64_t seed);

}  // namespace infoplane::estimators
