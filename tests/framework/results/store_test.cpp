#include "results/store.hpp"

#include <sys/resource.h>
#include <sys/stat.h>

#include <cmath>
#include <csignal>
#include <cstring>
#include <limits>
#include <random>
#include <regex>
#include <set>

#include <boost/test/unit_test.hpp>
#include <fmt/format.h>

#include <infoplane/error.hpp>
#include <infoplane/run_results.hpp>

#include "base/csv_writer.hpp"
#include "support/run_tables.hpp"

using namespace infoplane;
using namespace infoplane::testing;
namespace fs = std::filesystem;

namespace {

std::size_t entries(const fs::path& folder) {
  return static_cast<std::size_t>(std::distance(fs::directory_iterator(folder), fs::directory_iterator()));
}

/// By the program that checks them.
std::string sha256_of(const std::string& text) {
  const TemporaryFolder folder;
  write_file(folder.path() / "text", text);
  const std::string sum = (folder.path() / "sum").string();
  BOOST_REQUIRE(std::system(fmt::format("sha256sum <'{}' >'{}'", (folder.path() / "text").string(), sum).c_str()) == 0);
  return read_file(sum).substr(0, 64);
}

}  // namespace

BOOST_AUTO_TEST_SUITE(store)

BOOST_AUTO_TEST_CASE(rows_are_written_with_the_fewest_digits_that_read_back) {
  const TemporaryFolder out;
  Store store(out.path(), "iris", {{"bins"}});
  store.append({Record{0, 0, "L1", "binning", 0.1, 1.0 / 3, 9.5, 1, {50}},
                Record{49, 12000, "a,b", "it's \"q\"", 1e-17, 2, 3, 1, {std::nan("")}}});
  store.append({TrainingRecord{0, 0, "train", 0.6931471805599453, 0.5}, TrainingRecord{0, 0, "test", 1e300, 1}});
  BOOST_TEST(read_file(store.folder() / "information.csv") == kInformationHead +
                                                                  "0,0,L1,binning,0.1,0.3333333333333333,9.5,1,50\n"
                                                                  "49,12000,\"a,b\",\"it's \"\"q\"\"\",1e-17,2,3,1,\n");
  BOOST_TEST(read_file(store.folder() / "training.csv") ==
             kTrainingHead + "0,0,train,0.6931471805599453,0.5\n0,0,test,1e+300,1\n");
}

BOOST_AUTO_TEST_CASE(what_was_written_is_read_back_to_the_bit) {
  const TemporaryFolder out;
  Store store(out.path(), "iris", {{"bins", "K, of k-means"}});
  std::mt19937_64 random(1);
  const auto any_double = [&random] {
    for (;;) {
      const std::uint64_t bits = random();
      double number = 0;
      std::memcpy(&number, &bits, sizeof number);
      if (std::isfinite(number)) return number;
    }
  };
  std::vector<Record> written;
  for (std::int64_t i = 0; i < 1000; ++i) {
    written.push_back({i,
                       3 * i,
                       "L\"1\"",
                       "kde.upper",
                       any_double(),
                       any_double(),
                       any_double(),
                       any_double(),
                       {any_double(), std::nan("")}});
  }
  store.append(written);
  store.append({TrainingRecord{7, 8, "test", any_double(), any_double()}});
  const RunResults read = read_run(store.folder());
  BOOST_TEST(read.experiment == "iris");
  BOOST_TEST(read.details == (std::vector<std::string>{"bins", "K, of k-means"}), boost::test_tools::per_element());
  BOOST_REQUIRE(read.information.size() == written.size());
  for (std::size_t i = 0; i < written.size(); ++i) {
    const Record &a = written[i], &b = read.information[i];
    BOOST_TEST((a.replica == b.replica && a.epoch == b.epoch && a.layer == b.layer && a.estimator == b.estimator &&
                a.i_xt_bits == b.i_xt_bits && a.i_ty_bits == b.i_ty_bits && a.i_xt_cap_bits == b.i_xt_cap_bits &&
                a.i_ty_cap_bits == b.i_ty_cap_bits && a.details[0] == b.details[0] && std::isnan(b.details[1])));
  }
  BOOST_TEST(read.training.size() == 1u);
  BOOST_TEST(read.training[0].split == "test");
}

BOOST_AUTO_TEST_CASE(runs_of_one_second_have_folders_of_their_own) {
  const TemporaryFolder out;
  std::set<std::string> ids;
  bool any_second = false;
  // Three runs begin in two seconds at most.
  for (int i = 0; i < 3; ++i) {
    const Store store(out.path(), "iris", {});
    const std::string id = store.folder().filename();
    BOOST_TEST(std::regex_match(id, std::regex("[0-9]{8}T[0-9]{6}Z(-[23])?")), id);
    BOOST_TEST(store.folder().parent_path() == out.path() / "iris");
    any_second |= id.size() > 16 && id.substr(16) == "-2";
    ids.insert(id);
  }
  BOOST_TEST(ids.size() == 3u);
  BOOST_TEST(any_second);
}

