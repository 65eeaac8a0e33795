#include <algorithm>
#include <array>
#include <cstdlib>

#include <boost/test/unit_test.hpp>

#include <infoplane/error.hpp>
#include <infoplane/figure.hpp>

#include "support/figure_results.hpp"
#include "support/picture.hpp"
#include "support/support.hpp"

using namespace infoplane;
using namespace infoplane::testing;
namespace fs = std::filesystem;

BOOST_AUTO_TEST_SUITE(figures_text)

BOOST_AUTO_TEST_CASE(names_are_shown_as_they_are_and_run_nothing) {
  for (const std::string& type : kFigures) {
    const TemporaryFolder out;
    const fs::path trap = out.path() / "trap";
    setenv("TRAP", trap.c_str(), 1);
    const std::string layer = "L_1^{2} `touch $TRAP`", estimator = "b'.system('touch $TRAP').'",
                      experiment = "\"`touch $TRAP`\" a_b";
    RunResults run = results({{layer}, {estimator}, {0, 1, 10}, 1});
    run.experiment = experiment;
    figure(type)->draw(run, out.path(), "picture");
    BOOST_TEST(!fs::exists(trap));
    const std::string text = text_of_svg(out.path() / "picture.svg");
    BOOST_TEST(text.find(experiment) != std::string::npos);
    if (type == "learning_curves") return;
    BOOST_TEST(text.find(layer) != std::string::npos);
    BOOST_TEST(text.find(estimator) != std::string::npos);
  }
}

BOOST_AUTO_TEST_CASE(every_text_of_every_table_is_shown_as_it_is_and_runs_nothing) {
  const std::string attacks[] = {
      "'; system('touch $TRAP'); #", "$(touch $TRAP)", "`touch $TRAP`", "@x", "a_b^{c} \\", "\"`touch $TRAP`\"", "} {",
      "a\n\x1b[31m\xE2\x80\xAE"};
  for (const std::string& attack : attacks) {
    const TemporaryFolder out;
    const fs::path trap = out.path() / "trap";
    setenv("TRAP", trap.c_str(), 1);
    const auto named = [&](const std::string& what) { return what + " " + attack; };
    RunResults run = results({{named("layer")}, {named("kde") + ".lower", named("kde") + ".upper"}, {0, 1, 10}, 1});
    run.experiment = named("experiment");
    run.details = {named("detail")};
    for (Record& row : run.information) row.details = {1};
    run.parameters = {{0, 0, named("parameter"), 0, 1}, {0, 1, named("parameter"), 0, 2}};
    run.histograms = {{0, 10, named("layer"), 0, 0, -1, -0.5, 7}, {0, 10, named("layer"), 1, 1, -0.5, 0, 7}};
    const std::string detail = to_inline_yaml(Node::of_scalar(named("detail"), true));
    const std::vector<std::array<std::string, 3>> drawn = {
        {"information_plane", "bound: true", "layer"},       {"information_curves", "layers: []", "layer"},
        {"information_bounds", "layers: []", "layer"},       {"detail_curves", "detail: " + detail, "detail"},
        {"parameter_curves", "parameters: []", "parameter"}, {"histograms", "by_unit: true", "experiment"},
        {"histograms", "by_unit: false", "experiment"},      {"learning_curves", "band: range", "experiment"}};
    for (const auto& [type, options, shown] : drawn) {
      figure(type, options)->draw(run, out.path(), type);
      BOOST_TEST(!fs::exists(trap), type + ": " + attack);
      const std::string text = text_of_svg(out.path() / (type + ".svg"));
      std::string told = shown + " " + printable(attack);
      if (type == "detail_curves") std::replace(told.begin(), told.end(), '_', ' ');  // names of details as words
      BOOST_TEST(text.find(told) != std::string::npos, type + ": " + told);
    }
  }
}

BOOST_AUTO_TEST_CASE(a_long_name_is_cut_between_characters) {
  const TemporaryFolder out;
  RunResults run = results({});
  run.experiment.clear();
  for (int i = 0; i < 100; ++i) run.experiment += "\xC3\xA9";
  figure("learning_curves")->draw(run, out.path(), "picture");
  BOOST_TEST(read_file(out.path() / "picture.gp").find("\xC3\xA9...'") != std::string::npos);
}

BOOST_AUTO_TEST_SUITE_END()
