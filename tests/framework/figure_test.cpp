#include <infoplane/figure.hpp>

#include <cstdlib>

#include <boost/test/unit_test.hpp>

#include <infoplane/error.hpp>

#include "support/picture.hpp"
#include "support/support.hpp"

using namespace infoplane;
using namespace infoplane::testing;
namespace fs = std::filesystem;

namespace {

const Plot kPlot{"set xlabel 'epoch'\nplot data using 1:2 with lines notitle\n", "0 1\n1 2\n", 8.8, 7.0};

std::size_t entries(const fs::path& folder) {
  return static_cast<std::size_t>(std::distance(fs::directory_iterator(folder), fs::directory_iterator()));
}

}  // namespace

BOOST_AUTO_TEST_SUITE(figure)

BOOST_AUTO_TEST_CASE(a_picture_lies_beside_its_script_and_its_data) {
  const TemporaryFolder out;
  const fs::path folder = out.path() / "run" / "figures";
  draw(kPlot, folder, "loss");
  BOOST_TEST(entries(folder) == 4u);
  BOOST_TEST(read_file(folder / "loss.dat") == kPlot.data);
  BOOST_TEST(text_of_svg(folder / "loss.svg").find("epoch") != std::string::npos);
  // 8.8 cm and 7 cm at 300 pixels per inch.
  BOOST_TEST((png_size(folder / "loss.png") == std::pair<unsigned, unsigned>(1039, 827)));
}

BOOST_AUTO_TEST_CASE(the_same_plot_gives_the_same_bytes) {
  const TemporaryFolder out;
  for (const char* folder : {"a", "b"}) draw(kPlot, out.path() / folder, "loss");
  for (const char* file : {"loss.svg", "loss.png", "loss.gp", "loss.dat"}) {
    BOOST_TEST((read_file(out.path() / "a" / file) == read_file(out.path() / "b" / file)), file);
  }
}

BOOST_AUTO_TEST_CASE(the_script_draws_the_picture_again) {
  const TemporaryFolder out;
  draw(kPlot, out.path(), "loss");
  const std::string svg = read_file(out.path() / "loss.svg"), png = read_file(out.path() / "loss.png");
  fs::remove(out.path() / "loss.svg");
  fs::remove(out.path() / "loss.png");
  BOOST_TEST(std::system(("cd '" + out.path().string() + "' && gnuplot loss.gp").c_str()) == 0);
  BOOST_TEST((read_file(out.path() / "loss.svg") == svg));
  BOOST_TEST((read_file(out.path() / "loss.png") == png));
}

BOOST_AUTO_TEST_CASE(what_gnuplot_refuses_is_an_error_and_leaves_the_folder_as_it_was) {
  const TemporaryFolder out;
  draw(kPlot, out.path(), "loss");
  const std::string before = read_file(out.path() / "loss.svg");
  const std::string message = message_of<Error>([&] { draw({"nonsense\n", ""}, out.path(), "loss"); });
  const std::string head = (out.path() / "loss.gp").string() + ": gnuplot: ";
  BOOST_TEST(message.substr(0, head.size()) == head);
  BOOST_TEST(message.find("invalid command") != std::string::npos, message);
  BOOST_TEST(message.find('\n') == std::string::npos);
  BOOST_TEST((read_file(out.path() / "loss.svg") == before));
  BOOST_TEST(entries(out.path()) == 4u);
}

BOOST_AUTO_TEST_CASE(a_missing_gnuplot_is_a_usage_error) {
  const TemporaryFolder out;
  const std::string path = std::getenv("PATH");
  setenv("PATH", out.path().c_str(), 1);
  const std::string message = message_of<UsageError>([&] { draw(kPlot, out.path(), "loss"); });
  setenv("PATH", path.c_str(), 1);
  BOOST_TEST(message == "gnuplot is not installed: figures need it (Debian: apt install gnuplot-nox)");
  BOOST_TEST(entries(out.path()) == 0u);
}

BOOST_AUTO_TEST_CASE(a_folder_that_cannot_be_made_is_an_error) {
  const TemporaryFolder out;
  write_file(out.path() / "file", "");
  BOOST_TEST(message_of<Error>([&] { draw(kPlot, out.path() / "file" / "figures", "loss"); }) ==
             (out.path() / "file/figures").string() + ": cannot make the folder: Not a directory");
}

BOOST_AUTO_TEST_CASE(quotes_are_doubled_and_control_characters_removed) {
  BOOST_TEST(gnuplot_quoted("it's `date`\n\t\x7F \"é\"") == "'it''s `date` \"é\"'");
  BOOST_TEST(gnuplot_quoted("") == "''");
}

BOOST_AUTO_TEST_CASE(a_text_may_begin_with_quotes) {
  BOOST_TEST(gnuplot_quoted("''x'") == "\"''\" . 'x'''");
  BOOST_TEST(gnuplot_quoted("\x1b'") == "\"'\" . ''");
}

BOOST_AUTO_TEST_CASE(a_text_holds_only_what_xml_can) {
  BOOST_TEST(gnuplot_quoted("a\xFFz\xEF\xBF\xBE\xEF\xBF\xBF \xC3\xA9\xC3") == "'a?z \xC3\xA9?'");
}

BOOST_AUTO_TEST_CASE(no_name_of_a_figure_runs_a_command) {
  const TemporaryFolder out;
  const fs::path trap = out.path() / "trap";
  setenv("TRAP", trap.c_str(), 1);
  // gnuplot runs what stands in backticks, and a file that begins with '<' or '|'.
  const std::vector<std::string> names = {"`touch $TRAP`",     "it's'.system('touch $TRAP').'",
                                          "<touch $TRAP",      "|touch $TRAP",
                                          "\"`touch $TRAP`\"", "-e system('touch $TRAP')"};
  for (const std::string& name : names) {
    draw(kPlot, out.path() / "figures", name);
    BOOST_TEST(!fs::exists(trap), name);
  }
  BOOST_TEST(entries(out.path() / "figures") == 4 * names.size());
}

BOOST_AUTO_TEST_CASE(no_text_in_gnuplot_quotes_runs_a_command) {
  const TemporaryFolder out;
  const fs::path trap = out.path() / "trap";
  setenv("TRAP", trap.c_str(), 1);
  for (const std::string text : {"`touch $TRAP` it's'.system('touch $TRAP').' \"`touch $TRAP`\" a_b^{c}",
                                 "'; system('touch $TRAP') #", "''' . system('touch $TRAP') . '"}) {
    draw({"set title " + gnuplot_quoted(text) + " noenhanced\n" + kPlot.script, kPlot.data}, out.path(), "loss");
    BOOST_TEST(!fs::exists(trap));
    BOOST_TEST(text_of_svg(out.path() / "loss.svg").find(text) != std::string::npos);
  }
}

BOOST_AUTO_TEST_SUITE_END()
