#pragma once

#include <torch/types.h>

#include <infoplane/estimators/words.hpp>

namespace infoplane::estimators {

/// labels [N] int64 >= 0 on any device, as words 0..max, of which some may not occur.
Words label_words(const torch::Tensor& labels);

}  // namespace infoplane::estimators
