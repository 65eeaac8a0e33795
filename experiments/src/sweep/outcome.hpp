#pragma once

#include <array>
#include <filesystem>
#include <string>
#include <vector>

#include "figures/series.hpp"

namespace infoplane::experiments {

/// What one estimator says of one layer, over the replicas; pairs are of I(X;T) and I(T;Y), in bits.
struct LayerOutcome {
  std::string layer;
  std::string estimator;
  std::array<Spread, 2> peak;    ///< of each replica's largest value of any epoch
  std::array<Spread, 2> final;   ///< of the values of the last epoch
};

/// What came of a run, in short.
struct Outcome {
  Spread accuracy;    ///< of the test split after the last epoch, over the replicas
  Spread loss_nats;
  std::vector<LayerOutcome> layers;   ///< in the order of information.csv
};

/// Throws UsageError as read_run does.
Outcome outcome_of(const std::filesystem::path& run);

}  // namespace infoplane::experiments
