#include "sweep/claims_by_run.hpp"

#include <algorithm>

#include <fmt/format.h>

#include <infoplane/claim.hpp>

#include "base/index.hpp"

namespace infoplane::experiments {
namespace {

using Row = std::vector<std::string>;

const ClaimRecord* find(const NamedRun& run, const std::string& name) {
  const auto& claims = run.summary.claims;
  const auto found = std::find_if(claims.begin(), claims.end(), [&](const auto& claim) { return claim.name == name; });
  return found == claims.end() || found->replicas == 0 ? nullptr : &*found;
}

std::string cell(const ClaimRecord* claim) {
  if (claim == nullptr) return "";
  return fmt::format("{}, {} of {}", verdict_name(claim->verdict), claim->holds, claim->replicas);
}

}  // namespace

std::vector<Row> claims_by_run(const Comparison& comparison) {
  Index<std::string> names;
  Row head{"claim", "says"}, counts{"number that hold", ""};
  for (const NamedRun& run : comparison.runs) {
    head.push_back(run.name);
    std::int64_t judged = 0, hold = 0;
    for (const ClaimRecord& claim : run.summary.claims) {
      if (claim.replicas == 0) continue;
      names.of(claim.name);
      ++judged;
      if (claim.verdict == Verdict::holds) ++hold;
    }
    counts.push_back(fmt::format("{} of {}", hold, judged));
  }
  if (names.values().empty()) return {};
  std::vector<Row> rows{head};
  for (const std::string& name : names.values()) {
    Row row{name, ""};
    for (const NamedRun& run : comparison.runs) {
      const ClaimRecord* const claim = find(run, name);
      if (claim != nullptr) row[1] = claim->says;
      row.push_back(cell(claim));
    }
    rows.push_back(row);
  }
  rows.push_back(counts);
  return rows;
}

}  // namespace infoplane::experiments
