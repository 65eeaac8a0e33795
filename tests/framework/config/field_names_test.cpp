#include <infoplane/fields.hpp>

#include "support/support.hpp"

using namespace infoplane;
using namespace infoplane::testing;

namespace {

// Sets `keep` to 1 - x.
class Complement : public Binding {
 public:
  explicit Complement(double& keep) : keep_(keep) {}
  void read(const Node& node, const std::string& path) override { keep_ = 1 - Codec<double>::read(node, path); }
  Node write() const override { return Codec<double>::write(1 - keep_); }
  std::string type() const override { return "number"; }
  Node schema() const override { return Codec<double>::schema(); }

 private:
  double& keep_;
};

}  // namespace

BOOST_AUTO_TEST_SUITE(field_names)

BOOST_AUTO_TEST_CASE(another_form_of_a_field_is_read_and_described_but_not_written) {
  double keep = 1;
  const Fields both = {field("keep", keep, "kept"),
                       other_form({"zero", "zeroed", std::make_shared<Complement>(keep)}, "keep")};
  read_fields(parse_yaml("zero: 0.25", "x.yaml"), "", both);
  BOOST_TEST(keep == 0.75);
  BOOST_TEST(to_inline_yaml(write_fields(both)) == "{keep: 0.75}");
  BOOST_TEST(describe_fields(both) == "keep  (number, default 0.75)  kept\nzero  (number)                zeroed\n");
  BOOST_TEST(message_of<UsageError>([&] { read_fields(parse_yaml("keep: 1\nzero: 0", "x.yaml"), "", both); }) ==
             "x.yaml:2:1: 'zero' and 'keep' set the same option; give only one");
}

BOOST_AUTO_TEST_CASE(former_names_are_restored_for_digests) {
  std::int64_t neighbors = 3;
  const Node written = write_fields({alias(field("neighbors", neighbors, "how many"), "neighbours")});
  BOOST_TEST(to_inline_yaml(written) == "{neighbors: 3}");
  BOOST_TEST(to_inline_yaml(with_former_names(written)) == "{neighbours: 3}");
}

BOOST_AUTO_TEST_CASE(documentation_beyond_column_120_is_on_lines_below) {
  std::int64_t steps = 3;
  std::vector<std::int64_t> units;
  const std::string words =
      "documentation of a length for which a line of the terminal has room only below the name of the key";
  const Fields all = {field("steps", steps, words, whole_between(1, 9)), field("units", units, words + " and " + words),
                      field("seed", steps, "short")};
  BOOST_TEST(describe_fields(all, 2) == "  steps  (whole number, from 1 to 9, default 3)\n      " + words +
                                            "\n  units  (list of (whole number), default [])\n      " + words +
                                            " and\n      " + words +
                                            "\n  seed   (whole number, default 3)               short\n");
}

BOOST_AUTO_TEST_SUITE_END()
