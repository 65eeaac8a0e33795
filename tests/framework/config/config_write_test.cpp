#include <random>

#include <boost/test/unit_test.hpp>

#include <infoplane/config.hpp>

#include "support/support.hpp"

using namespace infoplane;
using namespace infoplane::testing;

namespace {

std::string set_refusal(const std::string& yaml, const std::string& assignment) {
  Node root = parse_yaml(yaml, "x.yaml");
  return message_of<UsageError>([&] { set_value(root, assignment); });
}

std::string after_set(const std::string& yaml, const std::string& assignment) {
  Node root = parse_yaml(yaml, "x.yaml");
  set_value(root, assignment);
  return to_inline_yaml(root);
}

std::string repeated(const std::string& text, int times) {
  std::string all;
  for (int i = 0; i < times; ++i) all += text;
  return all;
}

bool same(const Node& a, const Node& b) {
  if (a.kind != b.kind || a.scalar != b.scalar || a.items.size() != b.items.size()) return false;
  if (a.quoted && !b.quoted) return false;
  if (a.entries.size() != b.entries.size()) return false;
  for (std::size_t i = 0; i < a.items.size(); ++i) {
    if (!same(a.items[i], b.items[i])) return false;
  }
  for (std::size_t i = 0; i < a.entries.size(); ++i) {
    if (a.entries[i].key != b.entries[i].key || !same(a.entries[i].value, b.entries[i].value)) return false;
  }
  return true;
}

/// Random trees of awkward texts.
class TreeMaker {
 public:
  explicit TreeMaker(unsigned seed) : random_(seed) {}

  Node map(int depth) {
    Node node = Node::of_map({});
    for (int i = below(5); i > 0; --i) {
      const std::string key = text() + std::to_string(i);  // never twice, never the merge key
      node.entries.push_back({key, {}, value(depth - 1)});
    }
    return node;
  }

 private:
  int below(int n) { return std::uniform_int_distribution<int>(0, n - 1)(random_); }

  std::string text() {
    static const std::vector<std::string> pieces = {
        "a",    "B",   "7",   "-",          "0x1F", ".",    " ",      "  ",     ": ",     ":",
        "#",    " #",  "\n",  "\t",         "\"",   "'",    "\\",     ",",      "[",      "]",
        "{",    "}",   "&a",  "*a",         "!t",   "|",    ">",      "%",      "@",      "`",
        "? ",   "- ",  "~",   "null",       "true", "1e-5", "\r",     "=",      "\u00fc", "\u20ac",
        "\x1b", "---", "...", "\U0001F600", "<<",   "\x7f", "\u0085", "\u2028", "\ufeff", std::string(300, 'k')};
    std::string text;
    for (int i = below(4); i > 0; --i) text += pieces[below(static_cast<int>(pieces.size()))];
    return text;
  }

  Node value(int depth) {
    const int kind = below(depth > 0 ? 6 : 4);
    if (kind == 0) return {};
    if (kind == 4) return map(depth);
    if (kind < 4) return Node::of_scalar(text(), below(2) == 0);
    Node node = Node::of_list({});
    for (int i = below(4); i > 0; --i) node.items.push_back(value(depth - 1));
    return node;
  }

  std::mt19937 random_;
};

}  // namespace

BOOST_AUTO_TEST_SUITE(config)

BOOST_AUTO_TEST_CASE(set_replaces_a_value_and_leaves_the_rest) {
  BOOST_TEST(after_set("a: 1\nt: {rate: 0.1, epochs: 5}\n", "t.rate=0.01") == "{a: 1, t: {rate: 0.01, epochs: 5}}");
}

BOOST_AUTO_TEST_CASE(set_places_its_value_on_the_command_line) {
  Node root = parse_yaml("a: 1\n", "x.yaml");
  set_value(root, "b.c=[1]");
  BOOST_TEST(root.find("b")->place.text() == "command line");
  BOOST_TEST(root.find("b")->find("c")->items.at(0).place.text() == "command line");
  BOOST_TEST(root.find("b")->entries.at(0).place.text() == "command line");
}

BOOST_AUTO_TEST_CASE(set_makes_missing_and_null_maps) {
  BOOST_TEST(after_set("a: 1\n", "b.c.d=2") == "{a: 1, b: {c: {d: 2}}}");
  BOOST_TEST(after_set("b:\n", "b.c=2") == "{b: {c: 2}}");
  Node root;
  set_value(root, "a=1");
  BOOST_TEST(to_inline_yaml(root) == "{a: 1}");
}

