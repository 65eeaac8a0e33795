#include <chrono>

#include <fmt/format.h>

#include <infoplane/error.hpp>
#include <infoplane/experiments/catalogue.hpp>
#include <infoplane/experiments/report.hpp>
#include <infoplane/figure.hpp>

#include "support/run_tables.hpp"

using namespace infoplane;
using namespace infoplane::testing;
namespace fs = std::filesystem;

namespace {

constexpr const char* kHistograms = "replica,epoch,layer,unit,label,low,high,count\n";

std::string drawn(const std::string& figure, const fs::path& run) {
  return message_of<UsageError>([&] { draw_figures({experiments::catalogue().figures.choose(figure)}, run); });
}

std::string reported(const fs::path& run) {
  return message_of<UsageError>([&] { experiments::report_page({run}); });
}

/// Said within seconds, and with less than 100 MB more than before.
class Soon {
 public:
  ~Soon() {
    BOOST_TEST(std::chrono::duration<double>(std::chrono::steady_clock::now() - start_).count() < 5);
    BOOST_TEST(peak_kilobytes() - before_ < 100000);
  }

 private:
  std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
  long before_ = peak_kilobytes();
};

}  // namespace

BOOST_AUTO_TEST_SUITE(foreign_runs)

BOOST_AUTO_TEST_CASE(bins_without_number_are_refused_before_there_is_memory_for_them) {
  const TemporaryFolder temporary;
  const fs::path run = run_folder(temporary, kTrainingHead + "0,0,test,1,1\n", kInformationHead);
  write_file(run / "histograms.csv",
             std::string(kHistograms) + "0,3,L1,0,0,0,1e-6,1\n0,3,L1,0,0,-1e7,-9999999.999999,1\n");
  const Soon soon;
  BOOST_TEST(drawn("histograms", run) ==
             "histograms.csv: from -10000000 to 1e-06 there are 1e+13 bins as wide as the first, 1e-06, a "
             "histogram has 1048576 at most");
  BOOST_TEST(reported(run) == "");
  write_file(run / "histograms.csv", std::string(kHistograms) +
                                         "0,3,L1,0,0,0,5e-324,1\n0,3,L1,0,0,1.7e308,1.7e308,1\n"
                                         "0,6,L1,0,0,-1.7e308,-1.7e308,1\n");
  BOOST_TEST(drawn("histograms", run).rfind("histograms.csv: from 0 to 1.7e+308 there are inf bins", 0) == 0u);
  BOOST_TEST(reported(run) == "");
}

BOOST_AUTO_TEST_CASE(the_largest_numbers_that_are_read_are_told_and_not_counted_to) {
  const TemporaryFolder temporary;
  const fs::path run = run_folder(temporary, kTrainingHead + "4294967296,4294967296,test,1,1\n", kInformationHead);
  write_file(run / "histograms.csv", std::string(kHistograms) + "0,3,L1,4294967296,4294967296,0,1,4294967296\n");
  write_file(run / "parameters.csv", "replica,epoch,parameter,index,value\n0,0,w,4294967296,1\n0,0,v,4294967296,1\n");
  const Soon soon;
  BOOST_TEST(
      drawn("parameter_curves", run) ==
      "a figure can show at most 12 elements of parameters, got 8589934594: select some with the option parameters");
  BOOST_TEST(drawn("histograms", run) == "");
  BOOST_TEST(reported(run) == "");
}

BOOST_AUTO_TEST_CASE(few_rows_of_many_combinations_are_refused_before_there_is_memory_for_them) {
  std::string information, training, histograms;
  for (int i = 0; i < 2000; ++i) {
    information += fmt::format("{0},{0},L{0},binning,1,1,1,1,\n", i);
    training += fmt::format("{0},{0},test,1,1\n", i);
    histograms += fmt::format("0,{0},L1,{1},{0},0,1,1\n", i, i % 32);
  }
  const auto report = [&](const std::string& some, const std::string& others, const std::string& counts) {
    const TemporaryFolder temporary;
    const fs::path run = run_folder(temporary, kTrainingHead + some, kInformationHead + others);
    write_file(run / "histograms.csv", kHistograms + counts);
    return reported(run);
  };
  const Soon soon;
  BOOST_TEST(report("", information, "") ==
             "information.csv: 2000 rows for 8000000000 combinations, most of them are missing");
  BOOST_TEST(report(training, "", "") ==
             "training.csv: the first 451 rows have 101926 combinations of series, replica and epoch, most of them are "
             "missing");
  BOOST_TEST(report(training.substr(0, 100), "", histograms) ==
             "histograms.csv: 2000 rows for 128000000 combinations, most of them are missing");
}

BOOST_AUTO_TEST_SUITE_END()
