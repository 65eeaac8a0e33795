#include <cmath>

#include <boost/test/unit_test.hpp>

#include <infoplane/check.hpp>
#include <infoplane/claim.hpp>
#include <infoplane/experiments/catalogue.hpp>
#include <infoplane/result_needs.hpp>
#include <infoplane/run.hpp>
#include <infoplane/run_results.hpp>

#include "results/provenance.hpp"
#include "support/support.hpp"

using namespace infoplane;
using namespace infoplane::testing;

namespace {

namespace fs = std::filesystem;

struct BrokenFigure : Figure {
  void draw(const RunResults&, const fs::path&, const std::string& name) const override {
    throw Error(name + " is broken");
  }
};

struct BrokenClaim : Claim {
  ClaimResult check(const RunResults&, const OtherRuns&) const override { throw UsageError("it is broken"); }
  ResultNeeds needs() const override { return {}; }
};

Catalogue with_broken_ones() {
  Catalogue c = experiments::catalogue();
  c.figures.add<NoOptions>("broken", [](const NoOptions&) { return std::make_unique<BrokenFigure>(); }, "");
  c.claims.add<NoOptions>("broken", [](const NoOptions&) { return std::make_unique<BrokenClaim>(); }, "");
  return c;
}

const Catalogue& catalogue() {
  static const Catalogue c = with_broken_ones();
  return c;
}

const std::string kConfig =
    "name: small\n"
    "replicas: 3\n"
    "dataset: twelve_bit\n"
    "model: {type: mlp, widths: [6, 3, 1]}\n"
    "training: {epochs: 6, learning_rate: 0.05, batch_size: 500}\n"
    "observe: {schedule: {type: every, every: 2}, trace: parameters}\n"
    "estimators:\n"
    "  - {type: binning, bins: 20}\n"
    "claims:\n"
    "  - {claim: final_value, layer: L1, from_bits: 0, to_bits: 10, says: 'he said \"less\", not more', reason: never "
    "seen, evidence: [deep]}\n"
    "  - {claim: compression, name: deep, layer: L3, at_least_bits: 60, reason: 'too few epochs', evidence: "
    "[other_config/claim]}\n";

Experiment experiment(const std::vector<std::string>& settings = {}) {
  Node node = parse_yaml(kConfig, "small.yaml");
  for (const std::string& setting : settings) set_value(node, setting);
  return read_experiment(node, catalogue());
}

struct Told : Progress {
  void evaluated(const ClaimRecord& claim) override { lines.push_back(claim_summary(claim)); }
  void observed(std::int64_t, double, double) override {
    if (--left == 0) throw std::runtime_error("stopped");
  }
  std::vector<std::string> lines;
  int left = 0;
};

RunOptions options_of(const TemporaryFolder& out, bool resume = false) {
  RunOptions options;
  options.out = out.path();
  options.device = "cpu";
  options.threads = 1;
  options.checkpoint_seconds = 0;
  options.resume = resume;
  return options;
}

std::string check_refusal(const std::string& claims, const std::string& setting = "seed=1") {
  return message_of<UsageError>([&] { check(experiment({setting, "claims=[" + claims + "]"})); });
}

// Makes it a run of which nothing is known but that it finished, so that its tables may be changed.
void forget_digests(const fs::path& folder) {
  for (const char* file : {"tables.sha256", "checkpoint"}) fs::remove(folder / file);
  write_file(folder / "provenance.json", "{\"status\": \"finished\"}");
}

}  // namespace

BOOST_AUTO_TEST_SUITE(run_claims)

