#pragma once

#include <string>
#include <vector>

#include <infoplane/store.hpp>
#include <infoplane/tensor_file.hpp>

namespace infoplane {

/// What the tables of an experiment's run will hold.
struct Offer {
  std::vector<std::string> layers;
  std::vector<std::string> estimators;
  NamedTensors parameters;  ///< of one replica
  Tables tables;
};

/// Throws UsageError "WHERE: unknown KIND 'x', did you mean 'y'?"; `estimator` may be followed by ".value".
void require_known(const std::vector<std::string>& wanted, const std::vector<std::string>& known,
                   const std::string& where, const std::string& kind);

/// Throws UsageError naming `where` and the first need that is not met.
void require_met(const ResultNeeds& needs, const Offer& offer, const std::string& where);

}  // namespace infoplane
