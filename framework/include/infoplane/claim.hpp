#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include <infoplane/interval.hpp>
#include <infoplane/registry.hpp>
#include <infoplane/result_needs.hpp>
#include <infoplane/run_results.hpp>

namespace infoplane {

/// The result of a claim for a run of R replicas.
struct ClaimResult {
  std::string says;             ///< quoted from the source
  std::string measured;         ///< the measurement: "I(X;T) of L5 falls by at least 1 bits after its peak (binning)"
  std::string unit;             ///< of the values, "" if they have none
  std::vector<double> values;   ///< [R]; NaN where the claim is not tested; infinite for an event that did not occur
  std::int64_t holds = 0;       ///< number of replicas in which it holds
  Interval range;               ///< of the values for which it holds
  double at_least_share = 0.5;  ///< smallest share of replicas in which it must hold
  std::string untested;         ///< why values are NaN: "I(X;T) of L4 is at its cap throughout"
  std::string reason;           ///< the most likely reason if it does not hold
  std::vector<std::string>
      evidence;  ///< the claims that show the reason: "CLAIM", or "EXPERIMENT/CLAIM" of another run
};

/// Other runs by the names of their experiments, for claims that compare runs.
using OtherRuns = std::map<std::string, RunResults>;

/// A source's statement about a run, tested on each replica. It reads the tables of runs and nothing else.
class Claim {
 public:
  virtual ~Claim() = default;

  /// Throws UsageError for a layer, an estimator or a parameter that is not in the results, listing those that are. If
  /// `others` lacks a run that needs() names, the result has no values, and `untested` says which run.
  virtual ClaimResult check(const RunResults& results, const OtherRuns& others) const = 0;

  virtual ResultNeeds needs() const = 0;
};

using ClaimFactory = std::unique_ptr<Claim>();

/// The result of a claim that each replica's value is in the range, or within 1e-9 of it, so that rounding does not
/// matter. Throws std::invalid_argument unless low <= high.
ClaimResult check_range(std::vector<double> values, const Interval& range, std::string measured, std::string unit);

/// The result's row of claims.csv, with 95 % intervals. A claim that holds in h of R replicas and is untested (NaN) in
/// u has a share between the lower end of Clopper and Pearson's interval for h of R and the upper end for h + u of R.
/// It *holds* if that interval lies at or above at_least_share and Student's interval of the mean inside the range (the
/// interval of the median, if a value is infinite); it *does not hold* if the one lies below and the other outside.
/// Else it is *undecided*: so are all claims with fewer than two tested replicas. Two claims with disjoint ranges never
/// both hold. Throws std::invalid_argument unless 0 <= holds <= tested replicas and 0 < at_least_share < 1.
ClaimRecord claim_record(const std::string& name, const std::string& type, const ClaimResult& result);

/// "holds", "does not hold" or "undecided".
std::string verdict_name(Verdict verdict);

/// The row on one line: "compression_L5: holds in 47 of 50 replicas (83 to 99 %), 1.9 +- 0.4 bits";
/// "compression_L5: undecided, holds in 5 of 10 replicas (19 to 81 %), 1.1 +- 0.4 bits: the share may be above or below
/// 50 %"; without replicas "like_tanh: undecided: compares with a finished run of iris_tanh".
std::string claim_summary(const ClaimRecord& record);

/// Evaluates claims on the tables of a run's folder and writes its claims.csv, one row each; no file without claims. A
/// claim about other runs that are not in `others` is undecided.
/// Throws UsageError if the tables lack what a claim needs, Error if the file cannot be written, std::invalid_argument
/// for an empty Choice.
std::vector<ClaimRecord> evaluate_claims(const std::vector<Choice<ClaimFactory>>& claims,
                                         const std::filesystem::path& folder, const OtherRuns& others = {});

}  // namespace infoplane
