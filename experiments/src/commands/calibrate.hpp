#pragma once

#include <string>
#include <vector>

#include <infoplane/estimators/calibration.hpp>
#include <infoplane/experiment.hpp>

namespace infoplane::experiments {

struct CalibrateArguments {
  std::vector<std::string> estimators;  ///< YAML, as in a config's list; none: every registered one as it is
  std::vector<std::string> cases;       ///< names of distributions; none: all
  estimators::CalibrationOptions options;
  std::string format = "table";  ///< table, csv or json
};

/// Compares estimators with the known information of distributions: a row for each case, estimator and value. A row
/// without numbers tells its reason. Throws UsageError for an unknown case, before anything is computed.
void calibrate_command(const CalibrateArguments& arguments, const Catalogue& catalogue);

}  // namespace infoplane::experiments
