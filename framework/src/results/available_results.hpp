#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include <infoplane/result_needs.hpp>
#include <infoplane/tensor_file.hpp>

#include "results/store.hpp"

namespace infoplane {

/// What one estimator writes to information.csv.
struct AvailableEstimator {
  std::string name;
  std::vector<std::string> values;  ///< from Estimator::values()
  std::vector<std::string> details;
  bool i_xt = true;  ///< Estimator::estimates_i_xt()
};

/// The contents of the tables of an experiment's run, known before it.
struct AvailableResults {
  std::vector<std::string> layers;
  std::vector<AvailableEstimator> estimators;
  NamedTensors parameters;  ///< of one replica
  Tables tables;
  std::vector<std::string> histogram_layers;
  std::vector<std::int64_t> histogram_epochs;
  std::int64_t first_replica = 0;
  std::int64_t replicas = 1;
};

/// Throws UsageError "WHERE: unknown KIND 'x', did you mean 'y'?".
void require_known(const std::vector<std::string>& wanted, const std::vector<std::string>& known,
                   const std::string& where, const std::string& kind);

/// Throws UsageError naming `where` and the first unmet need.
void require_met(const ResultNeeds& needs, const AvailableResults& available, const std::string& where);

}  // namespace infoplane
