#include <infoplane/experiments/report.hpp>

#include <boost/test/unit_test.hpp>
#include <nlohmann/json.hpp>

#include <infoplane/error.hpp>

#include "support/support.hpp"
#include "support/timing.hpp"

using namespace infoplane;
using namespace infoplane::testing;
using infoplane::experiments::report_page;
using nlohmann::json;
namespace fs = std::filesystem;

namespace {

constexpr const char* kInformation =
    "replica,epoch,layer,estimator,i_xt_bits,i_ty_bits,i_xt_cap_bits,i_ty_cap_bits,bins\n";
constexpr const char* kTraining = "replica,epoch,split,loss,accuracy\n";

/// A run of two replicas, two epochs and the layers L1 and </script>.
fs::path run_in(const fs::path& folder) {
  const fs::path run = folder / "study" / "20260131T235959Z";
  fs::create_directories(run);
  write_file(run / "information.csv", std::string(kInformation) +
                                          "0,0,L1,binning,2,0.25,4,1,30\n0,0,</script>,binning,1,0.5,4,1,30\n"
                                          "1,0,L1,binning,3,0.75,4,1,30\n1,0,</script>,binning,1,0.5,4,1,30\n"
                                          "0,10,L1,binning,4,1,4,1,31\n0,10,</script>,binning,1,0.5,4,1,32\n"
                                          "1,10,L1,binning,4,1,4,1,33\n1,10,</script>,binning,1.000014,0.5,4,1,30\n");
  write_file(run / "training.csv", std::string(kTraining) + "0,0,train,0.7,0.5\n1,0,train,0.5,0.75\n");
  return run;
}

std::string report_of(const fs::path& run) { return report_page({run}); }

/// What stands in the page's block of JSON.
json block(const std::string& page, const std::string& id) {
  const std::string begin = "<script type=\"application/json\" id=\"" + id + "\">";
  const std::size_t from = page.find(begin) + begin.size();
  return json::parse(page.substr(from, page.find("</script>", from) - from));
}

std::size_t occurrences(const std::string& text, const std::string& part) {
  std::size_t count = 0;
  for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) ++count;
  return count;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(report)

BOOST_AUTO_TEST_CASE(the_loss_has_the_title_of_its_kind) {
  const TemporaryFolder folder;
  const fs::path run = run_in(folder.path());
  BOOST_TEST(report_of(run).find("mean cross-entropy in nats") != std::string::npos);
  write_file(run / "experiment.yaml", "name: study\ntraining: {loss: quadratic}\n");
  BOOST_TEST(report_of(run).find("mean quadratic cost") != std::string::npos);
  BOOST_TEST(report_of(run).find("mean cross-entropy in nats") == std::string::npos);
}

BOOST_AUTO_TEST_CASE(means_and_deviations_are_over_replicas) {
  const TemporaryFolder folder;
  const std::string page = report_of(run_in(folder.path()));
  const json run = block(page, "run-0"), binning = run["information"][0];
  BOOST_TEST(binning["estimator"] == "binning");
  BOOST_TEST(binning["epochs"] == json({0, 10}));
  BOOST_TEST(binning["layers"] == json({"L1", "</script>"}));
  BOOST_TEST(binning["i_xt"]["mean"] == json({{2.5, 4}, {1, 1}}));  // five digits
  BOOST_TEST(binning["i_xt"]["deviation"][0] == json({0.70711, 0}));
  BOOST_TEST(binning["i_xt"]["low"][0] == json({2.16, 4}));
  BOOST_TEST(binning["i_xt"]["high"][0] == json({2.84, 4}));
  BOOST_TEST(binning["i_ty"]["mean"] == json({{0.5, 1}, json::array({0.5})}));  // a constant stands once
  BOOST_TEST(binning["i_xt"]["cap"] == json({json::array({4}), json::array({4})}));
  BOOST_TEST(binning["details"]["bins"]["mean"] == json({{30, 32}, {30, 31}}));
  BOOST_TEST(run["learning"]["loss"]["mean"] == json::array({json::array({0.6})}));
  BOOST_TEST(run["replicas"] == json({0, 1}));
  const json singles = block(page, "replicas-0");
  BOOST_TEST(singles["information"][0]["i_xt"][0] == json({{2, 4}, {3, 4}}));
}

BOOST_AUTO_TEST_CASE(each_caption_counts_the_replicas_of_its_own_rows) {
  const TemporaryFolder folder;
  const fs::path run = run_in(folder.path());
  write_file(run / "training.csv",
             std::string(kTraining) + "0,0,train,0.7,0.5\n1,0,train,0.5,0.75\n2,0,train,0.5,0.75\n");
  const json shown = block(report_of(run), "run-0");
  BOOST_TEST(shown["information"][0]["replicas"] == 2);
  BOOST_TEST(shown["learning"]["replicas"] == 3);
}

BOOST_AUTO_TEST_CASE(text_of_a_run_is_text_in_the_page) {
  const TemporaryFolder folder;
  const fs::path run = run_in(folder.path());
  write_file(run / "experiment.yaml", "name: '</pre><script>\"&\xFF\x01'\n");
  write_file(run / "provenance.json", "{\"status\": \"<!--<script>\"}");
  const std::string page = report_of(run);
  BOOST_TEST(page.find("name: &#39;&lt;/pre&gt;&lt;script&gt;&quot;&amp;\xEF\xBF\xBD\\x01&#39;") != std::string::npos);
  BOOST_TEST(page.find("\\u003c!--\\u003cscript>") != std::string::npos);
  BOOST_TEST(occurrences(page, "<script") == 6);  // two blocks of data, three bundles, the page's own
  BOOST_TEST(occurrences(page, "</script") == 6);
  BOOST_TEST(page.find("sourceMappingURL") == std::string::npos);
}

BOOST_AUTO_TEST_CASE(equal_runs_give_equal_bytes) {
  const TemporaryFolder one, other;
  BOOST_TEST((report_of(run_in(one.path())) == report_of(run_in(other.path()))));
}

BOOST_AUTO_TEST_CASE(a_run_that_is_being_written_is_shown_as_far_as_it_came) {
  const TemporaryFolder folder;
  const fs::path run = run_in(folder.path());
  write_file(run / "information.csv", std::string(kInformation) + "0,0,L1,binning,2,0.25,4,1,\n1,0,L1,binning,3,0.7");
  write_file(run / "training.csv", kTraining);
  const json shown = block(report_of(run), "run-0");
  BOOST_TEST(shown["information"][0]["i_xt"]["mean"] == json::array({json::array({2})}));
  BOOST_TEST(shown["information"][0]["details"].empty());
  BOOST_TEST(shown["learning"].is_null());
}

BOOST_AUTO_TEST_CASE(histograms_share_counts_among_bins) {
  const TemporaryFolder folder;
  const fs::path run = run_in(folder.path());
  // Bins of width 1 from 0 to 4 and, of the other replica, one from 0.5 to 1.5: a half falls to each side.
  write_file(run / "histograms.csv",
             "replica,epoch,layer,unit,label,low,high,count\n"
             "0,5,L1,0,0,0,1,2\n0,5,L1,0,1,3,4,4\n1,5,L1,0,0,0.5,1.5,2\n"
             "0,5,L1,1,0,2,3,1\n");
  const json histogram = block(report_of(run), "run-0")["histograms"][0];
  BOOST_TEST(histogram["low"] == 0);
  BOOST_TEST(histogram["high"] == 4);
  BOOST_TEST(histogram["bins"] == 4);
  BOOST_TEST(histogram["labels"] == json({0, 1}));
  BOOST_TEST(histogram["percent"][0][0] == json({{37.5, 12.5, 0, 0}, {0, 0, 0, 50}}));
  BOOST_TEST(histogram["percent"][0][1] == json({{0, 0, 100, 0}, json::array({0})}));
}

BOOST_AUTO_TEST_CASE(names_of_runs_tell_them_apart) {
  const TemporaryFolder folder;
  const fs::path run = run_in(folder.path());
  fs::copy(run, run.parent_path() / "20260131T235959Z-2");
  const std::string page = report_page({run, run.parent_path() / "20260131T235959Z-2"});
  BOOST_TEST(block(page, "run-0")["run"] == "study/20260131T235959Z");
  BOOST_TEST(block(page, "run-1")["run"] == "study/20260131T235959Z-2");
  BOOST_TEST(page.find("<title>2 runs - infoplane</title>") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(what_is_no_run_is_refused) {
  const TemporaryFolder folder;
  const fs::path run = run_in(folder.path());
  BOOST_TEST(message_of<UsageError>([&] { report_page({run, folder.path() / "none"}); }) ==
             (folder.path() / "none/training.csv").string() + ": no such file");
  write_file(run / "information.csv", kInformation);
  write_file(run / "training.csv", kTraining);
  BOOST_TEST(message_of<UsageError>([&] { report_page({run}); }) ==
             run.string() + ": no rows yet in information.csv or training.csv");
}

BOOST_AUTO_TEST_CASE(a_report_takes_time_in_proportion_to_epochs_and_layers) {
  const TemporaryFolder folder;
  const auto seconds = [&](int epochs, int layers) {
    std::string information = kInformation, training = kTraining;
    for (int e = 0; e < epochs; ++e) {
      training += "0," + std::to_string(e) + ",test,0.5,0.5\n";
      for (int l = 0; l < layers; ++l) {
        information += "0," + std::to_string(e) + ",L" + std::to_string(l) + ",binning,1,0.5,4,1,30\n";
      }
    }
    const fs::path run = run_in(folder.path());
    write_file(run / "information.csv", information);
    write_file(run / "training.csv", training);
    return least_seconds([&] { report_page({run}); });
  };
  BOOST_TEST(seconds(60000, 1) < 8 * seconds(15000, 1));
  BOOST_TEST(seconds(4, 8000) < 8 * seconds(4, 2000));
}

BOOST_AUTO_TEST_SUITE_END()