BOOST_AUTO_TEST_CASE(what_a_run_will_not_have_is_refused_before_it) {
  BOOST_TEST(check_refusal("{claim: compression, layer: L4, at_least_bits: 1}") ==
             "claim 'compression': unknown layer 'L4', did you mean 'L1'?");
  BOOST_TEST(check_refusal("{claim: fitting, name: f, layer: L3, estimator: bining, at_least_bits: 1}") ==
             "claim 'f': unknown estimator 'bining', did you mean 'binning'?");
  BOOST_TEST(check_refusal("{claim: compression, layer: L3, at_least_bits: 1}", "estimators=[]") ==
             "claim 'compression' needs an estimator, got estimators: []");
  BOOST_TEST(check_refusal("{claim: parameter_grows, parameter: linear1.weight, at_least: 1}", "observe.trace=none") ==
             "claim 'parameter_grows' needs observe.trace: parameters");
  BOOST_TEST(check_refusal("{claim: parameter_grows, parameter: linear9.weight, at_least: 1}") ==
             "claim 'parameter_grows': unknown parameter 'linear9.weight', did you mean 'linear1.weight'?");
  BOOST_TEST(check_refusal("{claim: parameter_grows, parameter: linear1.weight, index: 72, at_least: 1}") ==
             "claim 'parameter_grows': parameter 'linear1.weight' has elements 0 to 71, got 72");
  BOOST_TEST(check_refusal("{claim: parameter_grows, parameter: linear1.weight, index: 71, at_least: 1}") == "");
  BOOST_TEST(check_refusal("{claim: final_value, layer: L3, from_bits: 2, to_bits: 1}") ==
             "claim 'final_value': from_bits must be at most to_bits, 1, got 2");
  BOOST_TEST(check_refusal("{claim: bounds_meet, layer: L3, within_bits: 1}") ==
             "claim 'bounds_meet': estimator 'binning' gives no value 'lower', nor does another");
  const std::string bounds = "estimators=[binning, {type: kernel_density, name: kde}]";
  BOOST_TEST(check_refusal("{claim: bounds_meet, layer: L3, within_bits: 1}", bounds) ==
             "claim 'bounds_meet': estimator 'binning' gives no value 'lower', only kde");
  BOOST_TEST(check_refusal("{claim: bounds_meet, layer: L3, estimator: kde, within_bits: 1}", bounds) == "");
  BOOST_TEST(check_refusal("{claim: final_value, layer: L3, estimator: kde.low, from_bits: 0, to_bits: 1}", bounds) ==
             "claim 'final_value': unknown estimator 'kde.low', did you mean 'kde.lower'?");
}

BOOST_AUTO_TEST_CASE(a_run_evaluates_its_claims_and_tells_them) {
  const TemporaryFolder out;
  Told told;
  const fs::path folder = run(experiment(), catalogue(), options_of(out), told);
  const std::string table = read_file(folder / "claims.csv");
  BOOST_TEST(
      table.rfind("name,claim,says,measured,replicas,tested,holds,share_low,share_high,at_least_share,mean,mean_low,"
                  "mean_high,deviation,unit,verdict,doubt,reason,evidence\n"
                  "final_value,final_value,\"he said \"\"less\"\", not more\","
                  "I(X;T) of L1 ends between 0 and 10 bits (binning),3,3,3,0.29",
                  0) == 0u,
      table);
  const std::vector<ClaimRecord> claims = read_run(folder).claims;
  BOOST_REQUIRE(claims.size() == 2u);
  BOOST_TEST(claims[0].says == "he said \"less\", not more");
  BOOST_TEST((claims[0].verdict == Verdict::undecided));  // three replicas are too few
  BOOST_TEST(claims[0].doubt == "the share may be above or below 50 %");
  BOOST_TEST(claims[0].evidence == std::vector<std::string>{"deep"}, boost::test_tools::per_element());
  BOOST_TEST(claims[1].reason == "too few epochs");
  BOOST_TEST(claims[1].name == "deep");
  BOOST_TEST(claims[1].claim == "compression");
  BOOST_TEST(claims[1].replicas == 3);
  BOOST_TEST(claims[1].holds == 0);
  BOOST_TEST(claims[1].unit == "bits");
  BOOST_TEST(claims[1].share.low == 0);
  BOOST_TEST(claims[1].share.high > 0.5);
  BOOST_REQUIRE(told.lines.size() == 2u);
  BOOST_TEST(told.lines[1].rfind("deep: undecided, holds in 0 of 3 replicas (0 to 71 %), ", 0) == 0u);
  forget_digests(folder);
  fs::remove(folder / "claims.csv");
  evaluate_claims(experiment().claims, folder);
  BOOST_TEST(read_file(folder / "claims.csv") == table);
}

