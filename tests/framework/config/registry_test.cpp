#include <infoplane/registry.hpp>

#include <boost/test/unit_test.hpp>

#include "support/support.hpp"

using namespace infoplane;
using namespace infoplane::testing;

namespace {

// A product that tells what it was made of.
using Sound = std::string(int times);

struct BellOptions {
  std::string tone = "ding";
  bool loud = false;
};
Fields fields(BellOptions& o) {
  return {field("tone", o.tone, "what it says"), field("loud", o.loud, "whether it shouts")};
}

struct HornOptions {
  std::int64_t length = 1;
};
Fields fields(HornOptions& o) { return {required(field("length", o.length, "of the tone", at_least(1)))}; }

Registry<Sound> sounds() {
  Registry<Sound> sounds("sound");
  sounds.add<BellOptions>(
      "small_bell",
      [](const BellOptions& o, int times) {
        std::string text;
        for (int i = 0; i < times; ++i) text += o.tone;
        return o.loud ? text + "!" : text;
      },
      "rings");
  sounds.add<HornOptions>(
      "horn", [](const HornOptions& o, int) { return std::string(static_cast<std::size_t>(o.length), 'o'); }, "blows");
  sounds.add<NoOptions>("silence", [](const NoOptions&, int) { return std::string(); }, "says nothing");
  return sounds;
}

struct Song {
  Choice<Sound> first;
  std::vector<Choice<Sound>> rest;
};
Fields fields(Song& song, const Registry<Sound>& registry) {
  return {choice("first", song.first, registry, "how it begins"), choices("rest", song.rest, registry, "how it ends")};
}

Song read(const std::string& text) {
  const Registry<Sound> registry = sounds();
  Song song;
  read_fields(parse_yaml(text, "x.yaml"), "", fields(song, registry));
  return song;
}

std::string refusal(const std::string& text) {
  return message_of<UsageError>([&] { read(text); });
}

}  // namespace

BOOST_AUTO_TEST_SUITE(registry)

BOOST_AUTO_TEST_CASE(a_registry_lists_its_entries_in_their_order) {
  const auto registry = sounds();
  BOOST_TEST(registry.kind() == "sound");
  BOOST_TEST((registry.names() == std::vector<std::string>{"small_bell", "horn", "silence"}));
  BOOST_TEST(registry.contains("horn"));
  BOOST_TEST(!registry.contains("drum"));
  BOOST_TEST(registry.doc("horn") == "blows");
}

BOOST_AUTO_TEST_CASE(a_short_form_takes_options_from_put) {
  Node root = parse_yaml("first: small_bell\nrest: [silence, small_bell]\n", "x.yaml");
  put(root, "first.tone", Node::of_scalar("dong"), {});
  put(root, "rest.1.loud", Node::of_scalar("true"), {});
  const Registry<Sound> registry = sounds();
  Song song;
  read_fields(root, "", fields(song, registry));
  BOOST_TEST(song.first(2) == "dongdong");
  BOOST_TEST(song.rest.at(1)(1) == "ding!");
  put(root, "first.pitch", Node::of_scalar("2"), {"command line"});
  BOOST_TEST(message_of<UsageError>([&] { read_fields(root, "", fields(song, registry)); }) ==
             "command line: unknown key 'first.pitch'; known: tone, loud");
}

BOOST_AUTO_TEST_CASE(all_mistakes_of_a_list_are_reported) {
  BOOST_TEST(refusal("first: drum\nrest: [horn, {type: small_bell, loud: 3}, {type: bell}]\n") ==
             "x.yaml:1:8: first: unknown sound 'drum'; known: small_bell, horn, silence; "
             "x.yaml:2:8: missing key 'rest[0].length'; "
             "x.yaml:2:39: rest[1].loud must be true or false, got 3; "
             "x.yaml:2:50: rest[2]: unknown sound 'bell'; known: small_bell, horn, silence");
}

BOOST_AUTO_TEST_CASE(a_key_of_an_entry_is_found) {
  BOOST_TEST(refusal("tone: dong\n") == "x.yaml:1:1: unknown key 'tone', did you mean 'first.tone'?");
}

BOOST_AUTO_TEST_CASE(an_unknown_name_is_refused) {
  const auto registry = sounds();
  BOOST_TEST(message_of<UsageError>([&] { registry.choose("smallbell"); }) ==
             "unknown sound 'smallbell', did you mean 'small_bell'?");
  BOOST_TEST(message_of<UsageError>([&] { registry.doc("drum"); }) ==
             "unknown sound 'drum'; known: small_bell, horn, silence");
}

