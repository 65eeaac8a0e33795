#include <infoplane/store.hpp>

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

#include <infoplane/error.hpp>

#include "support/support.hpp"

using namespace infoplane;
using namespace infoplane::testing;
namespace fs = std::filesystem;

namespace {

const std::string kTrainingHead = "replica,epoch,split,loss,accuracy\n";
const std::string kInformationHead =
    "replica,epoch,layer,estimator,i_xt_bits,i_ty_bits,i_xt_cap_bits,i_ty_cap_bits,bins\n";

std::size_t entries(const fs::path& folder) {
  return static_cast<std::size_t>(std::distance(fs::directory_iterator(folder), fs::directory_iterator()));
}

/// The folder of a run with these tables.
fs::path run_folder(const TemporaryFolder& temporary, const std::string& training, const std::string& information) {
  const fs::path folder = temporary.path() / "iris" / "1";
  fs::create_directories(folder);
  write_file(folder / "training.csv", training);
  write_file(folder / "information.csv", information);
  return folder;
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
  BOOST_TEST(message_of<Error>([&] {
               store.append({Record{0, 0, "a\nb", "binning", 1, 1, 1, 1, {}}});
             }) == "the name 'a\\x0ab' has a line break, names in tables must be one line");
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

BOOST_AUTO_TEST_CASE(a_folder_without_tables_is_named) {
  const TemporaryFolder out;
  BOOST_TEST(message_of<UsageError>([&] { read_run(out.path()); }) ==
             (out.path() / "training.csv").string() + ": no such file");
  write_file(out.path() / "training.csv", "");
  BOOST_TEST(message_of<UsageError>([&] { read_run(out.path()); }) ==
             (out.path() / "training.csv").string() + ": it is empty");
  fs::remove(out.path() / "training.csv");
  fs::create_directory(out.path() / "training.csv");
  BOOST_TEST(message_of<UsageError>([&] { read_run(out.path()); }) ==
             (out.path() / "training.csv").string() + ": it is no regular file");
}

BOOST_AUTO_TEST_CASE(an_error_in_a_table_is_named_with_file_and_line) {
  const std::string information = kInformationHead + "0,0,L1,binning,1,1,2,1,50\n";
  const std::vector<std::array<std::string, 3>> cases = {
      {"a,b\n", information, "training.csv:1: the header must be replica,epoch,split,loss,accuracy"},
      {kTrainingHead, "replica,epoch\n",
       "information.csv:1: the header must be "
       "replica,epoch,layer,estimator,i_xt_bits,i_ty_bits,i_xt_cap_bits,i_ty_cap_bits,DETAILS..."},
      {kTrainingHead + "0,0,train,1,1\n0,0,test,1\n", information, "training.csv:3: expected 5 fields, got 4"},
      {kTrainingHead + "0,0,train,1,1,\n", information, "training.csv:2: expected 5 fields, got 6"},
      {kTrainingHead + "\n", information, "training.csv:2: expected 5 fields, got 1"},
      {kTrainingHead + "0,0.5,train,1,1\n", information, "training.csv:2: epoch must be a whole number, got '0.5'"},
      {kTrainingHead + "0,0,valid,1,1\n", information, "training.csv:2: split must be train or test, got 'valid'"},
      {kTrainingHead + "0,0,train,1x,1\n", information, "training.csv:2: loss must be a number, got '1x'"},
      {kTrainingHead + "0,0,train,,1\n", information, "training.csv:2: loss must be a number, got ''"},
      {kTrainingHead, information + "0,0,L1,binning,1,1,2,1,many\n",
       "information.csv:3: bins must be a number, got 'many'"},
      {kTrainingHead, information + "0,0,\"L1\"x,binning,1,1,2,1,\n",
       "information.csv:3: a comma must follow a closing quote"},
  };
  for (const auto& [training, tables, expected] : cases) {
    const TemporaryFolder temporary;
    const fs::path folder = run_folder(temporary, training, tables);
    BOOST_TEST(message_of<UsageError>([&] { read_run(folder); }) == folder.string() + "/" + expected);
  }
}

BOOST_AUTO_TEST_CASE(a_line_without_its_end_is_left_out) {
  const TemporaryFolder temporary;
  const fs::path folder = run_folder(temporary, kTrainingHead + "0,0,train,1,1\n0,0,test,1,0.",
                                     kInformationHead + "0,0,L1,binning,1,1,2,1,50\n0,0,L2,bin");
  BOOST_TEST(read_run(folder).training.size() == 1u);
  BOOST_TEST(read_run(folder).information.size() == 1u);
}

BOOST_AUTO_TEST_CASE(a_header_without_its_end_is_refused) {
  const TemporaryFolder temporary;
  const fs::path folder = run_folder(temporary, "replica,epo", kInformationHead);
  BOOST_TEST(message_of<UsageError>([&] { read_run(folder); }) ==
             (folder / "training.csv").string() + ": its header is cut off");
}

BOOST_AUTO_TEST_CASE(an_empty_detail_is_nan_and_tables_without_rows_are_read) {
  const TemporaryFolder temporary;
  const fs::path folder = run_folder(temporary, kTrainingHead, kInformationHead + "0,0,L1,binning,1,1,2,1,\n");
  const RunResults results = read_run(folder);
  BOOST_TEST(results.training.empty());
  BOOST_REQUIRE(results.information.size() == 1u);
  BOOST_TEST(std::isnan(results.information[0].details[0]));
}

BOOST_AUTO_TEST_CASE(a_reopened_folder_goes_on_after_the_given_lengths) {
  const TemporaryFolder out;
  const Tables details = {{"bins"}};
  fs::path folder;
  Store::Lengths lengths;
  {
    Store store(out.path(), "x", details);
    folder = store.folder();
    store.append(std::vector<TrainingRecord>{{0, 0, "train", 1, 0.5}});
    lengths = store.lengths();
    store.append(std::vector<TrainingRecord>{{0, 1, "train", 2, 0.5}});
    store.append(std::vector<Record>{{0, 1, "L1", "binning", 1, 1, 2, 1, {50}}});
  }
  {
    Store store(folder, details, [&] { return lengths; });
    store.append(std::vector<TrainingRecord>{{0, 2, "train", 3, 0.5}});
  }
  const RunResults results = read_run(folder);
  BOOST_REQUIRE(results.training.size() == 2u);
  BOOST_TEST(results.training[1].epoch == 2);
  BOOST_TEST(results.information.empty());
  Store anew(folder, details, [] { return Store::Lengths{}; });
  BOOST_TEST(read_file(folder / "training.csv") == kTrainingHead);
}

BOOST_AUTO_TEST_CASE(a_table_that_was_changed_is_not_gone_on_with) {
  const TemporaryFolder temporary;
  const fs::path folder = run_folder(temporary, kTrainingHead + "0,0,train,1,1\n", kInformationHead);
  const auto reopen = [&](std::size_t training, std::size_t information) {
    return message_of<UsageError>([&] {
      Store(folder, {{"bins"}}, [&] {
        return Store::Lengths{{"training.csv", training}, {"information.csv", information}};
      });
    });
  };
  const std::string file = (folder / "training.csv").string();
  const std::size_t head = kTrainingHead.size();
  for (const std::size_t wrong : {std::size_t{0}, head - 1, head + 3, head + 100}) {
    BOOST_TEST(reopen(wrong, kInformationHead.size()) ==
               file + ": its first " + std::to_string(wrong) + " bytes must be whole lines, it was changed");
  }
  BOOST_TEST(reopen(head, kInformationHead.size()) == "");
  write_file(folder / "training.csv", "replica,epoch\n");
  BOOST_TEST(reopen(14, kInformationHead.size()) == file + ": the header must be replica,epoch,split,loss,accuracy");
}

BOOST_AUTO_TEST_CASE(a_folder_has_one_writer) {
  const TemporaryFolder out;
  auto store = std::make_unique<Store>(out.path(), "x", Tables{{}});
  const fs::path folder = store->folder();
  const auto second = [&] {
    return message_of<UsageError>([&] { Store(folder, {}, [] { return Store::Lengths{}; }); });
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
  Store::Lengths lengths;
  fs::path folder;
  {
    Store store(out.path(), "iris", {{"bins"}});
    lengths = store.lengths();
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
  for (const Store::Lengths& kept : {lengths, Store::Lengths{}}) {
    BOOST_TEST(message_of<UsageError>([&] { Store(folder, {{"bins"}}, [&] { return kept; }); }) ==
               (folder / "training.csv").string() + ": cannot write: Too many levels of symbolic links");
    BOOST_TEST(read_file(elsewhere) == kTrainingHead + "precious\n");
  }
}

BOOST_AUTO_TEST_CASE(a_pipe_in_a_run_is_neither_waited_for_nor_replaced) {
  const TemporaryFolder out;
  const Store store(out.path(), "iris", {{"bins"}});
  const std::string pipe = (store.folder() / "provenance.json").string();
  BOOST_REQUIRE(mkfifo(pipe.c_str(), 0600) == 0);
  BOOST_TEST(message_of<UsageError>([&] { Store(store.folder(), {{"bins"}}, [] { return Store::Lengths{}; }); }) ==
             store.folder().string() + ": in use by another process");
  BOOST_TEST(message_of<Error>([&] { store.write_file("provenance.json", "{}"); }) ==
             pipe + ": cannot write: it is no regular file");
  fs::remove(store.folder() / "information.csv");
  fs::rename(pipe, store.folder() / "information.csv");
  BOOST_TEST(message_of<UsageError>([&] { read_run(store.folder()); }) ==
             (store.folder() / "information.csv").string() + ": it is no regular file");
}

BOOST_AUTO_TEST_CASE(a_line_without_end_is_refused) {
  const TemporaryFolder temporary;
  const fs::path folder = run_folder(temporary, kTrainingHead, kInformationHead);
  fs::resize_file(folder / "training.csv", 1 << 30);
  const long before = peak_kilobytes();
  BOOST_TEST(message_of<UsageError>([&] { read_run(folder); }) ==
             (folder / "training.csv").string() + ":2: longer than 16 MiB");
  BOOST_TEST(peak_kilobytes() - before < 100000);
}

BOOST_AUTO_TEST_SUITE_END()
