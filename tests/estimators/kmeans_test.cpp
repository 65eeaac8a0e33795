#include <infoplane/estimators/kmeans.hpp>

#include <cmath>

#include <infoplane/error.hpp>

#include "estimators/samples.hpp"
#include "support/support.hpp"

using namespace infoplane;
using namespace infoplane::estimators;
using namespace infoplane::testing;

namespace {

Estimate estimate(const LayerSamples& samples, const KmeansOptions& options = {}) {
  return make_kmeans(options, 1)->estimate(samples);
}

KmeansOptions fixed(std::int64_t clusters) {
  KmeansOptions options;
  options.clusters = clusters;
  return options;
}

// 40 samples at each of four far points, of which two and two have a label.
LayerSamples four_points() {
  LayerSamples samples = layer_of(torch::empty({0}), std::vector<std::int64_t>(160), 2);
  const torch::Tensor point = torch::arange(160) % 4;
  samples.activations = torch::stack({point / 2, point % 2}, 1).to(torch::kFloat64) * 100 +
                        torch::empty({160, 2}, torch::kFloat64).normal_(0, 1, at::detail::createCPUGenerator(2));
  samples.labels = point % 2;
  return samples;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(kmeans)

BOOST_AUTO_TEST_CASE(the_reference_case_has_the_listed_information) {
  const LayerSamples samples = reference_layer("clusters", 2, ActivationKind::unknown);
  const auto listed = expected()["clusters"];
  KmeansOptions options;
  options.max_clusters = 10;
  for (const auto type : {torch::kFloat32, torch::kFloat64}) {
    LayerSamples typed = samples;
    typed.activations = samples.activations.to(type);
    for (const KmeansOptions& o : {options, fixed(5)}) {
      const Information information = estimate(typed, o).values.at(0);
      BOOST_TEST(std::abs(information.i_xt_bits - listed["kmeans_5"]["i_xt"].get<double>()) < 1e-9);
      BOOST_TEST(std::abs(information.i_ty_bits - listed["kmeans_5"]["i_ty"].get<double>()) < 1e-9);
      BOOST_TEST(information.i_xt_cap_bits == std::log2(5.0));
      BOOST_TEST(information.details[0] == 5);
      BOOST_TEST(information.details[1] <= 1.001 * listed["wcss_1_to_10"][4].get<double>());
    }
  }
  BOOST_TEST(estimate(samples, options).values[0].details[2] == 1);
  BOOST_TEST(std::isnan(estimate(samples, fixed(5)).values[0].details[2]));
}

BOOST_AUTO_TEST_CASE(the_elbow_of_the_sums_may_be_another_number_of_clusters) {
  const LayerSamples samples = reference_layer("clusters", 2, ActivationKind::unknown);
  KmeansOptions options;
  options.max_clusters = 10;
  options.elbow = ElbowCurve::sums;
  BOOST_TEST(estimate(samples, options).values[0].details[0] == 3);
  options.elbow = ElbowCurve::roots;
  BOOST_TEST(estimate(samples, options).values[0].details[0] == 5);
}

BOOST_AUTO_TEST_CASE(clusters_carry_what_their_sizes_and_labels_say) {
  const Information information = estimate(four_points()).values.at(0);
  BOOST_TEST(information.i_xt_bits == 2, boost::test_tools::tolerance(1e-12));
  BOOST_TEST(information.i_ty_bits == 1, boost::test_tools::tolerance(1e-12));
  BOOST_TEST(information.details[0] == 4);
}

BOOST_AUTO_TEST_CASE(of_clustered_inputs_only_their_cluster_counts) {
  LayerSamples samples = four_points();
  KmeansOptions options = fixed(4);
  options.input = InputClusters::clustered;
  samples.inputs = samples.activations;
  BOOST_TEST(estimate(samples, options).values[0].i_xt_bits == 2, boost::test_tools::tolerance(1e-12));
  BOOST_TEST(estimate(samples, options).values[0].i_xt_cap_bits == 2, boost::test_tools::tolerance(1e-12));
  samples.inputs = samples.activations.slice(1, 0, 1);  // which tells two points from two
  options.clusters = 2;
  samples.activations = samples.inputs.clone();
  BOOST_TEST(estimate(samples, options).values[0].i_xt_bits == 1, boost::test_tools::tolerance(1e-12));
  samples.activations = samples.labels.unsqueeze(1).to(torch::kFloat64);  // independent of it
  BOOST_TEST(std::abs(estimate(samples, options).values[0].i_xt_bits) < 1e-12);
}

BOOST_AUTO_TEST_CASE(inputs_are_clustered_once) {
  LayerSamples samples = four_points();
  KmeansOptions options = fixed(4);
  options.input = InputClusters::clustered;
  samples.inputs = samples.activations.clone();
  const auto estimator = make_kmeans(options, 1);
  samples.prepared = estimator->prepare(samples);
  samples.inputs.zero_();
  BOOST_TEST(estimator->estimate(samples).values[0].i_xt_bits == 2, boost::test_tools::tolerance(1e-12));
}

BOOST_AUTO_TEST_CASE(a_warm_start_goes_on_from_the_epoch_before) {
  LayerSamples samples = random_layer(1500, 6, 2, 3);
  KmeansOptions options = fixed(15);
  options.restarts = 1;
  options.warm_start = true;
  const Estimate first = estimate(samples, options);
  BOOST_TEST(first.state.sizes() == torch::IntArrayRef({15, 6}));
  options.restarts = 30;
  const Estimate best = estimate(samples, options);
  options.restarts = 1;
  samples.previous = best.state;
  BOOST_TEST(estimate(samples, options).values[0].details[1] <= best.values[0].details[1] * (1 + 1e-9));
  BOOST_TEST(!estimate(samples, fixed(15)).state.defined());
}

BOOST_AUTO_TEST_CASE(more_clusters_than_samples_are_as_many_as_differ) {
  const LayerSamples samples = layer_of(torch::tensor({{1.0}, {2.0}, {2.0}, {4.0}}), {0, 1, 1, 0}, 2);
  const Information information = estimate(samples, fixed(20)).values.at(0);
  BOOST_TEST(information.details[0] == 3);
  BOOST_TEST(information.i_xt_bits == 1.5);
  BOOST_TEST(information.i_ty_bits == 1);
}

BOOST_AUTO_TEST_CASE(more_clusters_than_samples_are_those_of_as_many) {
  const LayerSamples samples = random_layer(15, 3, 2, 1);
  KmeansOptions options;
  options.max_clusters = 65536;
  const Information chosen = estimate(samples, options).values.at(0),
                    most = estimate(samples, fixed(65536)).values.at(0);
  BOOST_TEST(chosen.details[0] <= 15);
  BOOST_TEST(most.details[0] == 15);
  BOOST_TEST(most.i_xt_bits == std::log2(15), boost::test_tools::tolerance(1e-12));
  BOOST_TEST(most.i_ty_bits == estimate(samples, fixed(15)).values.at(0).i_ty_bits);
}

BOOST_AUTO_TEST_SUITE_END()
