#include "sweep/claims_by_run.hpp"

#include <boost/test/unit_test.hpp>

using namespace infoplane;
using namespace infoplane::experiments;

namespace {

ClaimRecord claim(const std::string& name, Verdict verdict, std::int64_t holds, std::int64_t replicas) {
  ClaimRecord record;
  record.name = name;
  record.says = "says " + name;
  record.verdict = verdict;
  record.holds = holds;
  record.replicas = replicas;
  return record;
}

NamedRun run(const std::string& name, const std::vector<ClaimRecord>& claims) {
  NamedRun named;
  named.name = name;
  named.summary.claims = claims;
  return named;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(claims_by_run_table)

BOOST_AUTO_TEST_CASE(every_claim_has_a_row_and_every_run_a_column_and_a_count) {
  Comparison comparison;
  comparison.runs = {run("sgd", {claim("rises", Verdict::holds, 9, 10), claim("falls", Verdict::undecided, 5, 10),
                                 claim("compares", Verdict::undecided, 0, 0)}),
                     run("adam", {claim("falls", Verdict::does_not_hold, 0, 10)}), run("unfinished", {})};
  const std::vector<std::vector<std::string>> expected{
      {"claim", "says", "sgd", "adam", "unfinished"},
      {"rises", "says rises", "holds, 9 of 10", "", ""},
      {"falls", "says falls", "undecided, 5 of 10", "does not hold, 0 of 10", ""},
      {"number that hold", "", "1 of 2", "0 of 1", "0 of 0"}};
  const auto rows = claims_by_run(comparison);
  BOOST_REQUIRE(rows.size() == expected.size());
  for (std::size_t r = 0; r < rows.size(); ++r) BOOST_TEST(rows[r] == expected[r], boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(without_judged_claims_there_is_no_table) {
  Comparison comparison;
  comparison.runs = {run("sgd", {claim("compares", Verdict::undecided, 0, 0)})};
  BOOST_TEST(claims_by_run(comparison).empty());
}

BOOST_AUTO_TEST_SUITE_END()
