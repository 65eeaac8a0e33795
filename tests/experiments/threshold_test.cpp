#include <infoplane/experiments/threshold.hpp>

#include <boost/test/unit_test.hpp>

using namespace infoplane;
using namespace infoplane::experiments;

BOOST_AUTO_TEST_SUITE(threshold)

BOOST_AUTO_TEST_CASE(labels_are_the_signs_of_normal_inputs) {
  const Dataset dataset = make_threshold({20000}, 3);
  validate(dataset);
  BOOST_TEST(dataset.samples() == 20000);
  BOOST_TEST(torch::equal(dataset.labels, (dataset.inputs.squeeze(1) > 0).to(torch::kInt64)));
  // Standard errors of mean and variance of 20000 normal numbers: 0.007 and 0.01.
  BOOST_TEST(std::abs(dataset.inputs.mean().item<double>()) < 0.03);
  BOOST_TEST(std::abs(dataset.inputs.var().item<double>() - 1) < 0.04);
}

BOOST_AUTO_TEST_CASE(a_seed_has_its_own_samples) {
  BOOST_TEST(torch::equal(make_threshold({}, 3).inputs, make_threshold({}, 3).inputs));
  BOOST_TEST(!torch::equal(make_threshold({}, 3).inputs, make_threshold({}, 4).inputs));
}

BOOST_AUTO_TEST_CASE(replicas_share_the_samples_unless_new_ones_are_drawn_for_each) {
  BOOST_TEST(!make_threshold({}, 3).redraw);
  const Dataset dataset = make_threshold({500, true}, 3);
  BOOST_TEST(torch::equal(dataset.inputs, make_threshold({500, false}, 3).inputs));
  BOOST_TEST(torch::equal(dataset.redraw(4).inputs, make_threshold({500, false}, 4).inputs));
  BOOST_TEST(torch::equal(dataset.redraw(4).labels, make_threshold({500, false}, 4).labels));
}

BOOST_AUTO_TEST_SUITE_END()
