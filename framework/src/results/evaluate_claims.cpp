#include <infoplane/claim.hpp>
#include <infoplane/error.hpp>

#include "base/whole_file.hpp"
#include "base/with_context.hpp"
#include "results/claims_table.hpp"
#include "results/provenance.hpp"
#include "results/run_files.hpp"
#include "results/table_digests.hpp"

namespace infoplane {
std::vector<ClaimRecord> evaluate_claims(const std::vector<Choice<ClaimFactory>>& claims,
                                         const std::filesystem::path& folder, const OtherRuns& others) {
  std::vector<ClaimRecord> records;
  if (claims.empty()) return records;
  const RunResults results = read_run(folder);
  for (const auto& claim : claims) {
    const ClaimResult result =
        with_context("claim " + in_quotes(claim.name()), [&] { return claim()->check(results, others); });
    records.push_back(claim_record(claim.name(), claim.type(), result));
  }
  if (is_finished(folder)) {
    replace_claims(folder, claims_text(records));
  } else {
    write_whole_file(folder / kClaims, claims_text(records));
  }
  return records;
}

}  // namespace infoplane