BOOST_AUTO_TEST_CASE(a_chosen_entry_has_its_default_options) {
  const auto choice = sounds().choose("small_bell");
  BOOST_TEST(choice.type() == "small_bell");
  BOOST_TEST(choice.name() == "small_bell");
  BOOST_TEST(choice(2) == "dingding");
}

BOOST_AUTO_TEST_CASE(no_choice_is_false_and_has_no_fields) {
  const Choice<Sound> none;
  BOOST_TEST(!none);
  BOOST_TEST(none.fields().empty());
}

BOOST_AUTO_TEST_CASE(choices_share_nothing_with_their_copies_or_their_registry) {
  const auto registry = sounds();
  Choice<Sound> loud = registry.choose("small_bell");
  const Choice<Sound> copy = loud;
  read_fields(parse_yaml("loud: true\n", "x.yaml"), "", loud.fields());
  BOOST_TEST(loud(1) == "ding!");
  BOOST_TEST(copy(1) == "ding");
  BOOST_TEST(registry.choose("small_bell")(1) == "ding");
}

BOOST_AUTO_TEST_CASE(a_choice_is_a_name_or_a_map_with_options) {
  BOOST_TEST(read("first: small_bell\n").first(1) == "ding");
  BOOST_TEST(read("first: {type: small_bell}\n").first(1) == "ding");
  BOOST_TEST(read("first: {tone: dong, type: small_bell, loud: true}\n").first(1) == "dong!");
}

BOOST_AUTO_TEST_CASE(an_unknown_name_is_refused_where_it_stands) {
  BOOST_TEST(refusal("\nfirst: smallbell\n") ==
             "x.yaml:2:8: first: unknown sound 'smallbell', did you mean 'small_bell'?");
  BOOST_TEST(refusal("first:\n  type: drum\n") ==
             "x.yaml:2:9: first: unknown sound 'drum'; known: small_bell, horn, silence");
  BOOST_TEST(refusal("rest: [horns]\n") == "x.yaml:1:8: rest[0]: unknown sound 'horns', did you mean 'horn'?");
}

BOOST_AUTO_TEST_CASE(a_choice_without_type_is_refused) {
  BOOST_TEST(refusal("first: {tone: dong}\n") == "x.yaml:1:8: missing key 'first.type'");
  BOOST_TEST(refusal("first: {type: [horn]}\n") == "x.yaml:1:15: first.type must be a name, got [horn]");
  BOOST_TEST(refusal("first: [horn]\n") == "x.yaml:1:8: first must be a name or a map with its 'type', got [horn]");
  BOOST_TEST(refusal("first:\n") == "x.yaml:1:1: first must be a name or a map with its 'type', got nothing");
}

BOOST_AUTO_TEST_CASE(a_registry_may_have_another_key_than_type) {
  Registry<Sound> registry("sound", "sound");
  registry.add<HornOptions>("horn", [](const HornOptions& o, int) { return std::string(o.length, 'o'); }, "blows");
  Song song;
  const auto read_with = [&](const std::string& text) {
    read_fields(parse_yaml(text, "x.yaml"), "", fields(song, registry));
  };
  const std::string text = "{first: {sound: horn, length: 2}, rest: [{sound: horn, name: long, length: 9}]}";
  read_with(text);
  BOOST_TEST(song.rest.at(0)(1) == "ooooooooo");
  BOOST_TEST(to_inline_yaml(write_fields(fields(song, registry))) == text);
  const auto refused = [&](const std::string& yaml) { return message_of<UsageError>([&] { read_with(yaml); }); };
  BOOST_TEST(refused("first: {type: horn, length: 2}\n") == "x.yaml:1:8: missing key 'first.sound'");
  BOOST_TEST(refused("first: {sound: [horn]}\n") == "x.yaml:1:16: first.sound must be a name, got [horn]");
  BOOST_TEST(refused("first: [horn]\n") == "x.yaml:1:8: first must be a name or a map with its 'sound', got [horn]");
  BOOST_TEST(refused("first: {sound: horn, length: 2, type: horn}\n") ==
             "x.yaml:1:33: unknown key 'first.type'; known: length");
}

