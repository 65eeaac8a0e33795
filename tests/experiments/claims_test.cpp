#include <infoplane/claim.hpp>

#include <cmath>

#include <boost/test/unit_test.hpp>

#include <infoplane/experiments/catalogue.hpp>
#include <infoplane/run.hpp>

#include "support/support.hpp"

using namespace infoplane;
using namespace infoplane::testing;

namespace {

namespace fs = std::filesystem;

const double kNaN = std::nan("");

const Catalogue& catalogue() {
  static const Catalogue c = experiments::catalogue();
  return c;
}

/// The claim, as an entry of a config's list has it.
std::unique_ptr<Claim> claim(const std::string& yaml) {
  std::vector<Choice<ClaimFactory>> read;
  const Node config = parse_yaml("claims: [" + yaml + "]", "x.yaml");
  choices("claims", read, catalogue().claims, "").binding->read(*config.find("claims"), "claims");
  return read.at(0)();
}

ClaimRecord evaluated(const std::string& yaml, const RunResults& results) {
  return record_of("x", "y", claim(yaml)->check(results));
}

std::string refusal(const std::string& yaml, const RunResults& results) {
  return message_of<UsageError>([&] { evaluated(yaml, results); });
}

struct Point {
  std::int64_t epoch;
  double i_xt, i_ty;
};

/// Adds the rows of one replica's layer.
void add(RunResults& run, const std::string& layer, const std::vector<Point>& points, std::int64_t replica = 0,
         const std::string& estimator = "binning") {
  for (const Point& p : points)
    run.information.push_back({replica, p.epoch, layer, estimator, p.i_xt, p.i_ty, 9, 1, {}});
}

RunResults one(const std::vector<Point>& points) {
  RunResults run;
  add(run, "L5", points);
  return run;
}

/// L5 rises from 3 to 5, stays there with some noise until epoch 100, and falls to 2; I(T;Y) rises from 0.25 to 1.
RunResults phases() {
  return one({{0, 3, 0.25},
              {1, 4, 0.5},
              {10, 5, 0.75},
              {50, 4.875, 1},
              {100, 4.75, 1},
              {200, 4.5, 1},
              {500, 3, 0.875},
              {1000, 2, 0.875}});
}

void add_training(RunResults& run, std::int64_t replica, const std::vector<double>& test_losses, double accuracy) {
  for (std::size_t e = 0; e < test_losses.size(); ++e) {
    const auto epoch = static_cast<std::int64_t>(e);
    run.training.push_back({replica, epoch, "train", 0.125, 0.96875});
    run.training.push_back({replica, epoch, "test", test_losses[e], accuracy});
  }
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
    "  - {claim: final_value, layer: L1, from_bits: 0, to_bits: 10, says: 'he said \"less\", not more', reason: never seen}\n"
    "  - {claim: compression, name: deep, layer: L3, at_least_bits: 60, reason: 'too few epochs'}\n";

Experiment experiment(const std::vector<std::string>& settings = {}) {
  Node node = parse_yaml(kConfig, "small.yaml");
  for (const std::string& setting : settings) set_value(node, setting);
  return read_experiment(node, catalogue());
}

struct Told : Progress {
  void evaluated(const ClaimRecord& claim) override { lines.push_back(summary_of(claim)); }
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

}  // namespace

BOOST_AUTO_TEST_SUITE(claims)

BOOST_AUTO_TEST_CASE(compression_is_the_fall_of_i_xt_after_its_peak) {
  const ClaimRecord r = evaluated("{claim: compression, layer: L5, at_least_bits: 3}", phases());
  BOOST_TEST(r.mean == 3);
  BOOST_TEST(r.verdict);
  BOOST_TEST(r.unit == "bits");
  BOOST_TEST(r.measured == "I(X;T) of L5 falls by at least 3 bits after its peak (binning)");
  BOOST_TEST(!evaluated("{claim: compression, layer: L5, at_least_bits: 3.001}", phases()).verdict);
  BOOST_TEST(evaluated("{claim: compression, layer: L5, quantity: i_ty, at_least_bits: 0.1}", phases()).mean == 0.125);
  BOOST_TEST(evaluated("{claim: compression, layer: L5, at_least_bits: 0}", one({{0, 3, 1}})).verdict);
}

BOOST_AUTO_TEST_CASE(no_compression_bounds_the_fall_from_above) {
  const ClaimRecord r = evaluated("{claim: no_compression, layer: L5, at_most_bits: 3}", phases());
  BOOST_TEST(r.verdict);
  BOOST_TEST(r.measured == "I(X;T) of L5 falls by at most 3 bits after its peak (binning)");
  BOOST_TEST(!evaluated("{claim: no_compression, layer: L5, at_most_bits: 2.999}", phases()).verdict);
}

BOOST_AUTO_TEST_CASE(fitting_is_the_rise_of_i_ty_from_its_start) {
  const ClaimRecord r = evaluated("{claim: fitting, layer: L5, at_least_bits: 0.75}", phases());
  BOOST_TEST(r.mean == 0.75);
  BOOST_TEST(r.verdict);
  BOOST_TEST(r.measured == "I(T;Y) of L5 rises by at least 0.75 bits from its start (binning)");
  BOOST_TEST(!evaluated("{claim: fitting, layer: L5, at_least_bits: 0.8}", phases()).verdict);
  BOOST_TEST(evaluated("{claim: fitting, layer: L5, quantity: i_xt, at_least_bits: 2}", phases()).verdict);
  BOOST_TEST(evaluated("{claim: no_fitting, layer: L5, at_most_bits: 0.75}", phases()).verdict);
  BOOST_TEST(!evaluated("{claim: no_fitting, layer: L5, at_most_bits: 0.7}", phases()).verdict);
}

BOOST_AUTO_TEST_CASE(the_last_epoch_is_the_largest_whatever_the_order_of_the_rows) {
  const RunResults run = one({{1000, 2, 1}, {0, 3, 0}, {10, 5, 1}});
  BOOST_TEST(evaluated("{claim: final_value, layer: L5, from_bits: 2, to_bits: 2}", run).verdict);
  BOOST_TEST(evaluated("{claim: fitting, layer: L5, at_least_bits: 1}", run).mean == 1);
}

BOOST_AUTO_TEST_CASE(final_value_is_at_the_last_epoch) {
  const ClaimRecord r =
      evaluated("{claim: final_value, layer: L5, quantity: i_ty, from_bits: 0.875, to_bits: 1}", phases());
  BOOST_TEST(r.mean == 0.875);
  BOOST_TEST(r.verdict);
  BOOST_TEST(r.measured == "I(T;Y) of L5 ends between 0.875 and 1 bits (binning)");
  BOOST_TEST(!evaluated("{claim: final_value, layer: L5, from_bits: 2.1, to_bits: 3}", phases()).verdict);
  BOOST_TEST(!evaluated("{claim: final_value, layer: L5, from_bits: 1, to_bits: 1.9}", phases()).verdict);
}

BOOST_AUTO_TEST_CASE(compression_begins_where_nine_tenths_of_the_fall_are_still_to_come) {
  // 2 + 0.9 (5 - 2) = 4.7 <= 4.75 at epoch 100, although the peak was at epoch 10.
  const ClaimRecord r = evaluated("{claim: phase_start, layer: L5, from_epoch: 100, to_epoch: 100}", phases());
  BOOST_TEST(r.mean == 100);
  BOOST_TEST(r.verdict);
  BOOST_TEST(r.unit == "epochs");
  BOOST_TEST(r.measured == "I(X;T) of L5 begins to fall between epochs 100 and 100 (binning)");
  BOOST_TEST(!evaluated("{claim: phase_start, layer: L5, from_epoch: 101, to_epoch: 1000}", phases()).verdict);
  BOOST_TEST(!evaluated("{claim: phase_start, layer: L5, from_epoch: 0, to_epoch: 99}", phases()).verdict);
  // Where nothing falls it is the last epoch.
  BOOST_TEST(
      evaluated("{claim: phase_start, layer: L5, from_epoch: 0, to_epoch: 9}", one({{0, 1, 0}, {9, 2, 0}})).mean == 9);
}

BOOST_AUTO_TEST_CASE(bounds_meet_where_upper_and_lower_end_near_each_other) {
  RunResults run;
  add(run, "L3", {{0, 1, 0}, {9, 4, 0.75}}, 0, "kde.mean");
  add(run, "L3", {{0, 1, 0}, {9, 5, 0.875}}, 0, "kde.upper");
  add(run, "L3", {{0, 1, 0}, {9, 3, 1}}, 0, "kde.lower");
  const ClaimRecord r =
      evaluated("{claim: bounds_meet, layer: L3, estimator: kde, quantity: i_ty, within_bits: 0.125}", run);
  BOOST_TEST(r.mean == 0.125);
  BOOST_TEST(r.verdict);
  BOOST_TEST(r.measured == "the bounds of I(T;Y) of L3 end within 0.125 bits of each other (kde)");
  BOOST_TEST(!evaluated("{claim: bounds_meet, layer: L3, quantity: i_ty, within_bits: 0.1}", run).verdict);
  BOOST_TEST(evaluated("{claim: bounds_meet, layer: L3, within_bits: 1}", run).mean == 2);
  BOOST_TEST(refusal("{claim: bounds_meet, layer: L5, within_bits: 1}", phases()) ==
             "the results have no estimator 'binning.lower', only binning");
}

BOOST_AUTO_TEST_CASE(ordered_by_depth_compares_each_layer_with_the_one_before) {
  RunResults run;
  add(run, "L2", {{0, 0, 0}, {9, 5, 1}});
  add(run, "L3", {{0, 9, 0}, {9, 5.25, 1}});
  add(run, "L4", {{0, 9, 0}, {9, 2, 0.5}});
  const ClaimRecord r = evaluated("{claim: ordered_by_depth, layers: [L2, L3, L4], within_bits: 0.25}", run);
  BOOST_TEST(r.mean == 0.25);
  BOOST_TEST(r.verdict);
  BOOST_TEST(r.measured ==
             "I(X;T) of L2, L3, L4 ends with no layer above the one before by more than 0.25 bits (binning)");
  BOOST_TEST(!evaluated("{claim: ordered_by_depth, layers: [L2, L3, L4], within_bits: 0.2}", run).verdict);
  BOOST_TEST(evaluated("{claim: ordered_by_depth, layers: [L3, L4], within_bits: 0}", run).mean == -3.25);
  BOOST_TEST(evaluated("{claim: ordered_by_depth, layers: [L2, L3, L4], quantity: i_ty, within_bits: 0}", run).verdict);
}

BOOST_AUTO_TEST_CASE(final_accuracy_is_that_of_a_split) {
  RunResults run;
  add_training(run, 0, {1, 0.5}, 0.875);
  const ClaimRecord r = evaluated("{claim: final_accuracy, at_least: 0.875}", run);
  BOOST_TEST(r.mean == 0.875);
  BOOST_TEST(r.verdict);
  BOOST_TEST(r.unit == "");
  BOOST_TEST(r.measured == "the accuracy on the test split ends at 0.875 or more");
  BOOST_TEST(!evaluated("{claim: final_accuracy, at_least: 0.88}", run).verdict);
  BOOST_TEST(evaluated("{claim: final_accuracy, split: train, at_least: 0.96}", run).mean == 0.96875);
}

BOOST_AUTO_TEST_CASE(overfitting_is_the_rise_of_the_test_loss_from_its_minimum) {
  RunResults run;
  add_training(run, 0, {1, 0.5, 0.25, 0.375}, 0.5);
  const ClaimRecord r = evaluated("{claim: overfitting, at_least_nats: 0.125}", run);
  BOOST_TEST(r.mean == 0.125);
  BOOST_TEST(r.verdict);
  BOOST_TEST(r.unit == "nats");
  BOOST_TEST(r.measured == "the loss on the test split ends at least 0.125 nats above its minimum");
  BOOST_TEST(!evaluated("{claim: overfitting, at_least_nats: 0.13}", run).verdict);
  BOOST_TEST(evaluated("{claim: no_overfitting, at_most_nats: 0.125}", run).verdict);
  BOOST_TEST(!evaluated("{claim: no_overfitting, at_most_nats: 0.12}", run).verdict);
}

BOOST_AUTO_TEST_CASE(a_parameter_grows_in_magnitude) {
  RunResults run;
  for (const std::int64_t index : {0, 1}) {
    run.parameters.push_back({0, 0, "linear1.weight", index, index == 0 ? 0.5 : 4.0});
    run.parameters.push_back({0, 9, "linear1.weight", index, index == 0 ? -8.0 : 3.0});
  }
  const ClaimRecord r = evaluated("{claim: parameter_grows, parameter: linear1.weight, at_least: 7.5}", run);
  BOOST_TEST(r.mean == 7.5);
  BOOST_TEST(r.verdict);
  BOOST_TEST(r.measured == "the magnitude of linear1.weight 0 grows by at least 7.5");
  BOOST_TEST(!evaluated("{claim: parameter_grows, parameter: linear1.weight, index: 1, at_least: 0}", run).verdict);
  BOOST_TEST(refusal("{claim: parameter_grows, parameter: linear1.bias, at_least: 1}", run) ==
             "the results have no element 0 of 'linear1.bias', only linear1.weight");
}

BOOST_AUTO_TEST_CASE(every_replica_is_asked_by_itself) {
  RunResults run;
  for (const std::int64_t r : {0, 1, 2}) add(run, "L5", {{0, 4, 0}, {9, 4 - static_cast<double>(r), 0}}, r);
  const ClaimRecord r = evaluated("{claim: compression, layer: L5, at_least_bits: 1, at_least_share: 0.7}", run);
  BOOST_TEST(r.replicas == 3);
  BOOST_TEST(r.holds == 2);
  BOOST_TEST(r.mean == 1);
  BOOST_TEST(r.deviation == 1);
  BOOST_TEST(!r.verdict);
  BOOST_TEST(evaluated("{claim: compression, layer: L5, at_least_bits: 1}", run).verdict);
}

BOOST_AUTO_TEST_CASE(what_is_nan_does_not_hold) {
  RunResults run;
  for (const char* layer : {"L4", "L5"}) add(run, layer, {{0, 4, 0.5}, {1, kNaN, kNaN}, {9, kNaN, kNaN}});
  for (const char* value : {"kde.lower", "kde.upper"}) add(run, "L5", {{9, kNaN, kNaN}}, 0, value);
  add_training(run, 0, {1, kNaN, 0.5}, kNaN);
  run.parameters.push_back({0, 0, "p", 0, kNaN});
  for (const char* yaml :
       {"{claim: compression, layer: L5, at_least_bits: 0}", "{claim: no_compression, layer: L5, at_most_bits: 64}",
        "{claim: fitting, layer: L5, at_least_bits: 0}", "{claim: no_fitting, layer: L5, at_most_bits: 64}",
        "{claim: final_value, layer: L5, from_bits: -64, to_bits: 64}",
        "{claim: phase_start, layer: L5, from_epoch: 0, to_epoch: 9}",
        "{claim: bounds_meet, layer: L5, estimator: kde, within_bits: 64}",
        "{claim: ordered_by_depth, layers: [L4, L5], within_bits: 64}", "{claim: final_accuracy, at_least: 0}",
        "{claim: overfitting, at_least_nats: 0}", "{claim: no_overfitting, at_most_nats: 1000}",
        "{claim: parameter_grows, parameter: p, at_least: 0}"}) {
    const ClaimRecord r = evaluated(yaml, run);
    BOOST_TEST(r.replicas == 1, yaml);
    BOOST_TEST(r.holds == 0, yaml);
    BOOST_TEST(!r.verdict, yaml);
    BOOST_TEST(std::isnan(r.mean), yaml);
  }
}

BOOST_AUTO_TEST_CASE(names_that_the_results_lack_are_refused) {
  const RunResults run = phases();
  BOOST_TEST(refusal("{claim: compression, layer: L9, at_least_bits: 1}", run) ==
             "the results have no layer 'L9', only L5");
  BOOST_TEST(refusal("{claim: compression, layer: L5, estimator: kde, at_least_bits: 1}", run) ==
             "the results have no estimator 'kde', only binning");
  BOOST_TEST(refusal("{claim: compression, layer: L5, at_least_bits: 1}", {}) ==
             "the results have no rows in information.csv");
  BOOST_TEST(refusal("{claim: final_accuracy, at_least: 1}", run) == "the results have no rows in training.csv");
}

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
}

BOOST_AUTO_TEST_CASE(a_run_evaluates_its_claims_and_tells_them) {
  const TemporaryFolder out;
  Told told;
  const fs::path folder = run(experiment(), catalogue(), options_of(out), told);
  const std::string table = read_file(folder / "claims.csv");
  BOOST_TEST(table.rfind("name,claim,says,measured,replicas,holds,share,mean,deviation,unit,verdict,reason\n"
                         "final_value,final_value,\"he said \"\"less\"\", not more\","
                         "I(X;T) of L1 ends between 0 and 10 bits (binning),3,3,1,",
                         0) == 0u,
             table);
  const std::vector<ClaimRecord> claims = read_run(folder).claims;
  BOOST_REQUIRE(claims.size() == 2u);
  BOOST_TEST(claims[0].says == "he said \"less\", not more");
  BOOST_TEST(claims[0].verdict);
  BOOST_TEST(claims[0].reason == "");
  BOOST_TEST(claims[1].reason == "too few epochs");
  BOOST_TEST(claims[1].name == "deep");
  BOOST_TEST(claims[1].claim == "compression");
  BOOST_TEST(claims[1].replicas == 3);
  BOOST_TEST(claims[1].holds == 0);
  BOOST_TEST(claims[1].unit == "bits");
  BOOST_TEST(!claims[1].verdict);
  BOOST_REQUIRE(told.lines.size() == 2u);
  BOOST_TEST(told.lines[1].rfind("deep: does not hold, in 0 of 3 replicas, ", 0) == 0u);
  fs::remove(folder / "claims.csv");
  evaluate_claims(experiment().claims, folder);
  BOOST_TEST(read_file(folder / "claims.csv") == table);
}

BOOST_AUTO_TEST_CASE(a_claim_that_the_results_cannot_answer_fails_the_run_and_keeps_its_tables) {
  const TemporaryFolder out;
  Progress silent;
  const std::string message = message_of<Error>([&] {
    run(experiment({"claims=[{claim: bounds_meet, layer: L3, within_bits: 1}]"}), catalogue(), options_of(out), silent);
  });
  const fs::path folder = *fs::directory_iterator(out.path() / "small");
  BOOST_TEST(message ==
             folder.string() + ": claim 'bounds_meet': the results have no estimator 'binning.lower', only binning");
  BOOST_TEST(!is_finished(folder));
  run(experiment(), catalogue(), options_of(out, /*resume=*/true), silent);
  BOOST_TEST(is_finished(folder));
  BOOST_TEST(read_run(folder).claims.size() == 2u);
}

BOOST_AUTO_TEST_CASE(a_claim_of_nothing_is_written_with_empty_fields_and_read_back) {
  const TemporaryFolder out;
  Progress silent;
  const fs::path folder = run(experiment({"claims=[]"}), catalogue(), options_of(out), silent);
  BOOST_TEST(!fs::exists(folder / "claims.csv"));
  write_file(folder / "training.csv", "replica,epoch,split,loss,accuracy\n0,0,test,nan,nan\n");
  evaluate_claims(experiment({"claims=[{claim: final_accuracy, at_least: 0}]"}).claims, folder);
  const std::string table = read_file(folder / "claims.csv");
  BOOST_TEST(table.find(",1,0,0,,,,does not hold,\n") != std::string::npos, table);
  BOOST_TEST(std::isnan(read_run(folder).claims.at(0).mean));
}

BOOST_AUTO_TEST_CASE(a_table_of_claims_that_was_changed_is_refused_where_it_is_wrong) {
  const TemporaryFolder out;
  Progress silent;
  const fs::path folder = run(experiment(), catalogue(), options_of(out), silent);
  const std::string file = (folder / "claims.csv").string(), whole = read_file(file);
  const auto refused = [&](const std::string& text) {
    write_file(file, text);
    return message_of<UsageError>([&] { read_run(folder); });
  };
  const std::string header = whole.substr(0, whole.find('\n') + 1);
  BOOST_TEST(refused("name\n") ==
             file + ":1: the header must be name,claim,says,measured,replicas,holds,share,mean,deviation,unit,verdict,reason");
  BOOST_TEST(refused(header + "a,b,c,d,1,1,1,1,0,bits,maybe,\n") ==
             file + ":2: verdict must be 'holds' or 'does not hold', got 'maybe'");
  BOOST_TEST(refused(header + "a,b,c,d,x,1,1,1,0,bits,holds,\n") ==
             file + ":2: replicas must be a whole number, got 'x'");
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