BOOST_AUTO_TEST_CASE(a_claim_that_fails_fails_the_run_and_keeps_its_tables) {
  const TemporaryFolder out;
  Progress silent;
  const std::string message = message_of<Error>([&] {
    run(experiment({"claims=[{claim: broken}]", "figures=[learning_curves]"}), catalogue(), options_of(out), silent);
  });
  const fs::path folder = *fs::directory_iterator(out.path() / "small");
  BOOST_TEST(message == folder.string() + ": claim 'broken': it is broken");
  BOOST_TEST(!is_finished(folder));
  BOOST_TEST(fs::exists(folder / "figures/learning_curves.svg"));
  run(experiment(), catalogue(), options_of(out, /*resume=*/true), silent);
  BOOST_TEST(is_finished(folder));
  BOOST_TEST(read_run(folder).claims.size() == 2u);
}

BOOST_AUTO_TEST_CASE(a_figure_that_fails_fails_the_run_and_leaves_the_others_and_the_claims) {
  const TemporaryFolder out;
  Told told;
  const std::string message = message_of<Error>([&] {
    run(experiment({"figures=[{type: broken, name: first}, {type: broken, name: second}, learning_curves]"}),
        catalogue(), options_of(out), told);
  });
  const fs::path folder = *fs::directory_iterator(out.path() / "small");
  BOOST_TEST(message == folder.string() + ": first is broken");
  BOOST_TEST(read_file(folder / "provenance.json").find("\"status\": \"failed\"") != std::string::npos);
  BOOST_TEST(fs::exists(folder / "figures/learning_curves.svg"));
  BOOST_TEST(read_run(folder).claims.size() == 2u);
  BOOST_TEST(told.lines.empty());
  run(experiment(), catalogue(), options_of(out, /*resume=*/true), told);
  BOOST_TEST(is_finished(folder));
}

BOOST_AUTO_TEST_CASE(a_claim_of_nothing_is_written_with_empty_fields_and_read_back) {
  const TemporaryFolder out;
  Progress silent;
  const fs::path folder = run(experiment({"claims=[]"}), catalogue(), options_of(out), silent);
  BOOST_TEST(!fs::exists(folder / "claims.csv"));
  forget_digests(folder);
  write_file(folder / "training.csv", "replica,epoch,split,loss,accuracy\n0,0,test,nan,nan\n");
  evaluate_claims(experiment({"claims=[{claim: final_accuracy, at_least: 0}]"}).claims, folder);
  const std::string table = read_file(folder / "claims.csv");
  BOOST_TEST(table.find(",1,0,0,0,1,0.5,,-inf,inf,,,undecided,not measured,,\n") != std::string::npos, table);
  BOOST_TEST(std::isnan(read_run(folder).claims.at(0).mean));
}

