#include <regex>

#include <infoplane/run.hpp>
#include <infoplane/version.hpp>

#include "results/checkpoint.hpp"
#include "support/small_run.hpp"

using namespace infoplane;
using namespace infoplane::testing;

namespace {

namespace fs = std::filesystem;

// Ends a run after so many observations, as a crash would.
class Stop : public Progress {
 public:
  explicit Stop(int observations) : left_(observations) {}
  void observed(std::int64_t, double, double) override {
    if (--left_ == 0) throw std::runtime_error("stopped");
  }

 private:
  int left_;
};

// Runs until the second observation with so many threads, then goes on with others.
fs::path stopped_and_resumed(const Experiment& e, const TemporaryFolder& out, std::int64_t before, std::int64_t after) {
  RunOptions options;
  options.out = out.path();
  options.device = "cpu";
  options.threads = before;
  options.checkpoint_seconds = 0;
  Stop stop(3);
  BOOST_TEST(message_of<Error>([&] { infoplane::run(e, own_catalogue(), options, stop); }).find(": stopped") !=
             std::string::npos);
  options.threads = after;
  options.resume = true;
  Progress silent;
  return infoplane::run(e, own_catalogue(), options, silent);
}

}  // namespace

BOOST_AUTO_TEST_SUITE(resume_run)

BOOST_AUTO_TEST_CASE(a_resumed_run_ends_with_the_bytes_of_one_that_never_stopped) {
  const std::vector<std::vector<std::string>> cases = {
      {"training.optimizer=sgd"},
      {"training.optimizer=momentum", "model.keep_probability=[0.8, 0.9]"},
      {"training.optimizer=adam", "model.keep_probability=[0.8, 0.9]", "training.learning_rate=0.01"},
      {"training.optimizer=adam", "model=own"},
      {"dataset={type: twelve_bit, rule: tishby_stochastic}", "training.labels=redrawn"},
      {"estimators=[{type: kmeans, max_clusters: 6, warm_start: true}]", "replicas=3"}};
  for (const auto& settings : cases) {
    BOOST_TEST_CONTEXT(settings[0] << " " << settings.back()) {
      std::vector<std::string> traced = settings;
      traced.insert(traced.end(), {"observe.trace=parameters", "observe.histograms={epochs: [1, 4], bins: 5}"});
      const Experiment e = experiment(traced);
      const TemporaryFolder out, whole;
      const fs::path expected = run_here(e, whole, 1);
      for (const auto& [before, after] : {std::pair(1, 1), std::pair(3, 2), std::pair(2, 5)}) {
        const TemporaryFolder parts;
        const fs::path resumed = stopped_and_resumed(e, parts, before, after);
        for (const char* table : {"training.csv", "information.csv", "parameters.csv", "histograms.csv"}) {
          BOOST_TEST(read_file(resumed / table) == read_file(expected / table), table << " differs");
        }
      }
    }
  }
}

BOOST_AUTO_TEST_CASE(only_the_same_numbers_are_gone_on_with) {
  const TemporaryFolder out;
  const fs::path folder = run_here(experiment(), out);
  RunOptions options;
  options.out = out.path();
  options.device = "cpu";
  options.resume = true;
  Progress silent;
  const auto refusal = [&](const std::string& setting) {
    return message_of<UsageError>([&] { infoplane::run(experiment({setting}), own_catalogue(), options, silent); });
  };
  const std::string start = folder.string() + ": ";
  BOOST_TEST(refusal("seed=2") == start + "seed is 1 there and 2 here");
  BOOST_TEST(refusal("training.learning_rate=0.06") == start + "training.learning_rate is 0.05 there and 0.06 here");
  BOOST_TEST(refusal("estimators.0.bins=21") == start + "estimators[0].bins is 20 there and 21 here");
  BOOST_TEST(refusal("estimators=[binning]") == start + "estimators has 2 entries there and 1 here");
  BOOST_TEST(refusal("training.optimizer=adam") == start + "training.optimizer is 'sgd' there and 'adam' here");
  BOOST_TEST(refusal("figures=[learning_curves]") == "");
}

BOOST_AUTO_TEST_CASE(a_finished_run_is_not_repeated) {
  struct Told : Progress {
    void begin(const std::string&, std::int64_t, std::int64_t, std::int64_t) override { begun = true; }
    void finished_before(const std::string& folder) override { finished = folder; }
    bool begun = false;
    std::string finished;
  } told;
  const TemporaryFolder out;
  const fs::path folder = run_here(experiment(), out);
  const std::string before = read_file(folder / "provenance.json");
  BOOST_TEST(resume(folder, own_catalogue(), {}, told) == folder);
  BOOST_TEST(told.finished == folder.string());
  BOOST_TEST(!told.begun);
  BOOST_TEST(read_file(folder / "provenance.json") == before);
}

BOOST_AUTO_TEST_CASE(a_copy_under_another_name_is_not_the_latest_run) {
  const TemporaryFolder out;
  const fs::path folder = run_here(experiment(), out);
  for (const std::string& copy :
       {folder.string() + ".bak", folder.string() + "-old", (folder.parent_path() / "zzz").string()}) {
    fs::copy(folder, copy, fs::copy_options::recursive);
    fs::remove(fs::path(copy) / "checkpoint");
  }
  RunOptions options;
  options.out = out.path();
  options.resume = true;
  Progress silent;
  BOOST_TEST(infoplane::run(experiment(), own_catalogue(), options, silent) == folder);
  fs::copy(folder, folder.string() + "-10", fs::copy_options::recursive);
  fs::copy(folder, folder.string() + "-9", fs::copy_options::recursive);
  BOOST_TEST(infoplane::run(experiment(), own_catalogue(), options, silent) == folder.string() + "-10");
}

