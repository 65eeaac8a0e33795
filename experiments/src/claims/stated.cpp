#include <algorithm>
#include <memory>
#include <utility>

#include <infoplane/error.hpp>

#include "claims/replica_curves.hpp"

namespace infoplane::experiments {
namespace {

class StatedClaim : public Claim {
 public:
  StatedClaim(std::unique_ptr<Claim> bare, Statement statement)
      : bare_(std::move(bare)), statement_(std::move(statement)) {}

  ClaimResult check(const RunResults& results, const OtherRuns& others) const override {
    ClaimResult result = bare_->check(results, others);
    result.says = statement_.says;
    result.at_least_share = statement_.at_least_share;
    result.reason = statement_.reason;
    result.evidence = statement_.evidence;
    return result;
  }

  ResultNeeds needs() const override {
    ResultNeeds needs = bare_->needs();
    needs.claims = statement_.evidence;
    return needs;
  }

 private:
  std::unique_ptr<Claim> bare_;
  Statement statement_;
};

}  // namespace

std::unique_ptr<Claim> stated(std::unique_ptr<Claim> claim, const Statement& statement) {
  if (!statement.reason.empty() && statement.evidence.empty()) {
    throw UsageError(
        "a reason needs evidence, the names of claims that show it: CLAIM, or EXPERIMENT/CLAIM of another");
  }
  if (statement.reason.empty() && !statement.evidence.empty()) throw UsageError("evidence is for a reason, got none");
  return std::make_unique<StatedClaim>(std::move(claim), statement);
}

}  // namespace infoplane::experiments
