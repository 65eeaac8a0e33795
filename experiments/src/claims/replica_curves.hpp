#pragma once

#include <cstdint>
#include <functional>
#include <limits>
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
  std::map<std::int64_t, Curve> caps = {};  ///< of an information, at the same epochs
  std::map<std::int64_t, Curve> counts =
      {};  ///< of the clusters or components that the estimator chose, at the same epochs

  /// `measure` of each replica's curve.
  std::vector<double> each(const std::function<double(const Curve&)>& measure) const;

  /// The same for an information, NaN where it is at its cap throughout.
  std::vector<double> each_below_cap(const std::function<double(const Curve&)>& measure) const;

  /// The value at the replica's last epoch; NaN if there is no such replica.
  double last_of(std::int64_t replica) const;

  /// Whether the value is within 1 % of its cap, so that the estimator cannot tell it from a larger one.
  bool is_at_cap(std::int64_t replica, std::size_t point) const;
  bool is_at_cap_throughout(std::int64_t replica) const;

  /// The curve without its changes between epochs at which the estimator chose another number of clusters.
  Curve steady(std::int64_t replica) const;
};

/// The number of an event that did not occur, such as the epoch at which nothing began to fall.
constexpr double kUnlimited = std::numeric_limits<double>::infinity();

/// Throws UsageError for a layer or an estimator that is not in the results, listing those that are.
ReplicaCurves information_of(const RunResults& results, const LayerQuantity& of);

/// Throws UsageError without rows in training.csv.
ReplicaCurves training_of(const RunResults& results, Split split, TrainingQuantity quantity);

/// Throws UsageError for an element that is not in parameters.csv, listing the parameters that are.
ReplicaCurves element_of(const RunResults& results, const std::string& parameter, std::int64_t index);

/// "test" or "train".
std::string name_of(Split split);

/// "I(X;T)" or "I(T;Y)".
std::string text_of(Quantity quantity);

/// What claims about a quantity of layers need; "" for the first estimator.
ResultNeeds needs_of(const std::vector<std::string>& layers, const std::string& estimator, Quantity quantity);

double first(const Curve& curve);
double last(const Curve& curve);

/// The peak minus the last value, and minus the first.
double fall(const Curve& curve);
double rise(const Curve& curve);

/// combine(a, b) of the replicas that are in both maps.
template <class OfReplica, class Combine>
std::vector<double> in_pairs(const std::map<std::int64_t, OfReplica>& a, const std::map<std::int64_t, OfReplica>& b,
                             Combine combine) {
  std::vector<double> values;
  for (const auto& [replica, of_a] : a) {
    if (const auto of_b = b.find(replica); of_b != b.end()) values.push_back(combine(of_a, of_b->second));
  }
  return values;
}

/// The named detail of the estimates of a layer, by replica. Throws UsageError for a detail that is not in the results,
/// listing those that are.
std::map<std::int64_t, Curve> detail_of(const RunResults& results, const std::string& estimator,
                                        const std::string& layer, const std::string& detail);

/// A claim given by a function of the results.
std::unique_ptr<Claim> claim(ResultNeeds needs, std::function<ClaimResult(const RunResults&)> check);

/// The same of this run and others: all those that it needs.
std::unique_ptr<Claim> claim(ResultNeeds needs, std::function<ClaimResult(const RunResults&, const OtherRuns&)> check);

/// The result, with the reason why values are NaN: "I(X;T) of L4 is at its cap throughout".
ClaimResult untested_at_cap(ClaimResult result, const ReplicaCurves& curves);

/// Throws UsageError "FROM must be at most TO, 1, got 2".
void require_range(const std::string& from, double low, const std::string& to, double high);

}  // namespace infoplane::experiments
