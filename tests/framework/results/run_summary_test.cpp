#include "results/run_summary.hpp"

#include <cmath>

#include <infoplane/error.hpp>
#include <infoplane/run_results.hpp>

#include "results/store.hpp"
#include "support/support.hpp"

using namespace infoplane;
using namespace infoplane::testing;
namespace fs = std::filesystem;

namespace {

constexpr const char* kExperiment = "name: iris\nreplicas: 2\n";

/// A run's folder as a writer leaves it behind, with rows of 2 replicas and so many epochs.
fs::path left_run(const fs::path& out, const std::string& provenance, std::int64_t epochs = 3) {
  Store store(out, "iris", {});
  for (std::int64_t epoch = 0; epoch < epochs; ++epoch) {
    for (const std::int64_t replica : {0, 1}) {
      const auto value = static_cast<double>(10 * epoch + replica);
      store.append(
          {TrainingRecord{replica, epoch, "train", value, 0.5}, TrainingRecord{replica, epoch, "test", value, 1}});
      store.append({Record{replica, epoch, "L1", "binning", value, 1, 12, 1, {}}});
    }
  }
  store.write_file("experiment.yaml", kExperiment);
  if (!provenance.empty()) store.write_file("provenance.json", provenance);
  return store.folder();
}

std::string finished() { return R"({"status": "finished", "started": "2026-01-31T23:59:59Z", "wall_seconds": 2.5})"; }

}  // namespace

BOOST_AUTO_TEST_SUITE(run_summary)

BOOST_AUTO_TEST_CASE(a_finished_run_tells_its_provenance_its_experiment_and_its_last_epoch) {
  const TemporaryFolder out;
  const RunSummary summary = summarize_run(left_run(out.path(), finished()));
  BOOST_TEST(summary.state == "finished");
  BOOST_TEST(summary.problem == "");
  BOOST_TEST(summary.started == "2026-01-31T23:59:59Z");
  BOOST_TEST(summary.wall_seconds == 2.5);
  BOOST_TEST(to_yaml(summary.experiment) == kExperiment);
  BOOST_REQUIRE(summary.last_epoch.size() == 4u);
  BOOST_TEST(summary.last_epoch.front().epoch == 2);
  BOOST_TEST(summary.last_epoch.back().loss == 21);
  BOOST_REQUIRE(summary.provenance.size() == 3u);
  BOOST_TEST(summary.provenance[2].first == "wall_seconds");
  BOOST_TEST(summary.provenance[2].second == "2.5");
}

BOOST_AUTO_TEST_CASE(a_run_is_running_while_its_writer_lives_and_killed_when_it_is_gone) {
  const TemporaryFolder out;
  fs::path folder;
  {
    Store store(out.path(), "iris", {});
    folder = store.folder();
    store.write_file("experiment.yaml", kExperiment);
    store.write_file("provenance.json", R"({"status": "running"})");
    BOOST_TEST(is_in_use(folder));
    BOOST_TEST(summarize_run(folder).state == "running");
  }
  BOOST_TEST(!is_in_use(folder));
  BOOST_TEST(summarize_run(folder).state == "killed");
}

BOOST_AUTO_TEST_CASE(what_a_failed_run_failed_of_is_its_problem) {
  const TemporaryFolder out;
  const RunSummary summary = summarize_run(left_run(out.path(), R"({"status": "failed", "error": "no luck"})"));
  BOOST_TEST(summary.state == "failed");
  BOOST_TEST(summary.problem == "no luck");
  BOOST_TEST(std::isnan(summary.wall_seconds));
}

BOOST_AUTO_TEST_CASE(a_damaged_run_tells_which_file) {
  const auto problem = [](const std::string& file, const std::string& text) {
    const TemporaryFolder out;
    const fs::path folder = left_run(out.path(), finished());
    if (text.empty())
      fs::remove(folder / file);
    else
      write_file(folder / file, text);
    const RunSummary summary = summarize_run(folder);
    BOOST_TEST(summary.state == "damaged");
    return summary.problem;
  };
  BOOST_TEST(problem("provenance.json", "{\"status\": \"fin") == "provenance.json: it has no status");
  BOOST_TEST(problem("provenance.json", "[1]") == "provenance.json: it has no status");
  BOOST_TEST(problem("provenance.json", "") == "provenance.json: no such file");
  BOOST_TEST(problem("experiment.yaml", "") == "experiment.yaml: no such file");
  BOOST_TEST(problem("experiment.yaml", "name: [") != "");
  BOOST_TEST(problem("training.csv", "") == "training.csv: no such file");
  BOOST_TEST(problem("training.csv", "replica,epoch,split,loss,accuracy\n0,0,tset,1,1\n") ==
             "training.csv:2: split must be train or test, got 'tset'");
  BOOST_TEST(problem("information.csv", "replica,ep") == "information.csv: its header is truncated");
  BOOST_TEST(problem("claims.csv", "a,b\n").rfind("claims.csv:1: the header must be ", 0) == 0);
}

