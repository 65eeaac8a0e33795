#include <infoplane/figure.hpp>

#include <cstdlib>

#include <boost/test/unit_test.hpp>

#include <infoplane/error.hpp>

#include "base/folder_lock.hpp"
#include "support/picture.hpp"
#include "support/support.hpp"

using namespace infoplane;
using namespace infoplane::testing;
namespace fs = std::filesystem;

namespace {

const Plot kPlot{"set xlabel 'epoch'\nplot data using 1:2 with lines notitle\n", "0 1\n1 2\n", 8.8, 7.0};

/// While it lives, `gnuplot` is a shell script.
class OtherGnuplot {
 public:
  OtherGnuplot(const fs::path& folder, const std::string& script) : path_(std::getenv("PATH")) {
    fs::create_directories(folder);
    write_file(folder / "gnuplot", "#!/bin/sh\n" + script + "\n");
    fs::permissions(folder / "gnuplot", fs::perms::owner_all);
    setenv("PATH", (folder.string() + ":" + path_).c_str(), 1);
  }
  ~OtherGnuplot() { setenv("PATH", path_.c_str(), 1); }

 private:
  std::string path_;
};

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

BOOST_AUTO_TEST_CASE(a_gnuplot_that_is_killed_is_told_with_its_signal) {
  const TemporaryFolder out;
  const OtherGnuplot killed(out.path() / "bin", "kill -9 $$");
  BOOST_TEST(message_of<Error>([&] { draw(kPlot, out.path() / "figures", "loss"); }) ==
             (out.path() / "figures/loss.gp").string() + ": gnuplot: killed by signal 9");
  BOOST_TEST(entries(out.path() / "figures") == 0u);
}

BOOST_AUTO_TEST_CASE(a_gnuplot_that_says_nothing_is_told_with_its_status) {
  const TemporaryFolder out;
  const OtherGnuplot silent(out.path() / "bin", "exit 3");
  BOOST_TEST(message_of<Error>([&] { draw(kPlot, out.path() / "figures", "loss"); }) ==
             (out.path() / "figures/loss.gp").string() + ": gnuplot: exit status 3");
}

BOOST_AUTO_TEST_CASE(a_gnuplot_that_hangs_is_ended) {
  const TemporaryFolder out;
  const OtherGnuplot hangs(out.path() / "bin", "echo $$ >'" + (out.path() / "process").string() + "'; exec sleep 600");
  Plot plot = kPlot;
  plot.most_seconds = 2;
  BOOST_TEST(message_of<Error>([&] { draw(plot, out.path() / "figures", "loss"); }) ==
             (out.path() / "figures/loss.gp").string() + ": gnuplot: it took longer than 2 s");
  BOOST_TEST(!fs::exists("/proc/" + std::to_string(std::stoi(read_file(out.path() / "process")))));
  BOOST_TEST(entries(out.path() / "figures") == 0u);
}

BOOST_AUTO_TEST_CASE(a_picture_that_is_cut_off_is_told_with_the_reason) {
  const TemporaryFolder out;
  const OtherGnuplot cuts(out.path() / "bin", "echo '<svg>' >loss.svg; echo >loss.png");
  const auto message = [&] { return message_of<Error>([&] { draw(kPlot, out.path() / "figures", "loss"); }); };
  BOOST_TEST(message() == (out.path() / "figures/loss.svg").string() + ": gnuplot: the picture is truncated");
  const FullDisk full(1 << 12);
  BOOST_TEST(message() == (out.path() / "figures/loss.svg").string() + ": cannot write: File too large");
}

BOOST_AUTO_TEST_CASE(what_a_killed_process_left_is_removed_and_what_a_living_one_uses_stays) {
  const TemporaryFolder out;
  const fs::path abandoned = out.path() / ".drawing-abcdef", used = out.path() / ".drawing-ghijkl";
  for (const fs::path& folder : {abandoned, used}) {
    fs::create_directories(folder);
    write_file(folder / "loss.dat", "0 1\n");
  }
  const auto lock = lock_folder(used, [] { return "in use"; });
  draw(kPlot, out.path(), "loss");
  BOOST_TEST(!fs::exists(abandoned));
  BOOST_TEST(fs::exists(used / "loss.dat"));
  BOOST_TEST(entries(out.path()) == 5u);
}

BOOST_AUTO_TEST_SUITE_END()
