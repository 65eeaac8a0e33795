#pragma once

#include <cstdint>
#include <vector>

#include <torch/types.h>

#include <infoplane/estimators/words.hpp>

namespace infoplane::estimators {

/// labels [N] int64 >= 0 on any device, as words 0..max, of which some may not occur.
Words label_words(const torch::Tensor& labels);

/// The samples of each label [N] int64 that occurs, label after label. Cost: O(N log K).
std::vector<std::vector<std::int64_t>> samples_by_label(const torch::Tensor& labels);

}  // namespace infoplane::estimators