BOOST_AUTO_TEST_CASE(set_takes_any_yaml_and_the_first_equals_sign) {
  BOOST_TEST(after_set("a: 1\n", "a=[1, {b: c}]") == "{a: [1, {b: c}]}");
  BOOST_TEST(after_set("a: 1\n", "a=\"7\"") == "{a: \"7\"}");
  BOOST_TEST(after_set("a: 1\n", "a=") == "{a: ~}");
  BOOST_TEST(after_set("a: 1\n", "a=x=y.z") == "{a: x=y.z}");
}

BOOST_AUTO_TEST_CASE(set_steps_into_a_list_by_index) {
  BOOST_TEST(after_set("e: [{bins: 10}, {bins: 20}]\n", "e.1.bins=30") == "{e: [{bins: 10}, {bins: 30}]}");
  BOOST_TEST(after_set("e: [1, 2]\n", "e.0=5") == "{e: [5, 2]}");
}

BOOST_AUTO_TEST_CASE(set_takes_an_index_in_brackets_as_errors_print_it) {
  BOOST_TEST(after_set("e: [{bins: 10}, {bins: 20}]\n", "e[1].bins=30") == "{e: [{bins: 10}, {bins: 30}]}");
  BOOST_TEST(after_set("e: [[1, 2], [3]]\n", "e[0][1]=5") == "{e: [[1, 5], [3]]}");
  BOOST_TEST(set_refusal("e: [1, 2]\n", "e[2]=5") ==
             "command line: '2' is not an index into a list of 2 in --set 'e[2]=5'");
}

BOOST_AUTO_TEST_CASE(set_appends_to_a_list) {
  BOOST_TEST(after_set("e: [{bins: 10}]\n", "e+={type: ksg}") == "{e: [{bins: 10}, {type: ksg}]}");
  BOOST_TEST(after_set("a: {e: [1, 2]}\n", "a.e+=3") == "{a: {e: [1, 2, 3]}}");
  BOOST_TEST(after_set("e: [1]\n", "e+=[2, 3]") == "{e: [1, 2, 3]}");
  BOOST_TEST(after_set("a: 1\n", "b.e+=2") == "{a: 1, b: {e: [2]}}");
  BOOST_TEST(set_refusal("a: 1\n", "a+=2") == "command line: '+=' appends to a list, 'a' is not one in --set 'a+=2'");
  BOOST_TEST(set_refusal("a: 1\n", "+=2") == "command line: an empty step in --set '+=2'");
}

BOOST_AUTO_TEST_CASE(set_returns_the_path_of_what_it_put) {
  Node root = parse_yaml("e: [{bins: 10}]\n", "x.yaml");
  BOOST_TEST(set_value(root, "e[0].bins=2") == "e.0.bins");
  BOOST_TEST(set_value(root, "e+=ksg") == "e.1");
  BOOST_TEST(set_value(root, "e+=[a, b]") == "e");
}

BOOST_AUTO_TEST_CASE(set_refuses_an_index_outside_the_list) {
  BOOST_TEST(set_refusal("e: [1, 2]\n", "e.2=5") ==
             "command line: '2' is not an index into a list of 2 in --set 'e.2=5'");
  BOOST_TEST(set_refusal("e: [1, 2]\n", "e.-1=5") ==
             "command line: '-1' is not an index into a list of 2 in --set 'e.-1=5'");
  BOOST_TEST(set_refusal("e: []\n", "e.x=5") == "command line: 'x' is not an index into a list of 0 in --set 'e.x=5'");
}

BOOST_AUTO_TEST_CASE(set_refuses_a_text_without_equals_sign) {
  BOOST_TEST(set_refusal("a: 1\n", "a") == "command line: no '=' between path and value in --set 'a'");
  BOOST_TEST(set_refusal("a: 1\n", "") == "command line: no '=' between path and value in --set ''");
}

BOOST_AUTO_TEST_CASE(set_refuses_an_empty_step) {
  for (const std::string text : {"=1", ".a=1", "a.=1", "a..b=1"}) {
    BOOST_TEST(set_refusal("a: {b: 1}\n", text) == "command line: an empty step in --set '" + text + "'");
  }
}

BOOST_AUTO_TEST_CASE(set_refuses_a_step_into_a_scalar) {
  BOOST_TEST(set_refusal("epochs: 3\n", "epochs.seed=3") ==
             "command line: no 'seed' inside the value '3' in --set 'epochs.seed=3'");
  BOOST_TEST(set_refusal("name: 'iris'\n", "name.seed=3") ==
             "command line: no 'seed' inside the value 'iris' in --set 'name.seed=3'");
  BOOST_TEST(set_refusal("bound: true\n", "bound.seed=3") ==
             "command line: no 'seed' inside the value 'true' in --set 'bound.seed=3'");
}