BOOST_AUTO_TEST_CASE(a_folder_that_cannot_be_made_is_named_with_the_reason) {
  const TemporaryFolder out;
  write_file(out.path() / "file", "");
  BOOST_TEST(message_of<UsageError>([&] { Store(out.path() / "file" / "runs", "iris", {}); }) ==
             (out.path() / "file/runs").string() + ": cannot make the folder: Not a directory");
}

BOOST_AUTO_TEST_CASE(a_store_that_fails_half_way_leaves_nothing) {
  const TemporaryFolder out;
  fs::create_directory(out.path() / "runs");
  write_file(out.path() / "runs" / "other", "");
  std::string message;
  {
    const FullDisk disk(kTrainingHead.size());
    message = message_of<Error>([&] { Store(out.path() / "runs", "iris", {{"bins"}}); });
  }
  BOOST_TEST(std::regex_match(message, std::regex(".*/runs/iris/[^/]*/information.csv: cannot write: File too large")),
             message);
  BOOST_TEST(fs::exists(out.path() / "runs" / "other"));
  BOOST_TEST(entries(out.path() / "runs") == 1u);
}

BOOST_AUTO_TEST_CASE(a_name_with_a_line_break_is_refused) {
  const TemporaryFolder out;
  Store store(out.path(), "iris", {});
  BOOST_TEST(message_of<Error>([&] { store.append({Record{0, 0, "a\nb", "binning", 1, 1, 1, 1, {}}}); }) ==
             "the name 'a\\x0ab' has a line break, names in tables must be one line");
}

BOOST_AUTO_TEST_CASE(a_full_disk_leaves_the_whole_lines_that_were_written_before) {
  const TemporaryFolder out;
  const fs::path file = out.path() / "table.csv";
  CsvWriter writer(file, "a,b");
  writer.append("1,2\n");
  {
    const FullDisk disk(11);
    BOOST_TEST(message_of<Error>([&] { writer.append("3,4\n5,6\n"); }) ==
               file.string() + ": cannot write: File too large");
  }
  BOOST_TEST(read_file(file) == "a,b\n1,2\n");
  writer.append("3,4\n");
  BOOST_TEST(read_file(file) == "a,b\n1,2\n3,4\n");
}

BOOST_AUTO_TEST_CASE(a_device_that_is_full_is_an_error) {
  BOOST_TEST(message_of<Error>([] { CsvWriter("/dev/full", "a,b"); }) ==
             "/dev/full: cannot write: No space left on device");
}

BOOST_AUTO_TEST_CASE(a_table_that_cannot_be_created_is_a_usage_error) {
  const TemporaryFolder out;
  BOOST_TEST(message_of<UsageError>([&] { CsvWriter(out.path() / "no" / "table.csv", "a"); }) ==
             (out.path() / "no/table.csv").string() + ": cannot write: No such file or directory");
}

BOOST_AUTO_TEST_CASE(a_file_is_written_whole_or_stays_as_it_was) {
  const TemporaryFolder out;
  const Store store(out.path(), "iris", {});
  const fs::path file = store.folder() / "provenance.json";
  store.write_file("provenance.json", "first");
  store.write_file("provenance.json", "second, longer");
  BOOST_TEST(read_file(file) == "second, longer");
  {
    const FullDisk disk(5);
    BOOST_TEST(message_of<Error>([&] { store.write_file("provenance.json", "third, too long"); }) ==
               file.string() + ": cannot write: File too large");
  }
  BOOST_TEST(read_file(file) == "second, longer");
  BOOST_TEST(entries(store.folder()) == 3u);
  BOOST_TEST(message_of<Error>([&] { store.write_file("no/x", ""); }) ==
             (store.folder() / "no/x").string() + ": cannot write: No such file or directory");
}

BOOST_AUTO_TEST_CASE(a_reopened_folder_goes_on_after_what_is_kept) {
  const TemporaryFolder out;
  const Tables details = {{"bins"}};
  fs::path folder;
  Store::Contents kept;
  {
    Store store(out.path(), "x", details);
    folder = store.folder();
    store.append(std::vector<TrainingRecord>{{0, 0, "train", 1, 0.5}});
    kept = store.contents();
    store.append(std::vector<TrainingRecord>{{0, 1, "train", 2, 0.5}});
    store.append(std::vector<Record>{{0, 1, "L1", "binning", 1, 1, 2, 1, {50}}});
  }
  {
    Store store(folder, details, [&] { return kept; });
    store.append(std::vector<TrainingRecord>{{0, 2, "train", 3, 0.5}});
  }
  const RunResults results = read_run(folder);
  BOOST_REQUIRE(results.training.size() == 2u);
  BOOST_TEST(results.training[1].epoch == 2);
  BOOST_TEST(results.information.empty());
  Store anew(folder, details, [] { return Store::Contents{}; });
  BOOST_TEST(read_file(folder / "training.csv") == kTrainingHead);
}

