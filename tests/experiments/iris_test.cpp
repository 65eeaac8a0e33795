#include <infoplane/experiments/iris.hpp>

#include <boost/test/unit_test.hpp>

using namespace infoplane;
using namespace infoplane::experiments;

BOOST_AUTO_TEST_SUITE(iris)

BOOST_AUTO_TEST_CASE(fifty_flowers_of_each_species_have_the_published_means) {
  const Dataset iris = make_iris({}, 1);
  validate(iris);
  BOOST_TEST(iris.samples() == 150);
  BOOST_TEST(iris.classes == 3);
  // Fisher's table of means, in cm: setosa, versicolor, virginica.
  const double means[3][4] = {{5.006, 3.428, 1.462, 0.246}, {5.936, 2.770, 4.260, 1.326}, {6.588, 2.974, 5.552, 2.026}};
  for (int species = 0; species < 3; ++species) {
    const torch::Tensor own = iris.inputs.index({iris.labels == species}).to(torch::kFloat64);
    BOOST_TEST(own.size(0) == 50);
    for (int column = 0; column < 4; ++column) {
      BOOST_TEST(own.select(1, column).mean().item<double>() == means[species][column],
                 boost::test_tools::tolerance(1e-6));  // float32 inputs
    }
  }
}

BOOST_AUTO_TEST_CASE(its_inputs_can_be_standardized) {
  const Dataset iris = make_iris({Transform::standardize}, 1);
  BOOST_TEST(iris.inputs.mean(0).abs().max().item<float>() < 1e-6f);
}

BOOST_AUTO_TEST_SUITE_END()
