#pragma once

#include <cstdint>

#include <infoplane/dataset.hpp>
#include <infoplane/fields.hpp>

namespace infoplane::experiments {

struct ThresholdOptions {
  std::int64_t samples = 1000;
  bool redraw = false;  ///< new samples for each replica, as in the study; else all share them
};
Fields fields(ThresholdOptions& options);

/// The data of the one-layer study: X ~ N(0, 1), Y = 1 if X > 0, else 0. N samples of one input.
Dataset make_threshold(const ThresholdOptions& options, std::uint64_t seed);

}  // namespace infoplane::experiments
