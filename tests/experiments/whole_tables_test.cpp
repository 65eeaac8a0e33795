#include "results/whole_tables.hpp"

#include <sys/stat.h>

#include <algorithm>
#include <functional>
#include <map>
#include <sstream>

#include <infoplane/experiments/report.hpp>

#include "results/run_summary.hpp"
#include "run/merge.hpp"
#include "support/small_run.hpp"

using namespace infoplane;
using namespace infoplane::testing;
namespace fs = std::filesystem;

namespace {

/// With every table that a run can have.
Experiment all_tables(const std::vector<std::string>& more = {}) {
  std::vector<std::string> settings = {
      "dataset={type: twelve_bit, rule: tishby_stochastic}", "replicas=2", "observe.trace=parameters",
      "observe.histograms={epochs: [2, 6], bins: 5}",
      "claims=[{claim: final_accuracy, at_least: 0}, {claim: final_accuracy, name: all, at_least: 1}]"};
  settings.insert(settings.end(), more.begin(), more.end());
  return experiment(settings);
}

const std::vector<std::string> kTables = {"training.csv", "information.csv", "parameters.csv", "histograms.csv",
                                          "truth.csv",    "bottleneck.csv",  "claims.csv"};

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream stream(text);
  for (std::string line; std::getline(stream, line);) lines.push_back(line + "\n");
  return lines;
}

std::string joined(const std::vector<std::string>& lines) {
  std::string text;
  for (const std::string& line : lines) text += line;
  return text;
}

using Damage = std::function<std::string(std::vector<std::string>)>;

/// What becomes of a table's lines.
const std::map<std::string, Damage>& damages() {
  static const std::map<std::string, Damage> all = {
      {"cut at a line", [](auto lines) { return lines.pop_back(), joined(lines); }},
      {"cut in a line", [](auto lines) { return joined(lines).substr(0, joined(lines).size() - 3); }},
      {"cut before the last line break", [](auto lines) { return joined(lines).substr(0, joined(lines).size() - 1); }},
      {"a digit",
       [](auto lines) {
         std::string text = joined(lines);
         char& digit = text[text.find_last_of("0123456789")];
         digit = digit == '9' ? '8' : static_cast<char>(digit + 1);
         return text;
       }},
      {"a row less", [](auto lines) { return lines.erase(lines.begin() + 1), joined(lines); }},
      {"a row twice", [](auto lines) { return lines.insert(lines.begin() + 1, lines[1]), joined(lines); }},
      {"two rows swapped",
       [](auto lines) {
         if (lines.size() < 3) lines.push_back(lines[1]);  // truth.csv has one
         std::swap(lines[1], lines.back());
         return joined(lines);
       }},
      {"a byte more", [](auto lines) { return joined(lines) + "\n"; }},
      {"nothing", [](auto) { return std::string(); }},
  };
  return all;
}

/// What may lie in a table's place.
void replace(const fs::path& table, const std::string& by) {
  const std::string text = read_file(table);
  fs::remove(table);
  if (by == "a folder") fs::create_directory(table);
  if (by == "a pipe") BOOST_REQUIRE(mkfifo(table.c_str(), 0600) == 0);
  if (by == "a link to nothing") fs::create_symlink("nothing", table);
  if (by == "a link to a device") fs::create_symlink("/dev/zero", table);
  if (by != "a link to another") return;
  write_file(table.parent_path() / "other", text + "x\n");
  fs::create_symlink("other", table);
}

/// What every reader says of the run, by the reader's name; "" where it takes it.
std::map<std::string, std::string> refusals(const fs::path& run, const fs::path& other, const Experiment& e) {
  const TemporaryFolder out;
  const Catalogue& catalogue = own_catalogue();
  Progress silent;
  RunOptions again;
  again.out = run.parent_path().parent_path();
  again.resume = true;
  const auto say = [](const auto& call) { return message_of<UsageError>(call); };
  const RunSummary summary = summarize_run(run);
  return {{"read_run", say([&] { read_run(run); })},
          {"each_information", say([&] { each_information(run, [](const Record&) {}); })},
          {"summarize_run", summary.state == "damaged" ? (run / summary.problem).string() : ""},
          {"report_page", say([&] { experiments::report_page({run}); })},
          {"draw_figures", say([&] { draw_figures({catalogue.figures.choose("learning_curves")}, run); })},
          {"evaluate_claims", say([&] { evaluate_claims(e.claims, run); })},
          {"merge", say([&] { merge({run, other}, catalogue, out.path()); })},
          {"resume", say([&] { resume(run, catalogue, {}, silent); })},
          {"run --resume", say([&] { infoplane::run(e, catalogue, again, silent); })}};
}

}  // namespace

BOOST_AUTO_TEST_SUITE(whole_tables)