BOOST_AUTO_TEST_CASE(set_makes_a_map_of_a_name_and_keeps_it_as_the_short_form) {
  Node root = parse_yaml("dataset: iris\nfigures: [plane, curves]\n", "x.yaml");
  set_value(root, "dataset.seed=3");
  set_value(root, "figures.1.band=range");
  BOOST_TEST(to_inline_yaml(root) == "{dataset: {seed: 3}, figures: [plane, {band: range}]}");
  BOOST_TEST(root.find("dataset")->short_form == "iris");
  BOOST_TEST(root.find("figures")->items.at(1).short_form == "curves");
}

BOOST_AUTO_TEST_CASE(set_refuses_what_a_file_may_not_hold) {
  BOOST_TEST(set_refusal("a: 1\n", "a=[1") == "command line: missing ']' or ',' before here in --set 'a=[1'");
  BOOST_TEST(set_refusal("a: 1\n", "a=&x 1") ==
             "command line: anchors and aliases ('&', '*') are not allowed in a config in --set 'a=&x 1'");
  BOOST_TEST(set_refusal("a: 1\n", "a={b: 1, b: 2}") == "command line: duplicate key 'b' in --set 'a={b: 1, b: 2}'");
  BOOST_TEST(set_refusal("a: 1\n", "a=caf\xe9") == "command line: byte 0xe9 is not UTF-8 in --set 'a=caf\\xe9'");
}

BOOST_AUTO_TEST_CASE(set_refuses_nesting_that_a_file_may_not_have) {
  const std::string deep = repeated("a.", 32) + "a=1";
  BOOST_TEST(set_refusal("b: 1\n", deep) == "command line: more than 32 steps in --set " + in_quotes(deep));
  const std::string brackets = "a=" + repeated("[", 32) + repeated("]", 32);
  BOOST_TEST(set_refusal("b: 1\n", brackets) == "command line: nested deeper than 32 in --set " + in_quotes(brackets));
}

BOOST_AUTO_TEST_CASE(set_that_is_refused_changes_nothing) {
  Node root = parse_yaml("a: {b: 1}\n", "x.yaml");
  BOOST_TEST(message_of<UsageError>([&] { set_value(root, "c.d=[1"); }) != "");
  BOOST_TEST(message_of<UsageError>([&] { set_value(root, "a.b.c=1"); }) != "");
  BOOST_TEST(to_inline_yaml(root) == "{a: {b: 1}}");
}

BOOST_AUTO_TEST_CASE(yaml_is_written_for_people) {
  const std::string text =
      "seed: 7\n"
      "title: \"12\"\n"
      "nothing: ~\n"
      "empty: []\n"
      "none: {}\n"
      "rates: [0.1, 0.2]\n"
      "training:\n"
      "  epochs: 10\n"
      "estimators:\n"
      "  - binning\n"
      "  - type: kde\n"
      "    noise: 0.001\n";
  BOOST_TEST(to_yaml(parse_yaml(text, "x.yaml")) == text);
}

BOOST_AUTO_TEST_CASE(texts_that_are_something_else_are_written_in_quotes) {
  const Node node = Node::of_map({{"null", {}, Node::of_scalar("a: b")}, {"--- a", {}, Node::of_scalar("")}});
  BOOST_TEST(to_yaml(node) == "\"null\": \"a: b\"\n\"--- a\": \"\"\n");
}

BOOST_AUTO_TEST_CASE(yaml_on_one_line_has_brackets_and_braces) {
  const Node root = parse_yaml("a: 1\nb:\n  - c: \"x, y\"\n  - [d, e]\n", "x.yaml");
  BOOST_TEST(to_inline_yaml(root) == "{a: 1, b: [{c: \"x, y\"}, [d, e]]}");
}

BOOST_AUTO_TEST_CASE(random_trees_read_back_as_they_were_written) {
  for (unsigned seed = 0; seed < 3000; ++seed) {
    const Node tree = TreeMaker(seed).map(4);
    const std::string text = to_yaml(tree);
    const std::string line = to_inline_yaml(tree);
    BOOST_REQUIRE_MESSAGE(same(tree, parse_yaml(text, "x.yaml")), "seed " << seed << ":\n" << text);
    BOOST_REQUIRE_MESSAGE(same(tree, parse_yaml(line, "x.yaml")), "seed " << seed << ":\n" << line);
    BOOST_REQUIRE_MESSAGE(line.find('\n') == std::string::npos, "seed " << seed << ":\n" << line);
  }
}

BOOST_AUTO_TEST_SUITE_END()
