#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include <infoplane/error.hpp>
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
  std::vector<std::string> claims;
  Tables tables;
  std::vector<std::string> histogram_layers;
  std::vector<std::int64_t> histogram_epochs;
  std::int64_t first_replica = 0;
  std::int64_t replicas = 1;
};

/// Throws UsageError "WHERE: unknown KIND 'x', did you mean 'y'?".
void require_known(const std::vector<std::string>& wanted, const std::vector<std::string>& known,
                   const std::string& where, const std::string& kind);

/// Something that a figure or a claim needs is not in the results.
class UnmetNeed : public UsageError {
 public:
  UnmetNeed(const std::string& what, std::vector<std::string> deciding) : UsageError(what), keys(std::move(deciding)) {}

  std::vector<std::string> keys;  ///< of the experiment, which decide whether it is: "model", "observe.layers"
};

/// Throws UnmetNeed naming `where` and the first unmet need.
void require_met(const ResultNeeds& needs, const AvailableResults& available, const std::string& where);

}  // namespace infoplane
