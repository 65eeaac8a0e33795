#include <infoplane/schema.hpp>

#include <limits>

#include <infoplane/registry.hpp>

#include "support/support.hpp"

using namespace infoplane;

namespace {

enum class Shape { round, square };
EnumNames<Shape> names(Shape) { return {{Shape::round, "round"}, {Shape::square, "square"}}; }

struct Inner {
  double most = std::numeric_limits<double>::infinity();
  bool exact = false;
};
Fields fields(Inner& o) { return {field("most", o.most, "an end"), field("exact", o.exact, "or not")}; }

struct Outer {
  std::string name;
  std::int64_t bins = 30;
  double rate = 0.5;
  std::vector<double> shares;
  Shape shape = Shape::round;
  Inner inner;
};
Fields fields(Outer& o) {
  return {required(field("name", o.name, "a name", file_name())),
          field("bins", o.bins, "a number", whole_between(1, 50)),
          field("rate", o.rate, "a rate", positive()),
          field("shares", o.shares, "some", each("some shares", above_at_most(0, 1), 2)),
          field("shape", o.shape, "a shape"),
          group("inner", o.inner, "more")};
}

struct Needy {
  std::int64_t size = 1;
};
Fields fields(Needy& o) { return {required(field("size", o.size, "how large", at_least(1)))}; }

std::string schema_of(Fields list, const std::string& key) {
  return to_inline_yaml(*schema_fields(list).find("properties")->find(key));
}

}  // namespace

BOOST_AUTO_TEST_SUITE(schema)

BOOST_AUTO_TEST_CASE(each_type_and_check_has_its_keywords) {
  Outer o;
  const Fields list = fields(o);
  BOOST_TEST(schema_of(list, "bins") ==
             "{description: \"a number\", type: \"integer\", minimum: 1, maximum: 50, default: 30}");
  BOOST_TEST(schema_of(list, "rate") ==
             "{description: \"a rate\", type: \"number\", exclusiveMinimum: 0, default: 0.5}");
  BOOST_TEST(schema_of(list, "shares") ==
             "{description: \"some\", type: \"array\", items: {type: \"number\", exclusiveMinimum: 0, maximum: 1}, "
             "minItems: 2, "
             "default: []}");
  BOOST_TEST(schema_of(list, "shape") == "{description: \"a shape\", enum: [\"round\", \"square\"], default: round}");
}

BOOST_AUTO_TEST_CASE(a_required_field_has_no_default_and_an_infinite_one_is_left_out) {
  Outer o;
  const Fields list = fields(o);
  BOOST_TEST(schema_of(list, "name") ==
             "{description: \"a name\", type: [\"string\", \"number\", \"boolean\"], pattern: "
             "\"^[A-Za-z0-9][A-Za-z0-9_.-]{0,63}$\"}");
  BOOST_TEST(schema_of(list, "inner") ==
             "{description: \"more\", type: \"object\", properties: {most: {description: \"an end\", type: "
             "\"number\"}, exact: "
             "{description: \"or not\", type: \"boolean\", default: false}}, additionalProperties: false}");
  const Node schema = schema_fields(list);
  BOOST_TEST(to_inline_yaml(*schema.find("required")) == "[\"name\"]");
  BOOST_TEST(schema.find("additionalProperties")->scalar == "false");
}

BOOST_AUTO_TEST_CASE(a_choice_is_a_name_or_a_map_of_its_options) {
  Registry<int()> registry("thing", "kind");
  registry.add<NoOptions>("plain", [](const NoOptions&) { return 1; }, "nothing to say");
  registry.add<Needy>("needy", [](const Needy&) { return 2; }, "wants a size");
  Choice<int()> one;
  BOOST_TEST(
      schema_of({choice("thing", one, registry, "which")}, "thing") ==
      "{description: \"which\", oneOf: [{const: \"plain\", description: \"nothing to say\"}, "
      "{title: \"plain\", description: \"nothing to say\", type: \"object\", properties: {kind: {const: \"plain\", "
      "description: \"nothing to say\"}}, additionalProperties: false, required: [\"kind\"]}, "
      "{title: \"needy\", description: \"wants a size\", type: \"object\", properties: {kind: {const: \"needy\", "
      "description: \"wants a size\"}, size: {description: \"how large\", type: \"integer\", minimum: 1}}, "
      "additionalProperties: false, required: [\"kind\", \"size\"]}]}");
}

BOOST_AUTO_TEST_CASE(a_choice_of_a_list_may_be_renamed) {
  Registry<int()> registry("thing");
  registry.add<NoOptions>("plain", [](const NoOptions&) { return 1; }, "nothing to say");
  std::vector<Choice<int()>> several;
  const Node schema = schema_fields({choices("things", several, registry, "which")});
  const Node& items = *schema.find("properties")->find("things")->find("items");
  BOOST_TEST(items.find("oneOf")->items[1].find("properties")->find("name")->find("pattern")->scalar ==
             "^[A-Za-z0-9][A-Za-z0-9_.-]{0,63}$");
}

BOOST_AUTO_TEST_CASE(maps_are_joined_and_other_keywords_replaced) {
  const Node number = Node::of_scalar("1"), other = Node::of_scalar("2");
  const Node joint = joined(keywords({{"a", keywords({{"b", number}})}, {"c", number}}),
                            keywords({{"a", keywords({{"d", other}})}, {"c", other}}));
  BOOST_TEST(to_inline_yaml(joint) == "{a: {b: 1, d: 2}, c: 2}");
}

BOOST_AUTO_TEST_SUITE_END()
