#include <cmath>
#include <limits>

#include <boost/test/unit_test.hpp>

#include "support/claims.hpp"

using namespace infoplane;
using namespace infoplane::testing;

namespace {

void add_losses(RunResults& run, const std::vector<double>& test, const std::vector<double>& train = {}) {
  for (std::size_t e = 0; e < test.size(); ++e) {
    const auto epoch = static_cast<std::int64_t>(e);
    run.training.push_back({0, epoch, "train", train.empty() ? test[e] : train[e], 0.5});
    run.training.push_back({0, epoch, "test", test[e], 0.5});
  }
}

/// L5 rises from 3 to 5 bits at epoch 10, falls from epoch 100 on and ends at 2; L4 stays at 8.
RunResults phases(double scale = 1) {
  RunResults run;
  add(run, "L4", {{0, 8, 0.9}, {10, 8, 1}, {100, 8, 1}, {1000, 8, 1}});
  add(run, "L5", {{0, 3 * scale, 0.25}, {10, 5 * scale, 0.5}, {100, 4.8 * scale, 1}, {1000, 2 * scale, 0.75}});
  return run;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(comparisons)

BOOST_AUTO_TEST_CASE(a_measurement_is_a_value_of_an_epoch_or_of_the_whole_curve) {
  const std::pair<const char*, double> expected[] = {{"", 2},
                                                     {", epoch: 10", 5},
                                                     {", epoch: 103", 4.8},
                                                     {", measure: peak", 5},
                                                     {", measure: fall", 3},
                                                     {", measure: rise", 2},
                                                     {", measure: start_of_fall", 100},
                                                     {", measure: peak_epoch", 10},
                                                     {", measure: lowest_epoch", 1000}};
  for (const auto& [options, value] : expected) {
    const ClaimRecord r = evaluated(std::string("{claim: value, of: {layer: L5") + options + "}, from: 0}", phases());
    BOOST_TEST(r.mean == value, options);
    BOOST_TEST(r.holds == 1, options);
  }
  for (const char* epoch : {"300", "1001"}) {  // between two observed epochs, and after the last
    BOOST_TEST(evaluated(std::string("{claim: value, of: {layer: L5, epoch: ") + epoch + "}}", phases()).tested == 0);
  }
  const ClaimRecord r =
      evaluated("{claim: value, of: {quantity: i_ty, layer: L5, epoch: 10}, from: 0.5, to: 0.6}", phases());
  BOOST_TEST(r.measured == "I(T;Y) of L5 (binning) at epoch 10 is from 0.5 to 0.6 bits");
  BOOST_TEST(r.unit == "bits");
  BOOST_TEST(evaluated("{claim: value, of: {layer: L5, measure: peak_epoch}}", phases()).unit == "epochs");
}

BOOST_AUTO_TEST_CASE(larger_and_smaller_compare_two_measurements_of_a_replica) {
  const std::string fall = "of: {layer: L5}, than: {layer: L5, epoch: 100}";
  const ClaimRecord r = evaluated("{claim: smaller, " + fall + "}", phases());
  BOOST_TEST(r.mean == 4.8 - 2);
  BOOST_TEST(r.holds == 1);
  BOOST_TEST(r.measured == "I(X;T) of L5 (binning) at the end is smaller than I(X;T) of L5 (binning) at epoch 100");
  BOOST_TEST(evaluated("{claim: larger, " + fall + "}", phases()).holds == 0);
  BOOST_TEST(evaluated("{claim: smaller, " + fall + ", by: 2.75}", phases()).holds == 1);
  BOOST_TEST(evaluated("{claim: smaller, " + fall + ", by: 3}", phases()).holds == 0);
  const std::string same = "of: {layer: L4}, than: {layer: L4, epoch: 10}";
  BOOST_TEST(evaluated("{claim: smaller, " + same + "}", phases()).holds == 0);
  BOOST_TEST(evaluated("{claim: larger, " + same + "}", phases()).holds == 0);
}

BOOST_AUTO_TEST_CASE(two_values_at_their_caps_test_nothing) {
  RunResults run;
  add(run, "L2", {{0, 8.99, 0}, {9, 8.95, 0}});
  const ClaimRecord r = evaluated("{claim: smaller, of: {layer: L2}, than: {layer: L2, epoch: 0}}", run);
  BOOST_TEST(r.tested == 0);
  BOOST_TEST(r.doubt == "at the cap, or not observed");
  run.information[1].i_xt_bits = 8;
  BOOST_TEST(evaluated("{claim: smaller, of: {layer: L2}, than: {layer: L2, epoch: 0}}", run).tested == 1);
}

BOOST_AUTO_TEST_CASE(a_change_that_its_cap_forces_tests_nothing) {
  RunResults run = phases();
  add(run, "L2", {{0, 8.99, 0}, {10, 8.97, 0}, {100, 8.98, 0}, {1000, 8.95, 0}});
  for (const char* yaml : {"{claim: smaller, of: {layer: L2, measure: fall}, than: {layer: L5, measure: fall}}",
                           "{claim: larger, of: {layer: L5, measure: fall}, than: {layer: L2, measure: fall}}",
                           "{claim: value, of: {layer: L2, measure: fall}, to: 0.1}",
                           "{claim: monotone, of: {layer: L2}, within_share: 1}"})
    BOOST_TEST(evaluated(yaml, run).tested == 0, yaml);
  add(run, "L1", {{0, 8.99, 0}, {1000, 8.96, 0}});
  for (const char* layers : {"[L1, L2]", "[L2, L1]"}) {
    const std::string yaml = std::string("{claim: ordered_by_depth, within_bits: 1, layers: ") + layers + "}";
    BOOST_TEST(evaluated(yaml, run).doubt == "all layers end at their caps");
  }
}

BOOST_AUTO_TEST_CASE(an_event_that_never_comes_is_later_than_any_epoch) {
  RunResults run = phases();
  BOOST_TEST(evaluated("{claim: value, of: {layer: L4, measure: start_of_fall}, from: 20}", run).holds == 1);
  BOOST_TEST(evaluated("{claim: value, of: {layer: L4, measure: start_of_fall}, to: 5000}", run).holds == 0);
  BOOST_TEST(evaluated("{claim: later, of: {layer: L4}, than: {layer: L5}}", run).holds == 1);
  BOOST_TEST(evaluated("{claim: earlier, of: {layer: L4}, than: {layer: L5}}", run).holds == 0);
}

BOOST_AUTO_TEST_CASE(quantities_of_different_units_are_not_compared) {
  BOOST_TEST(message_of<UsageError>([] { claim("{claim: larger, of: {layer: L5}, than: {quantity: loss}}"); }) ==
             "of is in bits and than in nats, they cannot be compared");
  BOOST_TEST(message_of<UsageError>([] {
               claim("{claim: larger, of: {quantity: loss}, than: {quantity: accuracy}}");
             }) == "of is in nats and than in no unit, they cannot be compared");
}

BOOST_AUTO_TEST_CASE(what_another_run_lacks_is_named_with_the_run) {
  const OtherRuns others{{"tanh", {}}};
  BOOST_TEST(message_of<UsageError>([&] {
               evaluated("{claim: larger, of: {layer: L5}, than: {run: tanh, layer: L5}}", phases(), others);
             }) == "run 'tanh': the results have no rows in information.csv");
}

BOOST_AUTO_TEST_CASE(runs_are_compared_by_pairs_of_replicas) {
  RunResults own;
  for (const std::int64_t r : {0, 1, 2}) add(own, "L5", {{0, 5, 0}, {9, 5 - static_cast<double>(r), 0}}, r);
  OtherRuns others;
  for (const std::int64_t r : {1, 2, 3}) add(others["tanh"], "L5", {{0, 5, 0}, {9, 4, 0}}, r);
  const std::string yaml =
      "{claim: larger, of: {layer: L5, measure: fall}, than: {run: tanh, layer: L5, measure: fall}}";
  const ClaimRecord r = evaluated(yaml, own, others);
  BOOST_TEST(r.replicas == 2);
  BOOST_TEST(r.holds == 1);
  BOOST_TEST(r.mean == 0.5);
  BOOST_TEST(r.measured ==
             "the fall of I(X;T) of L5 (binning) after its peak is larger than the fall of I(X;T) of L5 "
             "(binning) in tanh after its peak");
  const ClaimRecord alone = evaluated(yaml, own);
  BOOST_TEST(alone.replicas == 0);
  BOOST_TEST((alone.verdict == Verdict::undecided));
  BOOST_TEST(alone.doubt == "compares with a finished run of tanh");
  BOOST_TEST(claim(yaml)->needs().runs == std::vector<std::string>{"tanh"}, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(earlier_and_later_compare_starts_of_falls) {
  RunResults own = phases();
  OtherRuns others{{"slow", {}}};
  add(others["slow"], "L5", {{0, 3, 0}, {900, 5, 0}, {1000, 4, 0}});
  BOOST_TEST(evaluated("{claim: earlier, of: {layer: L5}, than: {run: slow, layer: L5}}", own, others).mean == 800);
  BOOST_TEST(evaluated("{claim: earlier, of: {layer: L5}, than: {run: slow, layer: L5}}", own, others).holds == 1);
  BOOST_TEST(evaluated("{claim: later, of: {layer: L5}, than: {run: slow, layer: L5}}", own, others).holds == 0);
  const ClaimRecord ratio = evaluated(
      "{claim: ratio, of: {run: slow, layer: L5, measure: start_of_fall}, over: {layer: L5, measure: start_of_fall}, "
      "from: 5, to: 20}",
      own, others);
  BOOST_TEST(ratio.mean == 9);
  BOOST_TEST(ratio.holds == 1);
}

BOOST_AUTO_TEST_CASE(a_monotone_curve_has_no_rise_from_any_epoch_to_a_later_one) {
  RunResults run;
  add_losses(run, {1, 0.5, 0.6, 0.55, 0.65, 0});
  const ClaimRecord r = evaluated("{claim: monotone, of: {quantity: loss}, within_share: 0.15}", run);
  BOOST_TEST(r.mean == 0.15, boost::test_tools::tolerance(1e-12));
  BOOST_TEST(r.holds == 1);
  BOOST_TEST(evaluated("{claim: monotone, of: {quantity: loss}, within_share: 0.1}", run).holds == 0);
  BOOST_TEST(evaluated("{claim: monotone, of: {quantity: loss}, direction: rising}", run).mean == 1);
  RunResults constant;
  add_losses(constant, {1, 1});
  BOOST_TEST(evaluated("{claim: monotone, of: {quantity: loss}, direction: rising}", constant).tested == 0);
}

BOOST_AUTO_TEST_CASE(simultaneous_changes_have_done_half_at_the_same_epoch) {
  RunResults run;
  add(run, "L5", {{0, 0, 0}, {1, 1, 0.1}, {2, 2, 0.6}, {3, 3, 1}});
  add_losses(run, {1, 0.9, 0.8, 0});
  const std::string yaml = "{claim: simultaneous, of: {quantity: i_ty, layer: L5}, with: {quantity: loss}";
  BOOST_TEST(evaluated(yaml + "}", run).mean == 3.0 / 4);
  BOOST_TEST(evaluated(yaml + "}", run).holds == 1);
  BOOST_TEST(evaluated(yaml + ", within_factor: 1.2}", run).holds == 0);
}

BOOST_AUTO_TEST_CASE(curves_overlap_where_they_differ_by_less_than_a_share_of_their_range) {
  RunResults run;
  add_losses(run, {1, 0.5, 0.25, 0}, {1, 0.515, 0.4, 0.01});
  const std::string yaml = "{claim: curves_overlap, of: {quantity: loss}, with: {quantity: loss, split: train}";
  BOOST_TEST(evaluated(yaml + "}", run).mean == 0.75);
  BOOST_TEST(evaluated(yaml + ", at_least_epochs: 0.8}", run).holds == 0);
  for (TrainingRecord& row : run.training) row.epoch = row.epoch == 3 ? 99 : row.epoch;
  BOOST_TEST(evaluated(yaml + "}", run).mean == 0.99);  // epoch 99 stands for 97
  BOOST_TEST(evaluated(yaml + ", within_share: 0.2, at_least_epochs: 1}", run).holds == 1);
}

BOOST_AUTO_TEST_CASE(a_path_is_the_same_at_any_speed) {
  RunResults run;
  add(run, "L4", {{0, 0, 0}, {1, 4, 1}, {2, 0, 1}});
  add(run, "L5", {{0, 0, 0}, {1, 2, 0.5}, {2, 4, 1}, {3, 2, 1}, {4, 1, 1}, {5, 0, 1}});
  add(run, "L6", {{0, 0, 0}, {1, 4, 1}, {2, 4, 0}});
  const ClaimRecord r = evaluated("{claim: same_path, of: {layer: L4}, as: {layer: L5}}", run);
  BOOST_TEST(r.mean == 0, boost::test_tools::tolerance(1e-12));
  BOOST_TEST(r.holds == 1);
  const ClaimRecord other = evaluated("{claim: same_path, of: {layer: L4}, as: {layer: L6}}", run);
  // One of three points of either path is 4 / sqrt(17) from the other path; the paths lie in a rectangle of 4 x 1.
  BOOST_TEST(other.mean == 4.0 / 17 / 3, boost::test_tools::tolerance(1e-9));
}

BOOST_AUTO_TEST_CASE(the_same_place_is_nearer_than_any_other) {
  RunResults own;
  add(own, "L5", {{0, 9, 0}, {1, 3, 1}});
  OtherRuns others;
  add(others["tanh"], "L5", {{0, 9, 0}, {1, 2, 1}});
  add(others["tanh"], "L4", {{0, 9, 0}, {1, 5, 1}});
  add(others["tanh"], "L3", {{0, 9, 0}, {1, 9, 1}});
  const auto place = [](const char* layer, const char* than) {
    return std::string("{claim: same_place, of: {layer: L5}, as: {run: tanh, layer: ") + layer + "}, than: " + than +
           "}";
  };
  BOOST_TEST(evaluated(place("L5", "[L3, L4]"), own, others).mean == 0.5);
  BOOST_TEST(evaluated(place("L5", "[L3, L4]"), own, others).holds == 1);
  BOOST_TEST(evaluated(place("L4", "[L5]"), own, others).holds == 0);
}

BOOST_AUTO_TEST_CASE(histograms_give_shares_distances_and_slopes) {
  RunResults run;
  // Two units of two labels in four bins of [-1, 1]: unit 0 is opposite for the labels, unit 1 is not.
  run.histograms = {{0, 9, "L4", 0, 0, -1, -0.5, 4},
                    {0, 9, "L4", 0, 1, 0.5, 1, 4},
                    {0, 9, "L4", 1, 0, 0, 0.5, 4},
                    {0, 9, "L4", 1, 1, 0, 0.5, 4}};
  const auto value = [&](const std::string& quantity) {
    return evaluated("{claim: value, of: {quantity: " + quantity + ", layer: L4}}", run).mean;
  };
  BOOST_TEST(value("share_at, at: [-1, 1]") == 0.5);
  BOOST_TEST(value("share_at, at: [0]") == 0.5);
  BOOST_TEST(value("share_at, at: [0.5]") == 0.25);
  BOOST_TEST(value("share_at, at: [2]") == 0);
  BOOST_TEST(value("class_distance") == 1.5);
  BOOST_TEST(value("class_separation") == 1);
  BOOST_TEST(value("tanh_slope") == 1 - (0.5625 + 0.0625) / 2);
  BOOST_TEST(refusal("{claim: value, of: {quantity: class_distance, layer: L3}}", run) ==
             "the results have no histograms of layer 'L3', only L4");
}

BOOST_AUTO_TEST_CASE(a_layer_has_a_distance_from_the_optimal_curve) {
  RunResults run = phases();
  BOOST_TEST(refusal("{claim: value, of: {quantity: bound_distance, layer: L5}}", run) ==
             "the results have no optimal curve, bottleneck.csv");
  run.bottleneck = {{1, 0, 0}, {2, 2, 0.25}, {3, 4, 0.25}};  // L5 ends at (2, 0.75), L4 at (8, 1)
  BOOST_TEST(evaluated("{claim: value, of: {quantity: bound_distance, layer: L5}}", run).mean == 0.5);
  BOOST_TEST(evaluated("{claim: value, of: {quantity: bound_distance, layer: L4}}", run).mean == 0.75);
}

BOOST_AUTO_TEST_CASE(details_and_parameters_are_measured) {
  RunResults run = phases();
  run.details = {"bins"};
  for (Record& row : run.information) row.details = {static_cast<double>(50 - row.epoch / 100)};
  BOOST_TEST(evaluated("{claim: value, of: {quantity: detail, detail: bins, layer: L5}}", run).mean == 40);
  BOOST_TEST(refusal("{claim: value, of: {quantity: detail, detail: bin, layer: L5}}", run) ==
             "the results have no detail 'bin', only bins");
  run.parameters = {{0, 0, "w", 0, 0.5}, {0, 9, "w", 0, -8}};
  BOOST_TEST(evaluated("{claim: value, of: {quantity: parameter, parameter: w}}", run).mean == 8);
}

BOOST_AUTO_TEST_CASE(what_a_quantity_needs_is_required) {
  const auto refused = [](const std::string& of) {
    return message_of<UsageError>([&] { claim("{claim: value, of: " + of + "}"); });
  };
  BOOST_TEST(refused("{}") == "of.layer is required for quantity i_xt");
  BOOST_TEST(refused("{quantity: detail, layer: L5}") == "of.detail is required for quantity detail");
  BOOST_TEST(refused("{quantity: parameter}") == "of.parameter is required for quantity parameter");
  BOOST_TEST(refused("{quantity: share_at, layer: L5}") == "of.at is required for quantity share_at");
  BOOST_TEST(refused("{layer: L5, measure: fall, epoch: 9}") == "of.epoch is only for measure value");
  BOOST_TEST(message_of<UsageError>([] { claim("{claim: larger, of: {layer: L5}, than: {}}"); }) ==
             "than.layer is required for quantity i_xt");
  BOOST_TEST(message_of<UsageError>([] { claim("{claim: value, of: {layer: L5}, from: 2, to: 1}"); }) ==
             "from must be at most to, 1, got 2");
}

BOOST_AUTO_TEST_SUITE_END()
