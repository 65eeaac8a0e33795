#include <chrono>
#include <future>
#include <thread>

#include <boost/test/unit_test.hpp>

#include <infoplane/error.hpp>
#include <infoplane/figure.hpp>
#include <infoplane/run_results.hpp>

#include "results/store.hpp"
#include "support/support.hpp"

using namespace infoplane;
using namespace infoplane::testing;
namespace fs = std::filesystem;

namespace {

void sleep_for(int milliseconds) { std::this_thread::sleep_for(std::chrono::milliseconds(milliseconds)); }

/// Tells that it has begun, waits for a file `go`, and writes how many rows it was given.
class Rows : public Figure {
 public:
  void draw(const RunResults& results, const fs::path& folder, const std::string& name) const override {
    const std::string rows = std::to_string(results.training.size());
    write_file(folder.parent_path() / ("began-" + rows), "");
    while (!fs::exists(folder.parent_path() / "go")) sleep_for(1);
    write_file(folder / name, rows);
  }
};

std::vector<Choice<FigureFactory>> rows() {
  Registry<FigureFactory> registry("figure");
  registry.add<NoOptions>("rows", [](const NoOptions&) { return std::make_unique<Rows>(); }, "of the test's own");
  return {registry.choose("rows")};
}

}  // namespace

BOOST_AUTO_TEST_SUITE(draw_figures)

BOOST_AUTO_TEST_CASE(a_picture_that_was_begun_before_does_not_replace_one_of_later_tables) {
  const TemporaryFolder out;
  Store store(out.path(), "iris", {});
  const fs::path run = store.folder();
  store.append(std::vector<TrainingRecord>{{0, 0, "train", 1, 0}});
  auto early = std::async(std::launch::async, [&] { infoplane::draw_figures(rows(), run); });
  while (!fs::exists(run / "began-1")) sleep_for(1);
  store.append(std::vector<TrainingRecord>{{0, 1, "train", 1, 0}});
  auto late = std::async(std::launch::async, [&] { infoplane::draw_figures(rows(), run); });
  sleep_for(300);
  BOOST_TEST(!fs::exists(run / "began-2"));
  write_file(run / "go", "");
  early.get();
  late.get();
  BOOST_TEST(read_file(run / "figures" / "rows") == "2");
}

BOOST_AUTO_TEST_CASE(nothing_is_made_where_there_is_no_run) {
  const TemporaryFolder out;
  const fs::path absent = out.path() / "absent", empty = out.path() / "empty";
  fs::create_directories(empty);
  for (const fs::path& folder : {absent, empty}) {
    BOOST_TEST(message_of<UsageError>([&] { infoplane::draw_figures(rows(), folder); }) ==
               (folder / "training.csv").string() + ": no such file");
  }
  BOOST_TEST(!fs::exists(absent));
  BOOST_TEST(fs::is_empty(empty));
}

BOOST_AUTO_TEST_SUITE_END()
