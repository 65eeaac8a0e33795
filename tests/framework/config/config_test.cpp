#include <infoplane/config.hpp>

#include <sys/stat.h>

#include <ctime>

#include <boost/test/unit_test.hpp>

#include "support/support.hpp"

using namespace infoplane;
using namespace infoplane::testing;

namespace {

/// What parse_yaml says against the text as x.yaml. It takes 0.2 s at most, and on a busy machine several times that;
/// whatever expands or is quadratic in a mebibyte takes minutes.
std::string refusal(const std::string& text) {
  const std::clock_t start = std::clock();
  const std::string error = message_of<UsageError>([&] { parse_yaml(text, "x.yaml"); });
  BOOST_TEST(std::clock() - start < 5 * CLOCKS_PER_SEC);
  return error;
}

std::string repeated(const std::string& text, int times) {
  std::string all;
  for (int i = 0; i < times; ++i) all += text;
  return all;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(config)

BOOST_AUTO_TEST_CASE(a_map_keeps_the_order_and_places_of_its_file) {
  const Node root = parse_yaml("# a comment\nseed: 7\ntraining:\n  rates: [0.1, \"0.2\"]\n", "iris.yaml");
  BOOST_TEST((root.kind == Node::Kind::map));
  BOOST_TEST(root.place.text() == "iris.yaml:2:1");
  BOOST_TEST(root.entries.at(0).key == "seed");
  BOOST_TEST(root.entries.at(0).place.text() == "iris.yaml:2:1");
  BOOST_TEST(root.find("seed")->scalar == "7");
  BOOST_TEST(root.find("seed")->place.text() == "iris.yaml:2:7");
  const Node* rates = root.find("training")->find("rates");
  BOOST_TEST((rates->kind == Node::Kind::list));
  BOOST_TEST(rates->place.text() == "iris.yaml:4:10");
  BOOST_TEST(rates->items.at(1).place.text() == "iris.yaml:4:16");
}

BOOST_AUTO_TEST_CASE(only_a_scalar_in_quotes_is_quoted) {
  const Node root = parse_yaml("a: 1\nb: \"1\"\nc: '1'\nd: |\n  1\n", "x.yaml");
  BOOST_TEST(!root.find("a")->quoted);
  BOOST_TEST(root.find("b")->quoted);
  BOOST_TEST(root.find("c")->quoted);
  BOOST_TEST(root.find("d")->quoted);
  BOOST_TEST(root.find("d")->scalar == "1\n");
}

BOOST_AUTO_TEST_CASE(a_value_left_out_is_null_at_the_place_of_its_key) {
  const Node root = parse_yaml("a: 1\nempty:\nb: ~\n", "x.yaml");
  BOOST_TEST((root.find("empty")->kind == Node::Kind::null));
  BOOST_TEST(root.find("empty")->place.text() == "x.yaml:2:1");
  BOOST_TEST((root.find("b")->kind == Node::Kind::null));
}

BOOST_AUTO_TEST_CASE(a_key_that_is_absent_is_not_found) {
  const Node root = parse_yaml("a: [1]\n", "x.yaml");
  BOOST_TEST(root.find("b") == nullptr);
  BOOST_TEST(root.find("a")->find("a") == nullptr);
}

BOOST_AUTO_TEST_CASE(a_place_without_lines_is_its_source) {
  BOOST_TEST((Place{"command line"}).text() == "command line");
  BOOST_TEST((Place{"x.yaml", 3, 18}).text() == "x.yaml:3:18");
}

BOOST_AUTO_TEST_CASE(an_empty_document_is_refused) {
  for (const std::string text : {"", "\n\n", "# only a comment\n", "---\n"}) {
    const std::string error = refusal(text);
    BOOST_TEST(error.substr(error.find("a config")) == "a config must be a map of keys to values, got nothing");
  }
}

BOOST_AUTO_TEST_CASE(a_top_level_that_is_no_map_is_refused) {
  BOOST_TEST(refusal("- a\n- b\n") == "x.yaml:1:1: a config must be a map of keys to values, got a list");
  BOOST_TEST(refusal("\nhello\n") == "x.yaml:2:1: a config must be a map of keys to values, got one value");
}

BOOST_AUTO_TEST_CASE(a_syntax_error_names_line_and_column) {
  BOOST_TEST(refusal("a: 1\nb: [1, 2\n") == "x.yaml:3:1: missing ']' or ',' before here");
  BOOST_TEST(refusal("a: b: c\n") == "x.yaml:1:5: a ':' that follows no key; a text that holds ': ' must be in quotes");
  BOOST_TEST(refusal("a: 1\n\tb: 2\n") == "x.yaml:2:1: a tab in the indentation, use spaces");
}

BOOST_AUTO_TEST_CASE(a_duplicate_key_is_refused) {
  BOOST_TEST(refusal("seed: 1\nb: 2\nseed: 3\n") == "x.yaml:3:1: duplicate key 'seed', first on line 1");
  BOOST_TEST(refusal("a: {b: 1, \"b\": 1}\n") == "x.yaml:1:11: duplicate key 'b', first on line 1");
  BOOST_TEST(refusal("a: {x: 1}\nb: {x: 1}\n") == "");
}

BOOST_AUTO_TEST_CASE(a_key_that_is_no_scalar_is_refused) {
  BOOST_TEST(refusal("? [a]\n: b\n") == "x.yaml:1:3: a key must be a text");
  BOOST_TEST(refusal("? {a: b}\n: c\n") == "x.yaml:1:3: a key must be a text");
  BOOST_TEST(refusal("~: 1\n") == "x.yaml:1:1: a key must be a text");
  BOOST_TEST(refusal(": x\n") == "x.yaml:1:1: a key must be a text");
}

BOOST_AUTO_TEST_CASE(a_key_longer_than_yaml_allows_is_refused) {
  BOOST_TEST(refusal("? " + std::string(1024, 'k') + "\n: 1\n") == "");
  BOOST_TEST(refusal("? " + std::string(1025, 'k') + "\n: 1\n") == "x.yaml:1:3: a key longer than 1024 bytes");
}

BOOST_AUTO_TEST_CASE(an_anchor_is_refused) {
  BOOST_TEST(refusal("a: &x 1\n") == "x.yaml:1:4: anchors and aliases ('&', '*') are not allowed in a config");
  BOOST_TEST(refusal("a: &x\nb: 1\n") == "x.yaml:1:4: anchors and aliases ('&', '*') are not allowed in a config");
  BOOST_TEST(refusal("&x a: 1\n") == "x.yaml:1:1: anchors and aliases ('&', '*') are not allowed in a config");
}

BOOST_AUTO_TEST_CASE(a_list_that_holds_itself_is_refused) {
  BOOST_TEST(refusal("&a [*a]\n") == "x.yaml:1:1: anchors and aliases ('&', '*') are not allowed in a config");
}

BOOST_AUTO_TEST_CASE(an_alias_without_anchor_is_refused) {
  BOOST_TEST(refusal("a: *x\n") == "x.yaml:1:4: anchors and aliases ('&', '*') are not allowed in a config");
}

BOOST_AUTO_TEST_CASE(a_billion_laughs_are_refused_at_the_first) {
  std::string text = "l0: &l0 ha\n";
  for (int i = 1; i < 30; ++i) {
    const std::string alias = "*l" + std::to_string(i - 1);
    text += "l" + std::to_string(i) + ": &l" + std::to_string(i) + " [" + repeated(alias + ",", 9) + alias + "]\n";
  }
  BOOST_TEST(refusal(text) == "x.yaml:1:5: anchors and aliases ('&', '*') are not allowed in a config");
}

BOOST_AUTO_TEST_CASE(a_tag_is_refused) {
  BOOST_TEST(refusal("a: !!int 3\n") == "x.yaml:1:4: tags ('!') are not allowed in a config");
  BOOST_TEST(refusal("a: !x [1]\n") == "x.yaml:1:4: tags ('!') are not allowed in a config");
  BOOST_TEST(refusal("!x\na: 1\n") == "x.yaml:1:1: tags ('!') are not allowed in a config");
}

BOOST_AUTO_TEST_CASE(a_merge_key_is_refused) {
  BOOST_TEST(refusal("a: 1\n<<: {b: 2}\n") == "x.yaml:2:1: merge keys ('<<') are not allowed in a config");
}

BOOST_AUTO_TEST_CASE(thirty_two_levels_are_allowed_and_one_more_is_refused) {
  BOOST_TEST(refusal("a: " + repeated("[", 31) + repeated("]", 31)) == "");
  BOOST_TEST(refusal("a: " + repeated("[", 32) + repeated("]", 32)) == "x.yaml:1:35: nested deeper than 32");
  BOOST_TEST(refusal(repeated("{a: ", 33) + repeated("}", 33)) == "x.yaml:1:129: nested deeper than 32");
}

BOOST_AUTO_TEST_CASE(a_million_brackets_are_refused_in_time) {
  for (const std::string opening : {"[", "{", "- ", "? ", "{a: ", "[a: "}) {
    const std::string error = refusal(repeated(opening, 1'000'000 / static_cast<int>(opening.size())));
    BOOST_TEST(error.substr(error.find("nested")) == "nested deeper than 32");
  }
}

BOOST_AUTO_TEST_CASE(a_second_document_is_refused) {
  const std::string what = "a second document starts here; a config must be one document";
  BOOST_TEST(refusal("a: 1\n---\nb: 2\n") == "x.yaml:2:1: " + what);
  BOOST_TEST(refusal("a: 1\n...\nb: 2\n") == "x.yaml:3:1: " + what);
  BOOST_TEST(refusal("---\na: 1\n...\n") == "");
}

BOOST_AUTO_TEST_CASE(a_nul_byte_is_refused) {
  BOOST_TEST(refusal(std::string("a: 1\nb: x\0y\n", 12)) == "x.yaml:2:5: a NUL byte in a text");
  BOOST_TEST(refusal("a: \"x\\0y\"\n") == "x.yaml:1:4: a NUL byte in a text");
  BOOST_TEST(refusal("\"x\\0y\": 1\n") == "x.yaml:1:1: a NUL byte in a text");
}

BOOST_AUTO_TEST_CASE(a_control_character_that_would_end_the_text_in_silence_is_refused) {
  BOOST_TEST(refusal("a: 1\n\x04\nb: 2\n") == "x.yaml:2:1: control character 0x04 in a text");
  BOOST_TEST(refusal("a: \x1b[31m\n") == "x.yaml:1:4: control character 0x1b in a text");
}

BOOST_AUTO_TEST_CASE(bytes_that_are_not_utf8_are_refused) {
  BOOST_TEST(refusal("a: caf\xe9\n") == "x.yaml:1:7: byte 0xe9 is not UTF-8");
  BOOST_TEST(refusal("a: \xc0\xaf\n") == "x.yaml:1:4: byte 0xc0 is not UTF-8");          // overlong
  BOOST_TEST(refusal("a: \xe0\x80\xaf\n") == "x.yaml:1:4: byte 0xe0 is not UTF-8");      // overlong
  BOOST_TEST(refusal("a: \xed\xa0\x80\n") == "x.yaml:1:4: byte 0xed is not UTF-8");      // surrogate
  BOOST_TEST(refusal("a: \xf4\x90\x80\x80\n") == "x.yaml:1:4: byte 0xf4 is not UTF-8");  // above U+10FFFF
  BOOST_TEST(refusal("a: \xe2\x82") == "x.yaml:1:4: byte 0xe2 is not UTF-8");            // cut short
  BOOST_TEST(refusal("a: caf\u00e9 \u20ac \U0001F600\n") == "");
}

BOOST_AUTO_TEST_CASE(a_text_above_one_mebibyte_is_refused) {
  const std::string limit = "a: " + std::string((1 << 20) - 3, 'x');
  BOOST_TEST(refusal(limit) == "");
  BOOST_TEST(refusal(limit + "x") == "x.yaml: larger than 1 MiB, not a config");
}

BOOST_AUTO_TEST_CASE(a_mebibyte_of_keys_is_parsed_in_time) {
  std::string text;
  for (int i = 0; text.size() < (1 << 20) - 20; ++i) text += "k" + std::to_string(i) + ":\n";
  BOOST_TEST(refusal(text) == "");
}

BOOST_AUTO_TEST_CASE(a_file_is_read_with_its_path_in_the_places) {
  const TemporaryFolder folder;
  const auto file = folder.path() / "a.yaml";
  write_file(file, "seed: 1\n");
  BOOST_TEST(load_yaml(file).find("seed")->place.text() == file.string() + ":1:7");
}

BOOST_AUTO_TEST_CASE(a_missing_file_is_refused) {
  BOOST_TEST(message_of<UsageError>([] { load_yaml("no/such.yaml"); }) == "no/such.yaml: no such file");
}

BOOST_AUTO_TEST_CASE(a_folder_is_refused) {
  const TemporaryFolder folder;
  BOOST_TEST(message_of<UsageError>([&] { load_yaml(folder.path()); }) ==
             folder.path().string() + ": a folder, not a config file");
}

BOOST_AUTO_TEST_CASE(a_file_that_cannot_be_opened_is_refused) {
  const std::string name(5000, 'x');  // longer than any file system takes
  BOOST_TEST(message_of<UsageError>([&] { load_yaml(name); }) == name + ": cannot read: File name too long");
}

BOOST_AUTO_TEST_CASE(a_file_without_end_is_refused) {
  BOOST_TEST(message_of<UsageError>([] { load_yaml("/dev/zero"); }) == "/dev/zero: not a regular file");
}

BOOST_AUTO_TEST_CASE(a_large_file_is_refused) {
  const TemporaryFolder folder;
  const auto file = folder.path() / "large.yaml";
  write_file(file, std::string((1 << 20) + 1, '#'));
  BOOST_TEST(message_of<UsageError>([&] { load_yaml(file); }) == file.string() + ": larger than 1 MiB, not a config");
}

BOOST_AUTO_TEST_CASE(a_pipe_is_refused_and_not_waited_for) {
  const TemporaryFolder folder;
  const std::string pipe = (folder.path() / "a.yaml").string();
  BOOST_REQUIRE(mkfifo(pipe.c_str(), 0600) == 0);
  BOOST_TEST(message_of<UsageError>([&] { load_yaml(pipe); }) == pipe + ": not a regular file");
}

BOOST_AUTO_TEST_SUITE_END()