BOOST_AUTO_TEST_CASE(a_table_that_was_changed_is_not_gone_on_with) {
  const TemporaryFolder temporary;
  const fs::path folder = run_folder(temporary, kTrainingHead + "0,0,train,1,1\n", kInformationHead);
  const auto reopen = [&](std::size_t training, std::size_t information) {
    return message_of<UsageError>([&] {
      Store(folder, {{"bins"}},
            [&] { return Store::Contents{{"training.csv", {training, ""}}, {"information.csv", {information, ""}}}; });
    });
  };
  const std::string file = (folder / "training.csv").string();
  const std::size_t head = kTrainingHead.size();
  for (const std::size_t wrong : {std::size_t{0}, head - 1, head + 3, head + 100}) {
    BOOST_TEST(reopen(wrong, kInformationHead.size()) ==
               file + ": modified since the run wrote it: byte " + std::to_string(wrong) + " does not end a line");
  }
  BOOST_TEST(reopen(head, kInformationHead.size()) == "");
  write_file(folder / "training.csv", "replica,epoch\n");
  BOOST_TEST(reopen(14, kInformationHead.size()) == file + ": the header must be replica,epoch,split,loss,accuracy");
}

BOOST_AUTO_TEST_CASE(every_changed_byte_of_what_is_kept_is_noticed) {
  const TemporaryFolder out;
  fs::path folder;
  Store::Contents kept;
  {
    Store store(out.path(), "x", {});
    folder = store.folder();
    store.append(std::vector<TrainingRecord>{{0, 0, "train", 1, 0.5}});
    store.append(std::vector<TrainingRecord>{{0, 0, "test", 2, 0.5}});
    kept = store.contents();
    store.append(std::vector<TrainingRecord>{{0, 1, "train", 3, 0.5}});
  }
  const fs::path file = folder / "training.csv";
  const std::string whole = read_file(file);
  const std::size_t bytes = kept.at("training.csv").bytes;
  const auto reopen = [&] { return message_of<UsageError>([&] { Store(folder, {}, [&] { return kept; }); }); };
  for (std::size_t i = kTrainingHead.size(); i < bytes; ++i) {
    std::string changed = whole;
    changed[i] = static_cast<char>(changed[i] ^ 1);
    write_file(file, changed);
    const std::string what = i + 1 == bytes ? fmt::format("byte {} does not end a line", bytes)
                                            : fmt::format("the first {} bytes differ", bytes);
    BOOST_TEST(reopen() == fmt::format("{}: modified since the run wrote it: {}", file.string(), what));
    BOOST_TEST(read_file(file) == changed);
  }
  write_file(file, whole);
  BOOST_TEST(reopen() == "");
  BOOST_TEST(read_file(file) == whole.substr(0, bytes));
  kept["training.csv"].sha256.clear();  // a checkpoint of before
  std::string changed = whole.substr(0, bytes);
  changed[kTrainingHead.size()] = '7';
  write_file(file, changed);
  BOOST_TEST(reopen() == "");
}

BOOST_AUTO_TEST_CASE(a_table_that_nothing_is_known_of_is_not_begun_anew_beside_others) {
  const TemporaryFolder temporary;
  const fs::path folder = run_folder(temporary, kTrainingHead, kInformationHead);
  const Store::Contents kept{{"training.csv", {kTrainingHead.size(), ""}}};
  BOOST_TEST(message_of<UsageError>([&] { Store(folder, {{"bins"}}, [&] { return kept; }); }) ==
             (folder / "information.csv").string() + ": not one of the tables to continue");
}

BOOST_AUTO_TEST_CASE(digests_are_those_of_what_was_appended_as_sha256sum_writes_them) {
  const TemporaryFolder out;
  Store store(out.path(), "x", {{"bins"}});
  store.append(std::vector<TrainingRecord>{{0, 0, "train", 1, 0.5}});
  store.write(Truth{1, 0, 1, 0});
  write_file(store.folder() / "information.csv", "changed behind its back");
  store.write_digests();
  BOOST_TEST(read_file(store.folder() / "tables.sha256") ==
             sha256_of(kInformationHead) + "  information.csv\n" +
                 sha256_of(read_file(store.folder() / "training.csv")) + "  training.csv\n" +
                 sha256_of("i_xy_bits,i_xy_error_bits,best_accuracy,best_accuracy_error\n1,0,1,0\n") + "  truth.csv\n");
}

