#include <sstream>

#include <boost/test/unit_test.hpp>

#include <infoplane/figure.hpp>

#include "support/figure_results.hpp"
#include "support/picture.hpp"
#include "support/support.hpp"

using namespace infoplane;
using namespace infoplane::testing;
namespace fs = std::filesystem;

BOOST_AUTO_TEST_SUITE(figure_options)

BOOST_AUTO_TEST_CASE(a_plane_shows_where_the_compression_of_each_layer_begins) {
  const TemporaryFolder out;
  RunResults run;
  run.experiment = "phases";
  const std::vector<double> falls{3, 4, 4, 3.75, 1}, rises{1, 2, 3, 4, 5};
  for (std::int64_t epoch = 0; epoch < 5; ++epoch) {
    const double i_ty = 0.1 * static_cast<double>(epoch);
    run.information.push_back({0, epoch, "L1", "binning", falls[epoch], i_ty, 9, 1, {}});
    run.information.push_back({0, epoch, "L2", "binning", rises[epoch], i_ty, 9, 1, {}});
  }
  figure("information_plane", "phases: true")->draw(run, out.path(), "phases");
  const std::vector<std::string> lines = data_lines(out.path() / "phases.dat");
  // Both layers at each of five epochs; then L1 before it is below 95 % of 4, and L2, which does not fall.
  const std::vector<std::string> expected = {"3 0", "1 0", "4 0.1", "2 0.1"};
  BOOST_REQUIRE(lines.size() == 10u + 10 + 2);
  BOOST_TEST(std::vector<std::string>(lines.begin() + 10, lines.begin() + 14) == expected,
             boost::test_tools::per_element());
  BOOST_TEST(std::stod(lines[20]) == 4);
  BOOST_TEST(std::stod(lines[21]) == 5);
  BOOST_TEST(text_of_svg(out.path() / "phases.svg").find("compression begins") != std::string::npos);
  figure("information_plane")->draw(run, out.path(), "plain");
  BOOST_TEST(text_of_svg(out.path() / "plain.svg").find("compression begins") == std::string::npos);
}

BOOST_AUTO_TEST_CASE(the_elbow_may_be_that_of_the_sums) {
  const TemporaryFolder out;
  figure("elbow", "elbow: sums")->draw({}, out.path(), "elbow");
  BOOST_TEST(text_of_svg(out.path() / "elbow.svg").find("elbow of the sums (kneedle) at K = 3") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_quadratic_cost_has_no_unit) {
  const TemporaryFolder out;
  RunResults run = results({});
  run.loss = Loss::quadratic;
  figure("learning_curves")->draw(run, out.path(), "learning");
  const std::string text = text_of_svg(out.path() / "learning.svg");
  BOOST_TEST(text.find("quadratic cost") != std::string::npos);
  BOOST_TEST(text.find("nats") == std::string::npos);
}

BOOST_AUTO_TEST_SUITE_END()