BOOST_AUTO_TEST_CASE(a_checkpoint_with_another_number_of_observations_is_refused) {
  const TemporaryFolder out;
  const fs::path folder = run_here(experiment(), out);
  const fs::path file = folder / "checkpoint";
  const Checkpoint whole = read_checkpoint(file);
  BOOST_REQUIRE(whole.observations == 4);  // at epochs 0, 2, 4 and 6
  const std::int64_t steps = whole.step / 6;
  const auto refusal = [&](std::int64_t step, std::int64_t observations) {
    Checkpoint forged = whole;
    forged.step = step;
    forged.observations = observations;
    write_file(file, to_bytes(forged));
    write_file(folder / "provenance.json", "{}");  // not finished
    Progress silent;
    return message_of<UsageError>([&] { resume(folder, own_catalogue(), {}, silent); });
  };
  const auto expected = [&](std::int64_t step, std::int64_t observations, const std::string& right) {
    return file.string() + ": it was taken after step " + std::to_string(step) + " with " +
           std::to_string(observations) + " observed epochs, there must be " + right;
  };
  const std::string before = read_file(folder / "training.csv");
  BOOST_TEST(refusal(6 * steps, 1000000000000000000) == expected(6 * steps, 1000000000000000000, "3 or 4"));
  BOOST_TEST(refusal(6 * steps, 2) == expected(6 * steps, 2, "3 or 4"));
  BOOST_TEST(refusal(3 * steps, 3) == expected(3 * steps, 3, "2"));
  BOOST_TEST(refusal(0, 2) == expected(0, 2, "0 or 1"));
  BOOST_TEST(read_file(folder / "training.csv") == before);
  BOOST_TEST(refusal(6 * steps, 4) == "");
}

BOOST_AUTO_TEST_CASE(a_changed_byte_in_the_kept_part_of_a_table_is_noticed) {
  for (const char* table : {"training.csv", "information.csv", "parameters.csv", "histograms.csv"}) {
    const TemporaryFolder out;
    const fs::path folder =
        run_here(experiment({"observe.trace=parameters", "observe.histograms={epochs: [1, 4], bins: 5}"}), out);
    write_file(folder / "provenance.json", R"({"status": "interrupted"})");
    std::string text = read_file(folder / table);
    char& digit = text[text.find_last_of("0123456789", text.size() / 2)];
    digit = digit == '9' ? '8' : static_cast<char>(digit + 1);
    write_file(folder / table, text);
    Progress silent;
    BOOST_TEST(message_of<UsageError>([&] { resume(folder, own_catalogue(), {}, silent); }) ==
               (folder / table).string() + ": modified since the run wrote it: the first " +
                   std::to_string(text.size()) + " bytes differ");
    BOOST_TEST(read_file(folder / table) == text);
  }
}

BOOST_AUTO_TEST_CASE(a_checkpoint_of_something_else_is_refused) {
  const TemporaryFolder out;
  const fs::path folder = run_here(experiment(), out);
  const fs::path other = run_here(experiment({"seed=2"}), out);
  write_file(folder / "provenance.json", "{}");  // not finished
  fs::copy_file(other / "checkpoint", folder / "checkpoint", fs::copy_options::overwrite_existing);
  Progress silent;
  const std::string file = (folder / "checkpoint").string();
  BOOST_TEST(message_of<UsageError>([&] { resume(folder, own_catalogue(), {}, silent); }) ==
             file + ": of another experiment");
  std::string bytes = read_file(file);
  bytes[bytes.size() / 2] = static_cast<char>(bytes[bytes.size() / 2] ^ 4);
  write_file(file, bytes);
  BOOST_TEST(message_of<UsageError>([&] { resume(folder, own_catalogue(), {}, silent); }).rfind(file + ": ", 0) == 0u);
}

BOOST_AUTO_TEST_CASE(what_may_change_the_numbers_of_a_run_that_goes_on_is_told) {
  struct Told : Progress {
    void warned(const std::string& message) override { warnings.push_back(message); }
    std::vector<std::string> warnings;
  };
  const TemporaryFolder out;
  const fs::path folder = run_here(experiment(), out), file = folder / "provenance.json";
  const auto go_on = [&](const std::vector<std::pair<std::string, std::string>>& replacements) {
    std::string text = read_file(file);
    for (const auto& [pattern, by] : replacements) text = std::regex_replace(text, std::regex(pattern), by);
    write_file(file, text);
    Told told;
    RunOptions options;
    options.device = "cpu";
    resume(folder, own_catalogue(), options, told);
    return told.warnings;
  };
  const std::pair<std::string, std::string> stopped = {"\"finished\"", "\"interrupted\""};
  BOOST_TEST(go_on({stopped}).empty());
  const std::string capability = version().cpu_capability;
  const std::vector<std::string> warnings = go_on({stopped,
                                                   {"\"cpu_capability\": \"[^\"]*\"", "\"cpu_capability\": \"SSE\""},
                                                   {"\"device\": \"cpu\"", "\"device\": \"cuda:0\""}});
  BOOST_REQUIRE(warnings.size() == 1u);
  BOOST_TEST(warnings[0] ==
             folder.string() + ": cpu_capability was SSE and is " + capability +
                 ", device was cuda:0 and is cpu; the results may differ from those of an uninterrupted run");
  const std::string written = std::regex_replace(read_file(file), std::regex("\\s+"), "");
  BOOST_TEST(written.find("\"cpu_capability\":[\"SSE\",\"" + std::regex_replace(capability, std::regex(" "), "") +
                          "\"]") != std::string::npos);
  BOOST_TEST(go_on({stopped}).empty());
}

BOOST_AUTO_TEST_SUITE_END()