BOOST_AUTO_TEST_CASE(a_table_of_claims_that_was_changed_is_refused_where_it_is_wrong) {
  const TemporaryFolder out;
  Progress silent;
  const fs::path folder = run(experiment(), catalogue(), options_of(out), silent);
  forget_digests(folder);
  const std::string file = (folder / "claims.csv").string(), whole = read_file(file);
  const auto refused = [&](const std::string& text) {
    write_file(file, text);
    return message_of<UsageError>([&] { read_run(folder); });
  };
  const std::string header = whole.substr(0, whole.find('\n') + 1);
  BOOST_TEST(refused("name\n") == file + ":1: the header must be " + header.substr(0, header.size() - 1));
  BOOST_TEST(refused(header + "a,b,c,d,1,1,1,0,1,0.5,1,1,1,0,bits,maybe,,,\n") ==
             file + ":2: verdict must be 'holds', 'does not hold' or 'undecided', got 'maybe'");
  BOOST_TEST(refused(header + "a,b,c,d,x,1,1,0,1,0.5,1,1,1,0,bits,holds,,,\n") ==
             file + ":2: replicas must be a whole number, got 'x'");
  BOOST_TEST(refused(header + "a,b,c,d,3,4,1,0,1,0.5,1,1,1,0,bits,holds,,,\n") ==
             file + ":2: tested must be at most replicas, 3, got 4");
  BOOST_TEST(refused(header + "a,b,c,d,3,2,3,0,1,0.5,1,1,1,0,bits,holds,,,\n") ==
             file + ":2: holds must be at most tested, 2, got 3");
}

BOOST_AUTO_TEST_CASE(claims_of_an_earlier_version_are_read_without_their_verdicts) {
  const TemporaryFolder out;
  Progress silent;
  const fs::path folder = run(experiment(), catalogue(), options_of(out), silent);
  forget_digests(folder);
  write_file(folder / "claims.csv",
             "name,claim,says,measured,replicas,holds,share,mean,deviation,unit,verdict,reason\n"
             "a,b,c,d,5,4,0.8,1.5,0.25,bits,holds,\n");
  const ClaimRecord r = read_run(folder).claims.at(0);
  BOOST_TEST(r.replicas == 5);
  BOOST_TEST(r.holds == 4);
  BOOST_TEST(r.mean == 1.5);
  BOOST_TEST((r.verdict == Verdict::undecided));
  BOOST_TEST(r.doubt == "judged by an earlier version, `infoplane figures` judges again");
}

BOOST_AUTO_TEST_CASE(a_claim_refers_to_claims_that_exist) {
  BOOST_TEST(check_refusal("{claim: final_accuracy, at_least: 1, reason: x, evidence: [final_acuracy]}") ==
             "claim 'final_accuracy': unknown claim 'final_acuracy', did you mean 'final_accuracy'?");
  BOOST_TEST(check_refusal("{claim: final_accuracy, at_least: 1, reason: x, evidence: [other/claim]}") == "");
  BOOST_TEST(check_refusal("{claim: final_accuracy, at_least: 1, reason: x, evidence: [final_accuracy]}") ==
             "claim 'final_accuracy': its evidence must be another claim");
}

BOOST_AUTO_TEST_CASE(claims_are_no_part_of_the_numbers_that_a_resumed_run_must_equal) {
  const TemporaryFolder out;
  Told stop;
  stop.left = 2;
  BOOST_CHECK_THROW(run(experiment(), catalogue(), options_of(out), stop), Error);
  Told told;
  const fs::path folder = run(experiment({"claims=[{claim: final_accuracy, at_least: 0}]"}), catalogue(),
                              options_of(out, /*resume=*/true), told);
  BOOST_TEST(std::distance(fs::directory_iterator(out.path() / "small"), fs::directory_iterator()) == 1);
  const std::vector<ClaimRecord> claims = read_run(folder).claims;
  BOOST_REQUIRE(claims.size() == 1u);
  BOOST_TEST(claims[0].name == "final_accuracy");
}

BOOST_AUTO_TEST_CASE(the_resolved_experiment_keeps_its_claims) {
  const std::string written = to_yaml(write_experiment(experiment(), catalogue()));
  const Experiment again = read_experiment(parse_yaml(written, "again.yaml"), catalogue());
  BOOST_TEST(to_yaml(write_experiment(again, catalogue())) == written);
  BOOST_TEST(written.find("claim: compression\n") != std::string::npos, written);
  BOOST_TEST(again.claims.at(1).name() == "deep");
}

BOOST_AUTO_TEST_SUITE_END()
