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

/// What a claim finds in a run of R replicas. NaN stands for a replica in which it cannot be measured: there it does
/// not hold, and mean and deviation are over the others.
struct ClaimResult {
  std::string says;             ///< the source's words
  std::string measured;         ///< what is asked: "I(X;T) of L5 falls by at least 1 bits after its peak (binning)"
  std::string unit;             ///< of the values, "" where they have none
  std::vector<double> values;   ///< [R]
  std::int64_t holds = 0;       ///< in so many replicas
  double at_least_share = 0.5;  ///< of the replicas, in which a claim that holds must hold
  std::string reason;           ///< most likely why, where it does not hold
};

/// Something that a source says of a run, asked of each replica. It sees the tables of the store and nothing else.
class Claim {
 public:
  virtual ~Claim() = default;

  /// Throws UsageError for a layer, an estimator or a parameter that the results do not have, naming those that they
  /// have.
  virtual ClaimResult check(const RunResults& results) const = 0;

  virtual ResultNeeds needs() const = 0;
};

using ClaimFactory = std::unique_ptr<Claim>();

constexpr double kUnlimited = std::numeric_limits<double>::infinity();

/// Where a replica's value must lie: low - 1e-9 <= value <= high + 1e-9, so that rounding decides nothing.
struct ClaimRange {
  double low = -kUnlimited;
  double high = kUnlimited;
};

/// The result of asking that the value of each replica lie in the range.
ClaimResult check_range(std::vector<double> values, const ClaimRange& range, std::string measured, std::string unit);

/// Its row of claims.csv. Over the n replicas that could be measured, mean = sum_i v_i / n and
/// deviation = sqrt(sum_i (v_i - mean)^2 / (n - 1)), 0 for n = 1, NaN both for n = 0. The verdict is
/// holds / R >= at_least_share, and false for R = 0; the reason is kept only where the verdict is false.
ClaimRecord record_of(const std::string& name, const std::string& type, const ClaimResult& result);

/// "holds" or "does not hold".
std::string verdict_of(const ClaimRecord& record);

/// The row in short: "compression_L5: holds in 47 of 50 replicas, 1.9 +- 0.4 bits";
/// "compression_L5: does not hold, in 3 of 50 replicas, 0.21 +- 0.1 bits".
std::string summary_of(const ClaimRecord& record);

/// Evaluates claims on the tables of a run's folder and writes its claims.csv, a row each; without claims, no file.
/// Throws UsageError where the tables lack what a claim needs, Error where the file cannot be written.
std::vector<ClaimRecord> evaluate_claims(const std::vector<Choice<ClaimFactory>>& claims,
                                         const std::filesystem::path& folder);

}  // namespace infoplane
