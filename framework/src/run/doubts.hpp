#pragma once

#include <string>
#include <vector>

#include <infoplane/experiment.hpp>

namespace infoplane {

/// What is valid and hardly meant, a line each: no observation after epoch 0; bins, clusters or components of an
/// estimator or of histograms above the number of observed samples.
std::vector<std::string> doubts(const Experiment& experiment, std::int64_t samples);

}  // namespace infoplane
