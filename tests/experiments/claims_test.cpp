#include "support/claims.hpp"

#include <cmath>
#include <limits>

#include <boost/test/unit_test.hpp>

using namespace infoplane;
using namespace infoplane::testing;

namespace {

const double kNaN = std::nan("");

RunResults one(const std::vector<InformationAt>& points) {
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

}  // namespace

BOOST_AUTO_TEST_SUITE(claims)

BOOST_AUTO_TEST_CASE(compression_is_the_fall_of_i_xt_after_its_peak) {
  const ClaimRecord r = evaluated("{claim: compression, layer: L5, at_least_bits: 3}", phases());
  BOOST_TEST(r.mean == 3);
  BOOST_TEST(r.holds == 1);
  BOOST_TEST(r.unit == "bits");
  BOOST_TEST(r.measured == "I(X;T) of L5 falls by at least 3 bits after its peak (binning)");
  BOOST_TEST(evaluated("{claim: compression, layer: L5, at_least_bits: 3.001}", phases()).holds == 0);
  BOOST_TEST(evaluated("{claim: compression, layer: L5, quantity: i_ty, at_least_bits: 0.1}", phases()).mean == 0.125);
}

BOOST_AUTO_TEST_CASE(no_compression_bounds_the_fall_from_above) {
  const ClaimRecord r = evaluated("{claim: no_compression, layer: L5, at_most_bits: 3}", phases());
  BOOST_TEST(r.holds == 1);
  BOOST_TEST(r.measured == "I(X;T) of L5 falls by at most 3 bits after its peak (binning)");
  BOOST_TEST(evaluated("{claim: no_compression, layer: L5, at_most_bits: 2.999}", phases()).holds == 0);
}

BOOST_AUTO_TEST_CASE(fitting_is_the_rise_of_i_ty_from_its_start) {
  const ClaimRecord r = evaluated("{claim: fitting, layer: L5, at_least_bits: 0.75}", phases());
  BOOST_TEST(r.mean == 0.75);
  BOOST_TEST(r.holds == 1);
  BOOST_TEST(r.measured == "I(T;Y) of L5 rises by at least 0.75 bits from its start (binning)");
  BOOST_TEST(evaluated("{claim: fitting, layer: L5, at_least_bits: 0.8}", phases()).holds == 0);
  BOOST_TEST(evaluated("{claim: fitting, layer: L5, quantity: i_xt, at_least_bits: 2}", phases()).holds == 1);
  BOOST_TEST(evaluated("{claim: no_fitting, layer: L5, at_most_bits: 0.75}", phases()).holds == 1);
  BOOST_TEST(evaluated("{claim: no_fitting, layer: L5, at_most_bits: 0.7}", phases()).holds == 0);
}

BOOST_AUTO_TEST_CASE(the_last_epoch_is_the_largest_whatever_the_order_of_the_rows) {
  const RunResults run = one({{1000, 2, 1}, {0, 3, 0}, {10, 5, 1}});
  BOOST_TEST(evaluated("{claim: final_value, layer: L5, from_bits: 2, to_bits: 2}", run).holds == 1);
  BOOST_TEST(evaluated("{claim: fitting, layer: L5, at_least_bits: 1}", run).mean == 1);
}

BOOST_AUTO_TEST_CASE(final_value_is_at_the_last_epoch) {
  const ClaimRecord r =
      evaluated("{claim: final_value, layer: L5, quantity: i_ty, from_bits: 0.875, to_bits: 1}", phases());
  BOOST_TEST(r.mean == 0.875);
  BOOST_TEST(r.holds == 1);
  BOOST_TEST(r.measured == "I(T;Y) of L5 ends between 0.875 and 1 bits (binning)");
  BOOST_TEST(evaluated("{claim: final_value, layer: L5, from_bits: 2.1, to_bits: 3}", phases()).holds == 0);
  BOOST_TEST(evaluated("{claim: final_value, layer: L5, from_bits: 1, to_bits: 1.9}", phases()).holds == 0);
}

BOOST_AUTO_TEST_CASE(compression_begins_at_the_last_epoch_with_95_percent_of_the_peak) {
  // 0.95 * 5 = 4.75 at epoch 100, although the peak was at epoch 10.
  const ClaimRecord r = evaluated("{claim: phase_start, layer: L5, from_epoch: 100, to_epoch: 100}", phases());
  BOOST_TEST(r.mean == 100);
  BOOST_TEST(r.holds == 1);
  BOOST_TEST(r.unit == "epochs");
  BOOST_TEST(r.measured == "I(X;T) of L5 begins to fall between epochs 100 and 100 (binning)");
  BOOST_TEST(evaluated("{claim: phase_start, layer: L5, from_epoch: 101, to_epoch: 1000}", phases()).holds == 0);
  BOOST_TEST(evaluated("{claim: phase_start, layer: L5, from_epoch: 0, to_epoch: 99}", phases()).holds == 0);
  // Where nothing falls there is no start.
  const ClaimRecord none =
      evaluated("{claim: phase_start, layer: L5, from_epoch: 0, to_epoch: 9}", one({{0, 1, 0}, {9, 2, 0}}));
  BOOST_TEST(none.mean == std::numeric_limits<double>::infinity());
  BOOST_TEST(none.holds == 0);
}

BOOST_AUTO_TEST_CASE(longer_training_does_not_move_the_start_of_compression) {
  const std::string yaml = "{claim: phase_start, layer: L5, from_epoch: 100, to_epoch: 100}";
  std::vector<InformationAt> points{{0, 3, 0}, {10, 5, 0}, {100, 4.8, 0}, {200, 4.7, 0}};
  for (double bits = 4.5; bits > 0; bits -= 0.5) {
    BOOST_TEST(evaluated(yaml, one(points)).mean == 100);
    points.push_back({points.back().epoch * 2, bits, 0});
  }
}

BOOST_AUTO_TEST_CASE(a_jump_of_the_number_of_clusters_is_no_start_of_compression) {
  RunResults run = one({{0, 3, 0}, {10, 4, 0}, {20, 2, 0}, {30, 2.1, 0}, {40, 1.5, 0}});
  const std::string yaml = "{claim: phase_start, layer: L5, from_epoch: 0, to_epoch: 99}";
  BOOST_TEST(evaluated(yaml, run).mean == 10);
  run.details = {"clusters"};
  for (Record& row : run.information) row.details = {row.epoch < 20 ? 8.0 : 4.0};
  BOOST_TEST(evaluated(yaml, run).mean == 30);  // 4.1, then 3.5 bits without the jump of -2
}

BOOST_AUTO_TEST_CASE(a_layer_at_its_cap_throughout_tests_no_change) {
  RunResults run;
  for (const std::int64_t r : {0, 1, 2}) add(run, "L4", {{0, 8.95, 0}, {9, 8.92, 0}}, r);
  for (const char* yaml :
       {"{claim: compression, layer: L4, at_least_bits: 0.01}", "{claim: no_compression, layer: L4, at_most_bits: 1}",
        "{claim: phase_start, layer: L4, from_epoch: 0, to_epoch: 9}"}) {
    const ClaimRecord r = evaluated(yaml, run);
    BOOST_TEST(r.tested == 0, yaml);
    BOOST_TEST((r.verdict == Verdict::undecided), yaml);
    BOOST_TEST(r.doubt == "I(X;T) of L4 is at its cap throughout (binning)", yaml);
  }
}

BOOST_AUTO_TEST_CASE(a_rise_is_not_tested_where_the_cap_leaves_no_room) {
  RunResults run;
  for (const std::int64_t r : {0, 1, 2}) add(run, "L4", {{0, 8.5, 0}, {9, 7, 0}}, r);
  for (const char* yaml : {"{claim: fitting, layer: L4, quantity: i_xt, at_least_bits: 0.6}",
                           "{claim: no_fitting, layer: L4, quantity: i_xt, at_most_bits: 0.6}"}) {
    BOOST_TEST(evaluated(yaml, run).doubt == "I(X;T) of L4 starts within 0.6 bits of its cap (binning)", yaml);
  }
  BOOST_TEST(evaluated("{claim: no_fitting, layer: L4, quantity: i_xt, at_most_bits: 0.4}", run).tested == 3);
}

BOOST_AUTO_TEST_CASE(bounds_meet_where_upper_and_lower_end_near_each_other) {
  RunResults run;
  add(run, "L3", {{0, 1, 0}, {9, 4, 0.75}}, 0, "kde.mean");
  add(run, "L3", {{0, 1, 0}, {9, 5, 0.875}}, 0, "kde.upper");
  add(run, "L3", {{0, 1, 0}, {9, 3, 1}}, 0, "kde.lower");
  const ClaimRecord r =
      evaluated("{claim: bounds_meet, layer: L3, estimator: kde, quantity: i_ty, within_bits: 0.125}", run);
  BOOST_TEST(r.mean == 0.125);
  BOOST_TEST(r.holds == 1);
  BOOST_TEST(r.measured == "the bounds of I(T;Y) of L3 end within 0.125 bits of each other (kde)");
  BOOST_TEST(evaluated("{claim: bounds_meet, layer: L3, quantity: i_ty, within_bits: 0.1}", run).holds == 0);
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
  BOOST_TEST(r.holds == 1);
  BOOST_TEST(r.measured ==
             "I(X;T) of L2, L3, L4 ends with no layer above the previous one by more than 0.25 bits (binning)");
  BOOST_TEST(evaluated("{claim: ordered_by_depth, layers: [L2, L3, L4], within_bits: 0.2}", run).holds == 0);
  BOOST_TEST(evaluated("{claim: ordered_by_depth, layers: [L3, L4], within_bits: 0}", run).mean == -3.25);
  BOOST_TEST(evaluated("{claim: ordered_by_depth, layers: [L2, L3, L4], quantity: i_ty, within_bits: 0}", run).holds ==
             1);
}

BOOST_AUTO_TEST_CASE(final_accuracy_is_that_of_a_split) {
  RunResults run;
  add_training(run, 0, {1, 0.5}, 0.875);
  const ClaimRecord r = evaluated("{claim: final_accuracy, at_least: 0.875}", run);
  BOOST_TEST(r.mean == 0.875);
  BOOST_TEST(r.holds == 1);
  BOOST_TEST(r.unit == "");
  BOOST_TEST(r.measured == "the accuracy on the test split ends at 0.875 or more");
  BOOST_TEST(evaluated("{claim: final_accuracy, at_least: 0.88}", run).holds == 0);
  BOOST_TEST(evaluated("{claim: final_accuracy, split: train, at_least: 0.96}", run).mean == 0.96875);
}

BOOST_AUTO_TEST_CASE(overfitting_is_the_rise_of_the_test_loss_from_its_minimum) {
  RunResults run;
  add_training(run, 0, {1, 0.5, 0.25, 0.375}, 0.5);
  const ClaimRecord r = evaluated("{claim: overfitting, at_least_nats: 0.125}", run);
  BOOST_TEST(r.mean == 0.125);
  BOOST_TEST(r.holds == 1);
  BOOST_TEST(r.unit == "nats");
  BOOST_TEST(r.measured == "the loss on the test split ends at least 0.125 nats above its minimum");
  BOOST_TEST(evaluated("{claim: overfitting, at_least_nats: 0.13}", run).holds == 0);
  BOOST_TEST(evaluated("{claim: no_overfitting, at_most_nats: 0.125}", run).holds == 1);
  BOOST_TEST(evaluated("{claim: no_overfitting, at_most_nats: 0.12}", run).holds == 0);
}

BOOST_AUTO_TEST_CASE(a_parameter_grows_in_magnitude) {
  RunResults run;
  for (const std::int64_t index : {0, 1}) {
    run.parameters.push_back({0, 0, "linear1.weight", index, index == 0 ? 0.5 : 4.0});
    run.parameters.push_back({0, 9, "linear1.weight", index, index == 0 ? -8.0 : 3.0});
  }
  const ClaimRecord r = evaluated("{claim: parameter_grows, parameter: linear1.weight, at_least: 7.5}", run);
  BOOST_TEST(r.mean == 7.5);
  BOOST_TEST(r.holds == 1);
  BOOST_TEST(r.measured == "the magnitude of linear1.weight 0 grows by at least 7.5");
  BOOST_TEST(evaluated("{claim: parameter_grows, parameter: linear1.weight, index: 1, at_least: 0}", run).holds == 0);
  BOOST_TEST(refusal("{claim: parameter_grows, parameter: linear1.bias, at_least: 1}", run) ==
             "the results have no element 0 of 'linear1.bias', only linear1.weight");
}

BOOST_AUTO_TEST_CASE(every_replica_is_asked_by_itself) {
  RunResults run;
  for (const std::int64_t r : {0, 1, 2}) add(run, "L5", {{0, 4, 0}, {9, 4 - static_cast<double>(r), 0}}, r);
  const ClaimRecord r = evaluated("{claim: compression, layer: L5, at_least_bits: 1, at_least_share: 0.7}", run);
  BOOST_TEST(r.replicas == 3);
  BOOST_TEST(r.holds == 2);
  BOOST_TEST(r.at_least_share == 0.7);
  BOOST_TEST(r.mean == 1);
  BOOST_TEST(r.deviation == 1);
}

BOOST_AUTO_TEST_CASE(what_is_nan_is_not_tested) {
  RunResults run;
  for (const char* layer : {"L4", "L5"}) add(run, layer, {{0, 4, 0.5}, {1, kNaN, kNaN}, {9, kNaN, kNaN}});
  for (const char* value : {"kde.lower", "kde.upper"}) add(run, "L5", {{9, kNaN, kNaN}}, 0, value);
  add_training(run, 0, {1, kNaN, 0.5}, kNaN);
  run.parameters.push_back({0, 0, "p", 0, kNaN});
  for (const char* yaml :
       {"{claim: compression, layer: L5, at_least_bits: 0.1}", "{claim: no_compression, layer: L5, at_most_bits: 64}",
        "{claim: fitting, layer: L5, at_least_bits: 0.1}", "{claim: no_fitting, layer: L5, at_most_bits: 64}",
        "{claim: final_value, layer: L5, from_bits: -64, to_bits: 64}",
        "{claim: phase_start, layer: L5, from_epoch: 0, to_epoch: 9}",
        "{claim: bounds_meet, layer: L5, estimator: kde, within_bits: 64}",
        "{claim: ordered_by_depth, layers: [L4, L5], within_bits: 64}", "{claim: final_accuracy, at_least: 0}",
        "{claim: overfitting, at_least_nats: 0}", "{claim: no_overfitting, at_most_nats: 1000}",
        "{claim: parameter_grows, parameter: p, at_least: 0}"}) {
    const ClaimRecord r = evaluated(yaml, run);
    BOOST_TEST(r.replicas == 1, yaml);
    BOOST_TEST(r.holds == 0, yaml);
    BOOST_TEST(r.tested == 0, yaml);
    BOOST_TEST(std::isnan(r.mean), yaml);
  }
}

BOOST_AUTO_TEST_CASE(a_reason_needs_evidence) {
  const auto refused = [](const std::string& more) {
    return message_of<UsageError>([&] { claim("{claim: final_accuracy, at_least: 1" + more + "}"); });
  };
  BOOST_TEST(refused(", reason: it cannot") ==
             "a reason needs evidence, the names of claims that show it: CLAIM, or EXPERIMENT/CLAIM of another");
  BOOST_TEST(refused(", evidence: [x]") == "evidence is for a reason, got none");
  RunResults run;
  for (const std::int64_t r : {0, 1, 2, 3, 4, 5}) add_training(run, r, {1, 0.5}, 0.5);
  const ClaimRecord r = evaluated("{claim: final_accuracy, at_least: 1, reason: it cannot, evidence: [x, y/z]}", run);
  BOOST_TEST((r.verdict == Verdict::does_not_hold));
  BOOST_TEST(r.reason == "it cannot");
  BOOST_TEST(r.evidence == (std::vector<std::string>{"x", "y/z"}), boost::test_tools::per_element());
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

BOOST_AUTO_TEST_SUITE_END()
