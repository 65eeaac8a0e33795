#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace infoplane {

/// One row of information.csv.
struct Record {
  std::int64_t replica = 0;
  std::int64_t epoch = 0;
  std::string layer;
  std::string estimator;        ///< the estimator's name, and ".value" where it gives several
  double i_xt_bits = 0;
  double i_ty_bits = 0;
  double i_xt_cap_bits = 0;
  double i_ty_cap_bits = 0;
  std::vector<double> details;  ///< one per name of RecordTable::details; NaN where the estimator has none such
};

/// One row of training.csv.
struct TrainingRecord {
  std::int64_t replica = 0;
  std::int64_t epoch = 0;
  std::string split;            ///< "train" or "test"
  double loss_nats = 0;         ///< mean cross-entropy
  double accuracy = 0;          ///< share of samples classified correctly
};

}  // namespace infoplane
