#pragma once

#include <cstdint>
#include <vector>

#include <torch/types.h>

#include <infoplane/estimator.hpp>
#include <infoplane/estimators/symbols.hpp>

namespace infoplane::estimators {

/// Labels [N] int64 >= 0 on any device as symbols 0..max; some may not occur.
Symbols label_symbols(const torch::Tensor& labels);

/// The label probabilities [N, K] of the samples, contiguous on the CPU; undefined if there are none, or if all are 0
/// or 1, so that the labels say the same.
torch::Tensor uncertain_labels(const LayerSamples& samples);

/// Label probabilities [N, K] float64 as those of symbols, each sample `times` times in a row.
SymbolProbabilities label_probabilities(const torch::Tensor& probabilities, std::int64_t times = 1);

/// The samples of each occurring label, in the order of the labels [N] int64. Cost: O(N log K).
std::vector<std::vector<std::int64_t>> samples_by_label(const torch::Tensor& labels);

}  // namespace infoplane::estimators
