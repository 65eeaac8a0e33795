#include "base/whole_file.hpp"

#include <sys/stat.h>

#include <algorithm>
#include <thread>
#include <vector>

#include <infoplane/error.hpp>

#include "support/support.hpp"

using namespace infoplane;
using namespace infoplane::testing;

namespace {

namespace fs = std::filesystem;

std::size_t entries(const fs::path& folder) { return std::distance(fs::directory_iterator(folder), {}); }

}  // namespace

BOOST_AUTO_TEST_SUITE(whole_file)

BOOST_AUTO_TEST_CASE(several_may_write_one_file_at_once_and_one_of_them_is_there_whole) {
  const TemporaryFolder folder;
  const fs::path file = folder.path() / "report.html";
  constexpr std::size_t writers = 8, length = 300'000;
  std::vector<std::string> errors(writers);
  std::vector<std::thread> threads;
  for (std::size_t w = 0; w < writers; ++w) {
    threads.emplace_back([&, w] {
      const std::string text(length, static_cast<char>('a' + w));
      for (int i = 0; i < 20; ++i) errors[w] += message_of<Error>([&] { write_whole_file(file, text); });
    });
  }
  for (std::thread& thread : threads) thread.join();
  for (const std::string& error : errors) BOOST_TEST(error == "");
  const std::string text = read_file(file);
  BOOST_TEST(text.size() == length);
  BOOST_TEST(std::count(text.begin(), text.end(), text[0]) == static_cast<long>(length));
  BOOST_TEST(entries(folder.path()) == 1u);
}

BOOST_AUTO_TEST_CASE(what_a_killed_process_left_is_removed) {
  const TemporaryFolder folder;
  write_file(folder.path() / ".checkpoint.0123abcd.tmp", "half");
  write_file(folder.path() / ".checkpoint.tmp", "of a user");
  write_file(folder.path() / ".other.0123abcd.tmp", "of another file");
  write_whole_file(folder.path() / "checkpoint", "whole");
  BOOST_TEST(!fs::exists(folder.path() / ".checkpoint.0123abcd.tmp"));
  BOOST_TEST(read_file(folder.path() / "checkpoint") == "whole");
  BOOST_TEST(entries(folder.path()) == 3u);
}

BOOST_AUTO_TEST_CASE(a_link_in_a_run_is_replaced_and_one_that_the_user_named_is_followed) {
  const TemporaryFolder folder;
  const fs::path target = folder.path() / "target", link = folder.path() / "link", second = folder.path() / "second";
  write_file(target, "before");
  fs::create_symlink("target", link);
  fs::create_symlink(link, second);
  write_output_file(second, "written");
  BOOST_TEST((fs::is_symlink(link) && fs::is_symlink(second)));
  BOOST_TEST(read_file(target) == "written");
  fs::remove(target);
  write_output_file(second, "made");
  BOOST_TEST((fs::is_symlink(link) && fs::is_symlink(second)));
  BOOST_TEST(read_file(target) == "made");
  write_whole_file(link, "replaced");
  BOOST_TEST(!fs::is_symlink(link));
  BOOST_TEST(read_file(target) == "made");
  const fs::path round = folder.path() / "round";
  fs::create_symlink(round, round);
  BOOST_TEST(message_of<Error>([&] { write_output_file(round, ""); }) ==
             round.string() + ": cannot write: Too many levels of symbolic links");
}

BOOST_AUTO_TEST_CASE(what_is_no_file_is_written_through) {
  const TemporaryFolder folder;
  const fs::path pipe = folder.path() / "pipe", link = folder.path() / "link";
  BOOST_REQUIRE(mkfifo(pipe.c_str(), 0600) == 0);
  fs::create_symlink(pipe, link);
  for (const fs::path& file : {pipe, link}) {
    std::string got;
    std::thread reader([&] { got = read_file(pipe); });
    write_output_file(file, "through");
    reader.join();
    BOOST_TEST(got == "through");
    BOOST_TEST(fs::is_fifo(pipe));
  }
  BOOST_TEST(message_of<Error>([&] { write_output_file("/dev/full", "text"); }) ==
             "/dev/full: cannot write: No space left on device");
  write_output_file("/dev/null", "text");
  BOOST_TEST(fs::is_character_file("/dev/null"));
  BOOST_TEST(message_of<Error>([&] { write_output_file(folder.path(), "text"); }) ==
             folder.path().string() + ": cannot write: it is a folder");
}

BOOST_AUTO_TEST_CASE(a_private_file_stays_private_and_a_long_name_is_written) {
  const TemporaryFolder folder;
  const fs::path file = folder.path() / "private", longest = folder.path() / std::string(255, 'x');
  write_file(file, "before");
  fs::permissions(file, fs::perms::owner_read | fs::perms::owner_write);
  write_output_file(file, "after");
  BOOST_TEST(read_file(file) == "after");
  BOOST_TEST((fs::status(file).permissions() == (fs::perms::owner_read | fs::perms::owner_write)));
  write_output_file(longest, "long");
  BOOST_TEST(read_file(longest) == "long");
}

BOOST_AUTO_TEST_CASE(a_text_is_read_up_to_a_limit) {
  const TemporaryFolder folder;
  const std::string file = (folder.path() / "job").string(), pipe = (folder.path() / "pipe").string();
  write_file(file, "1234\n");
  BOOST_TEST(read_whole_file(file, 5) == "1234\n");
  BOOST_TEST(message_of<UsageError>([&] { read_whole_file(file, 4); }) == file + ": its 5 bytes are more than 4");
  BOOST_REQUIRE(mkfifo(pipe.c_str(), 0600) == 0);
  BOOST_TEST(message_of<UsageError>([&] { read_whole_file(pipe, 4); }) == pipe + ": not a regular file");
  BOOST_TEST(message_of<UsageError>([&] { read_whole_file(file + "s", 4); }) == file + "s: no such file");
}

BOOST_AUTO_TEST_SUITE_END()