BOOST_AUTO_TEST_CASE(a_hidden_folder_is_shown_at_once_and_over_nothing) {
  const TemporaryFolder out;
  Store hidden(out.path(), "x", {}, Store::Name::when_shown);
  const std::string name = hidden.folder().filename(), id = name.substr(5);
  BOOST_TEST(name.substr(0, 5) == ".new-");
  fs::create_directory(out.path() / "x" / id);
  hidden.show();
  BOOST_TEST(hidden.folder() == out.path() / "x" / (id + "-2"));
  hidden.append(std::vector<TrainingRecord>{{0, 0, "train", 1, 0.5}});
  BOOST_TEST(read_run(hidden.folder()).training.size() == 1u);
  BOOST_TEST(entries(out.path() / "x") == 2u);
}

BOOST_AUTO_TEST_CASE(hidden_folders_of_dead_writers_are_removed_by_the_next) {
  const TemporaryFolder out;
  const Store living(out.path(), "x", {}, Store::Name::when_shown);
  const fs::path dead = out.path() / "x" / ".new-20260131T235959Z",
                 unlocked = out.path() / "x" / ".new-20260131T235958Z";
  fs::create_directories(dead / "figures");
  write_file(dead / "training.csv", kTrainingHead);
  fs::create_directories(unlocked);  // its writer may be about to lock it
  const Store next(out.path(), "x", {}, Store::Name::when_shown);
  BOOST_TEST(!fs::exists(dead));
  BOOST_TEST(fs::exists(unlocked));
  BOOST_TEST(fs::exists(living.folder() / "training.csv"));
}

BOOST_AUTO_TEST_CASE(a_folder_has_one_writer) {
  const TemporaryFolder out;
  auto store = std::make_unique<Store>(out.path(), "x", Tables{{}});
  const fs::path folder = store->folder();
  const auto second = [&] {
    return message_of<UsageError>([&] { Store(folder, {}, [] { return Store::Contents{}; }); });
  };
  BOOST_TEST(second() == folder.string() + ": in use by another process");
  store->write_file("provenance.json", "{\"process\": 1234}");
  BOOST_TEST(second() == folder.string() + ": in use by process 1234");
  store.reset();
  BOOST_TEST(second() == "");
}

BOOST_AUTO_TEST_CASE(nothing_is_written_through_a_link) {
  const TemporaryFolder out;
  const fs::path elsewhere = out.path() / "elsewhere";
  Store::Contents kept;
  fs::path folder;
  {
    Store store(out.path(), "iris", {{"bins"}});
    kept = store.contents();
    folder = store.folder();
    write_file(elsewhere, kTrainingHead + "precious\n");
    fs::create_symlink(elsewhere, folder / ".provenance.json.0123abcd.tmp");
    fs::create_symlink(elsewhere, folder / "provenance.json");
    store.write_file("provenance.json", "{}");
  }
  BOOST_TEST(read_file(elsewhere) == kTrainingHead + "precious\n");
  BOOST_TEST(read_file(folder / "provenance.json") == "{}");
  fs::remove(folder / "training.csv");
  fs::create_symlink(elsewhere, folder / "training.csv");
  for (const Store::Contents& contents : {kept, Store::Contents{}}) {
    BOOST_TEST(message_of<UsageError>([&] { Store(folder, {{"bins"}}, [&] { return contents; }); }) ==
               (folder / "training.csv").string() + ": cannot write: Too many levels of symbolic links");
    BOOST_TEST(read_file(elsewhere) == kTrainingHead + "precious\n");
  }
}

BOOST_AUTO_TEST_CASE(a_pipe_in_a_run_is_neither_waited_for_nor_replaced) {
  const TemporaryFolder out;
  const Store store(out.path(), "iris", {{"bins"}});
  const std::string pipe = (store.folder() / "provenance.json").string();
  BOOST_REQUIRE(mkfifo(pipe.c_str(), 0600) == 0);
  BOOST_TEST(message_of<UsageError>([&] { Store(store.folder(), {{"bins"}}, [] { return Store::Contents{}; }); }) ==
             store.folder().string() + ": in use by another process");
  BOOST_TEST(message_of<Error>([&] { store.write_file("provenance.json", "{}"); }) ==
             pipe + ": cannot write: not a regular file");
  fs::remove(store.folder() / "information.csv");
  fs::rename(pipe, store.folder() / "information.csv");
  BOOST_TEST(message_of<UsageError>([&] { read_run(store.folder()); }) ==
             (store.folder() / "information.csv").string() + ": not a regular file");
}

BOOST_AUTO_TEST_SUITE_END()