BOOST_AUTO_TEST_CASE(json_of_any_depth_and_size_is_told_in_time) {
  const auto state = [](const std::string& provenance) {
    const TemporaryFolder out;
    return summarize_run(left_run(out.path(), provenance)).problem;
  };
  const auto nested = [](int levels) {
    return "{\"status\": \"finished\", \"x\": " + std::string(levels, '[') + std::string(levels, ']') + "}";
  };
  BOOST_TEST(state(nested(63)) == "");
  BOOST_TEST(state(nested(64)) == "provenance.json: it has no status");
  BOOST_TEST(state(nested(80000)) == "provenance.json: it has no status");
  BOOST_TEST(state(std::string(80000, '[')) == "provenance.json: it has no status");
  std::string many = "{\"status\": \"finished\"";
  for (int i = 0; i < 70000; ++i) many += ",\"" + std::to_string(i) + "\":1";
  BOOST_TEST(state(many + "}") == "provenance.json: it has no status");
  BOOST_TEST(state("{\"status\": \"finished\", \"a\\\"[\": \"" + std::string(1000, '[') + std::string(1000, ':') +
                   "\"}") == "");
}

BOOST_AUTO_TEST_CASE(rows_without_provenance_are_those_of_an_estimate) {
  const TemporaryFolder out;
  const fs::path folder = left_run(out.path(), "");
  BOOST_TEST(summarize_run(folder).state == "damaged");
  fs::remove(folder / "experiment.yaml");
  BOOST_TEST(summarize_run(folder).state == "estimate");
  fs::path killed;
  {
    killed = Store(out.path(), "iris", {}).folder();
  }
  BOOST_TEST(summarize_run(killed).state == "killed");
}

BOOST_AUTO_TEST_CASE(an_estimate_tells_what_it_was_made_of) {
  const TemporaryFolder out;
  const fs::path folder = left_run(out.path(), R"({"status": "estimate", "seed": 1})");
  fs::remove(folder / "experiment.yaml");
  BOOST_TEST(summarize_run(folder).state == "damaged");
  BOOST_TEST(summarize_run(folder).problem == "estimate.yaml: no such file");
  write_file(folder / "estimate.yaml", "labels: y.npy\n");
  BOOST_TEST(summarize_run(folder).state == "estimate");
  BOOST_TEST(to_yaml(summarize_run(folder).experiment) == "labels: y.npy\n");
}

BOOST_AUTO_TEST_CASE(the_last_epoch_is_found_at_the_end_of_a_long_table) {
  const TemporaryFolder out;
  const fs::path folder = left_run(out.path(), finished(), 3000);
  BOOST_REQUIRE(fs::file_size(folder / "training.csv") > 1 << 16);
  BOOST_REQUIRE(read_last_epoch(folder).size() == 4u);
  BOOST_TEST(read_last_epoch(folder)[0].epoch == 2999);
  std::ofstream(folder / "training.csv", std::ios::app) << "0,3000,train,1";  // a line that is still being written
  BOOST_REQUIRE(read_last_epoch(folder).size() == 4u);
  BOOST_TEST(read_last_epoch(folder)[0].epoch == 2999);
}

BOOST_AUTO_TEST_CASE(an_epoch_with_more_rows_than_are_read_at_once_is_whole) {
  const TemporaryFolder out;
  Store store(out.path(), "iris", {});
  std::vector<TrainingRecord> rows;
  for (const std::int64_t epoch : {0, 1}) {
    for (std::int64_t replica = 0; replica < 5000; ++replica) rows.push_back({replica, epoch, "test", 1, 0.125});
  }
  store.append(rows);
  BOOST_TEST(read_last_epoch(store.folder()).size() == 5000u);
  BOOST_TEST(read_last_epoch(store.folder())[0].replica == 0);
}

BOOST_AUTO_TEST_CASE(rows_that_are_visited_are_those_that_are_read) {
  const TemporaryFolder out;
  Store store(out.path(), "iris", {{"bins"}});
  store.append({Record{0, 0, "L1", "a,b", 0.1, 1, 9.5, 1, {50}},
                Record{1, 2, "a layer of a long name", "kde", 1, 2, 3, 4, {std::nan("")}}});
  std::vector<Record> visited;
  each_information(store.folder(), [&](const Record& record) { visited.push_back(record); });
  const std::vector<Record> read = read_run(store.folder()).information;
  BOOST_REQUIRE(visited.size() == 2u);
  for (const std::size_t i : {0, 1}) {
    BOOST_TEST(visited[i].layer == read[i].layer);
    BOOST_TEST(visited[i].estimator == read[i].estimator);
    BOOST_TEST(visited[i].i_xt_bits == read[i].i_xt_bits);
    BOOST_TEST(visited[i].i_ty_cap_bits == read[i].i_ty_cap_bits);
  }
  BOOST_TEST(visited[0].details.empty());
}

BOOST_AUTO_TEST_CASE(runs_are_found_at_any_depth_in_the_order_of_their_names) {
  const TemporaryFolder out;
  const auto make = [&](const std::string& name) {
    fs::create_directories(out.path() / name);
    write_file(out.path() / name / "information.csv", "");
  };
  for (const char* name : {"b/2", "b/1", "a/x/y/3", ".hidden/4", "b/1/figures/5"}) make(name);
  fs::create_directory_symlink(out.path(), out.path() / "a/round");
  fs::create_directory_symlink(out.path() / "b/2", out.path() / "c");
  const fs::path p = out.path();
  const std::vector<fs::path> expected{p / "a/x/y/3", p / "b/1", p / "b/2", p / "c"};
  BOOST_TEST((find_runs(p) == expected));
  BOOST_TEST((find_runs(p / "b/1") == std::vector<fs::path>{p / "b/1"}));
  fs::create_directories(p / "empty");
  BOOST_TEST(find_runs(p / "empty").empty());
  BOOST_TEST(message_of<UsageError>([&] { find_runs(p / "none"); }) == (p / "none").string() + ": no such folder");
}

BOOST_AUTO_TEST_SUITE_END()
