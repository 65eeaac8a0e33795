#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "claims/claims.hpp"
#include "results/curves.hpp"

namespace infoplane::experiments {

/// One quantity of every replica; no curve is empty.
struct ReplicaCurves {
  std::string name;       ///< "I(X;T) of L5"
  std::string estimator;  ///< "" where there is none
  std::map<std::int64_t, Curve> replicas;

  /// `measure` of each replica's curve.
  std::vector<double> each(const std::function<double(const Curve&)>& measure) const;

  /// The value at the replica's last epoch; NaN if there is no such replica.
  double last_of(std::int64_t replica) const;
};

/// Throws UsageError for a layer or an estimator that is not in the results, listing those that are.
ReplicaCurves information_of(const RunResults& results, const LayerQuantity& of);

/// "I(X;T)" or "I(T;Y)".
std::string text_of(Quantity quantity);

/// What claims about a quantity of layers need; "" for the first estimator.
ResultNeeds needs_of(const std::vector<std::string>& layers, const std::string& estimator, Quantity quantity);

double first(const Curve& curve);
double last(const Curve& curve);

/// A claim given by a function of the results.
std::unique_ptr<Claim> claim(ResultNeeds needs, std::function<ClaimResult(const RunResults&)> check);

/// Throws UsageError "FROM must be at most TO, 1, got 2".
void require_range(const std::string& from, double low, const std::string& to, double high);

}  // namespace infoplane::experiments
