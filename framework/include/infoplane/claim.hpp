#pragma once

#include <cstdint>
#include <filesystem>
#include <limits>
#include <memory>
#include <string>
#include <vector>

#include <infoplane/registry.hpp>
#include <infoplane/result_needs.hpp>
#include <infoplane/run_results.hpp>

namespace infoplane {

/// The result of a claim for a run of R replicas. The value of a replica in which it cannot be measured is NaN: the
/// claim does not hold there, and mean and standard deviation are over the others.
struct ClaimResult {
  std::string says;             ///< quoted from the source
  std::string measured;         ///< the measurement: "I(X;T) of L5 falls by at least 1 bits after its peak (binning)"
  std::string unit;             ///< of the values, "" if they have none
  std::vector<double> values;   ///< [R]
  std::int64_t holds = 0;       ///< number of replicas in which it holds
  double at_least_share = 0.5;  ///< smallest share of replicas in which it must hold
  std::string reason;           ///< the most likely reason if it does not hold
};

/// A source's statement about a run, tested on each replica. It reads the run's tables and nothing else.
class Claim {
 public:
  virtual ~Claim() = default;

  /// Throws UsageError for a layer, an estimator or a parameter that is not in the results, listing those that are.
  virtual ClaimResult check(const RunResults& results) const = 0;

  virtual ResultNeeds needs() const = 0;
};

using ClaimFactory = std::unique_ptr<Claim>();

constexpr double kUnlimited = std::numeric_limits<double>::infinity();

/// The range of a replica's value: low - 1e-9 <= value <= high + 1e-9, so that rounding does not matter.
struct ClaimRange {
  double low = -kUnlimited;
  double high = kUnlimited;
};

/// The result of a claim that each replica's value is in the range. Throws std::invalid_argument unless low <= high.
ClaimResult check_range(std::vector<double> values, const ClaimRange& range, std::string measured, std::string unit);

/// The result's row of claims.csv. Over the n replicas that could be measured, mean = sum_i v_i / n and
/// deviation = sqrt(sum_i (v_i - mean)^2 / (n - 1)), 0 for n = 1, both NaN for n = 0. The verdict is
/// holds / R >= at_least_share, and false for R = 0; the reason is kept only if the verdict is false.
/// Throws std::invalid_argument unless 0 <= holds <= R and 0 <= at_least_share <= 1.
ClaimRecord record_of(const std::string& name, const std::string& type, const ClaimResult& result);

/// "holds" or "does not hold".
std::string verdict_of(const ClaimRecord& record);

/// The row on one line: "compression_L5: holds in 47 of 50 replicas, 1.9 +- 0.4 bits";
/// "compression_L5: does not hold, in 3 of 50 replicas, 0.21 +- 0.1 bits".
std::string summary_of(const ClaimRecord& record);

/// Evaluates claims on the tables of a run's folder and writes its claims.csv, one row each; no file without claims.
/// Throws UsageError if the tables lack what a claim needs, Error if the file cannot be written, std::invalid_argument
/// for an empty Choice.
std::vector<ClaimRecord> evaluate_claims(const std::vector<Choice<ClaimFactory>>& claims,
                                         const std::filesystem::path& folder);

}  // namespace infoplane