BOOST_AUTO_TEST_CASE(the_options_of_a_choice_are_checked) {
  BOOST_TEST(refusal("first: {type: small_bell, tune: x}\n") ==
             "x.yaml:1:27: unknown key 'first.tune', did you mean 'tone'?");
  BOOST_TEST(refusal("first: {type: horn, length: 0}\n") == "x.yaml:1:29: first.length must be at least 1, got 0");
  BOOST_TEST(refusal("first: {type: silence, tone: x}\n") ==
             "x.yaml:1:24: unknown key 'first.tone'; there are no known names");
  BOOST_TEST(refusal("rest: [{type: horn, length: x}]\n") ==
             "x.yaml:1:29: rest[0].length must be a whole number, got 'x'");
}

BOOST_AUTO_TEST_CASE(a_required_option_is_missing_where_the_choice_stands) {
  BOOST_TEST(refusal("first: horn\n") == "x.yaml:1:8: missing key 'first.length'");
  BOOST_TEST(refusal("first:\n  type: horn\n") == "x.yaml:2:3: missing key 'first.length'");
}

BOOST_AUTO_TEST_CASE(only_in_a_list_do_choices_bear_names) {
  const Song song = read("rest: [{type: small_bell, name: bell-1.a}, small_bell]\n");
  BOOST_TEST(song.rest.at(0).name() == "bell-1.a");
  BOOST_TEST(song.rest.at(0).type() == "small_bell");
  BOOST_TEST(song.rest.at(1).name() == "small_bell");
  BOOST_TEST(refusal("first: {type: small_bell, name: x}\n") ==
             "x.yaml:1:27: unknown key 'first.name'; known: tone, loud");
}

BOOST_AUTO_TEST_CASE(two_choices_of_one_name_are_refused) {
  BOOST_TEST(refusal("rest:\n  - silence\n  - silence\n") ==
             "x.yaml:3:5: rest[1]: a second sound named 'silence', give one of them another `name:`");
  BOOST_TEST(refusal("rest: [silence, {type: small_bell, name: silence}]\n") ==
             "x.yaml:1:42: rest[1]: a second sound named 'silence', give one of them another `name:`");
}

BOOST_AUTO_TEST_CASE(a_name_that_cannot_name_a_file_is_refused) {
  const std::string right = " must be 1 to 64 letters, digits, '_', '-' and '.', starting with a letter or digit, got ";
  for (const std::string name : {"../x", "-x", ".x", "a/b", "a b", "\u00fc", ""}) {
    BOOST_TEST(refusal("rest: [{type: silence, name: \"" + name + "\"}]\n") ==
               "x.yaml:1:30: rest[0].name" + right + "'" + name + "'");
  }
  BOOST_TEST(refusal("rest: [{type: silence, name: [x]}]\n") == "x.yaml:1:30: rest[0].name must be text, got [x]");
  BOOST_TEST(refusal("rest: [{type: silence, name: " + std::string(64, 'x') + "}]\n") == "");
  BOOST_TEST(refusal("rest: [{type: silence, name: " + std::string(65, 'x') + "}]\n") != "");
}

BOOST_AUTO_TEST_CASE(a_list_of_choices_must_be_a_list) {
  BOOST_TEST(refusal("rest: horn\n") == "x.yaml:1:7: rest must be a list, got 'horn'");
  BOOST_TEST(read("rest: []\n").rest.empty());
}

BOOST_AUTO_TEST_CASE(choices_are_written_as_they_can_be_read) {
  const auto registry = sounds();
  Song song = read(
      "first: silence\nrest: [{type: horn, length: 2}, {type: small_bell, name: bell}, {type: silence, name: "
      "\"7\"}]\n");
  const std::string written = to_inline_yaml(write_fields(fields(song, registry)));
  BOOST_TEST(written ==
             "{first: silence, rest: [{type: horn, length: 2}, {type: small_bell, name: bell, tone: ding, "
             "loud: false}, {type: silence, name: \"7\"}]}");
  Song again = read(written);
  BOOST_TEST(to_inline_yaml(write_fields(fields(again, registry))) == written);
}

BOOST_AUTO_TEST_CASE(choices_are_described_with_the_names_to_choose_from) {
  const auto registry = sounds();
  Song song;
  song.rest.push_back(registry.choose("silence"));
  BOOST_TEST(describe_fields(fields(song, registry)) ==
             "first  (one of small_bell, horn, silence)  how it begins\n"
             "rest   (list of (one of small_bell, horn, silence), default [silence])  how it ends\n");
}

BOOST_AUTO_TEST_SUITE_END()