BOOST_AUTO_TEST_CASE(no_reader_of_a_finished_run_takes_a_damaged_table) {
  const TemporaryFolder out, others;
  const Experiment e = all_tables();
  const fs::path run = run_here(e, out), other = run_here(all_tables({"first_replica=2"}), others);
  for (const auto& [reader, refusal] : refusals(run, other, e)) BOOST_TEST(refusal == "", reader << ": " << refusal);
  const auto all_refuse = [&](const std::string& table, const std::string& how) {
    for (const auto& [reader, refusal] : refusals(run, other, e)) {
      BOOST_TEST(refusal.rfind((run / table).string() + ": ", 0) == 0u,
                 table << ", " << how << ", " << reader << ": '" << refusal << "'");
    }
  };
  for (const std::string& table : kTables) {
    const std::string whole = read_file(run / table);
    for (const auto& [how, damage] : damages()) {
      const std::string damaged = damage(lines_of(whole));
      BOOST_REQUIRE_MESSAGE(damaged != whole, table << ", " << how);
      write_file(run / table, damaged);
      all_refuse(table, how);
      BOOST_TEST(read_file(run / table) == damaged, table << ", " << how << ": it was mended");
    }
    for (const char* by :
         {"no file", "a folder", "a pipe", "a link to nothing", "a link to a device", "a link to another"}) {
      replace(run / table, by);
      all_refuse(table, by);
      fs::remove(run / table);
      write_file(run / table, whole);
    }
  }
  for (const auto& [reader, refusal] : refusals(run, other, e)) BOOST_TEST(refusal == "", reader << ": " << refusal);
}

BOOST_AUTO_TEST_CASE(each_damage_is_told_in_its_words) {
  const TemporaryFolder out;
  const fs::path run = run_here(all_tables(), out);
  const auto refusal = [&] { return message_of<UsageError>([&] { require_whole_tables(run); }); };
  const std::string whole = read_file(run / "training.csv"), digests = read_file(run / "tables.sha256");
  write_file(run / "training.csv", whole + "x");
  BOOST_TEST(refusal() == (run / "training.csv").string() +
                              ": modified since the run wrote it: its SHA-256 is not the one in tables.sha256");
  fs::remove(run / "training.csv");
  BOOST_TEST(refusal() == (run / "training.csv").string() + ": no such file");
  write_file(run / "training.csv", whole);
  write_file(run / "tables.sha256", digests.substr(0, digests.size() - 80));
  BOOST_TEST(refusal().rfind((run / "tables.sha256").string() + ":", 0) == 0u);
  write_file(run / "tables.sha256", "abc  training.csv\n");
  BOOST_TEST(refusal() == (run / "tables.sha256").string() +
                              ":1: modified since the run wrote it: not a SHA-256, two spaces and a file name");
  fs::remove(run / "tables.sha256");
  BOOST_TEST(refusal() == (run / "tables.sha256").string() + ": no such file");
  std::vector<std::string> lines = lines_of(digests);
  lines.erase(
      std::find_if(lines.begin(), lines.end(), [](auto& line) { return line.find("truth") != std::string::npos; }));
  write_file(run / "tables.sha256", joined(lines));
  BOOST_TEST(refusal() == (run / "truth.csv").string() + ": not listed in tables.sha256");
  write_file(run / "tables.sha256", digests);
  BOOST_TEST(refusal() == "");
}

BOOST_AUTO_TEST_CASE(nothing_is_asked_of_a_run_that_goes_on_or_was_stopped) {
  const TemporaryFolder out;
  const fs::path run = run_here(experiment(), out);
  write_file(run / "training.csv", read_file(run / "training.csv") + "0,8,tra");
  for (const char* state : {"running", "interrupted", "failed", "waiting"}) {
    write_file(run / "provenance.json", std::string("{\"status\": \"") + state + "\"}");
    BOOST_TEST(message_of<UsageError>([&] { read_run(run); }) == "");
  }
  for (const char* provenance : {"{\"status\": \"finished\"}", "{\"status\": \"fini", "[]"}) {  // its digests are there
    write_file(run / "provenance.json", provenance);
    BOOST_TEST(message_of<UsageError>([&] { read_run(run); }) != "");
  }
}

BOOST_AUTO_TEST_CASE(a_run_of_before_is_held_to_the_lengths_in_its_checkpoint) {
  const TemporaryFolder out;
  const fs::path run = run_here(experiment(), out);
  fs::remove(run / "tables.sha256");
  write_file(run / "provenance.json", "{\"status\": \"finished\"}");
  BOOST_TEST(message_of<UsageError>([&] { require_whole_tables(run); }) == "");
  const std::string whole = read_file(run / "training.csv");
  write_file(run / "training.csv", whole + "x");
  BOOST_TEST(message_of<UsageError>([&] { require_whole_tables(run); }) ==
             (run / "training.csv").string() + ": modified since the run wrote it: " +
                 std::to_string(whole.size() + 1) + " bytes instead of " + std::to_string(whole.size()));
  fs::remove(run / "checkpoint");
  BOOST_TEST(message_of<UsageError>([&] { require_whole_tables(run); }) == "");
}

BOOST_AUTO_TEST_CASE(claims_are_renewed_together_with_their_digest) {
  const TemporaryFolder out;
  const fs::path run = run_here(all_tables(), out);
  const std::string before = read_file(run / "tables.sha256");
  const auto age = fs::last_write_time(run / "tables.sha256");
  evaluate_claims(all_tables().claims, run);
  BOOST_TEST((fs::last_write_time(run / "tables.sha256") == age));  // the same claims
  evaluate_claims(all_tables({"claims=[{claim: final_accuracy, at_least: 0.5}]"}).claims, run);
  BOOST_TEST(read_run(run).claims.size() == 1u);
  BOOST_TEST(read_file(run / "tables.sha256") != before);
  evaluate_claims(all_tables().claims, run);
  BOOST_TEST(read_file(run / "tables.sha256") == before);
}

BOOST_AUTO_TEST_SUITE_END()
