#include <infoplane/gnuplot_script.hpp>

#include <cstdlib>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include <boost/test/unit_test.hpp>

#include <infoplane/error.hpp>
#include <infoplane/figure.hpp>

#include "support/picture.hpp"
#include "support/support.hpp"

using namespace infoplane;
using namespace infoplane::testing;
namespace fs = std::filesystem;

namespace {

template <class Text, class = void>
struct FillsAPlace : std::false_type {};
template <class Text>
struct FillsAPlace<Text, std::void_t<decltype(gnuplot("set title {}\n", std::declval<Text>()))>> : std::true_type {};

// A text that is no literal of the source becomes no script, nor a part of one.
static_assert(!std::is_constructible_v<GnuplotScript, std::string>);
static_assert(!std::is_constructible_v<GnuplotScript, const char*>);
static_assert(!std::is_constructible_v<GnuplotScript, char (&)[8]>);
static_assert(!std::is_assignable_v<GnuplotScript&, std::string>);
static_assert(std::is_same_v<decltype(Plot::script), GnuplotScript>);
static_assert(!FillsAPlace<std::string>::value);
static_assert(!FillsAPlace<const char*>::value);
static_assert(!FillsAPlace<char (&)[8]>::value);
static_assert(!FillsAPlace<char>::value);
static_assert(FillsAPlace<GnuplotScript>::value && FillsAPlace<double>::value && FillsAPlace<std::size_t>::value);

// What a script could take for a command, a macro, markup or the end of a text.
const std::vector<std::string> kTexts = {"'; system('touch $TRAP'); #",
                                         "''' . system('touch $TRAP') . '",
                                         "x'' . system('touch $TRAP') . ''",
                                         "x''; system(\"touch $TRAP\"); y''''",
                                         "`touch $TRAP`",
                                         "\"`touch $TRAP`\"",
                                         "it's'.system('touch $TRAP').'",
                                         "$(touch $TRAP)",
                                         "@x",
                                         "} } { [ ( ; # !touch $TRAP",
                                         "a_b^{c} &{d} ~e{.5f} {/:Italic g} @{h}",
                                         "\\",
                                         "\\n\\047.system('touch $TRAP').\\047",
                                         "a\nset output 'x'\nsystem('touch $TRAP')",
                                         "\xE2\x80\xAE b \x1b[31m"};

}  // namespace

BOOST_AUTO_TEST_SUITE(gnuplot_script)

BOOST_AUTO_TEST_CASE(places_are_filled_as_by_fmt) {
  BOOST_TEST(gnuplot("set xrange [{:.6g}:{}]\n", 1.0 / 3, 7).text() == "set xrange [0.333333:7]\n");
  BOOST_TEST(gnuplot("{1} {0:.{2}f} {{}}", 1.5, GnuplotScript("plot") + " x", 2).text() == "plot x 1.50 {}");
}

BOOST_AUTO_TEST_CASE(a_text_stands_in_quotes) {
  BOOST_TEST(gnuplot_quoted("`date` \"\xC3\xA9\" \\").text() == "'`date` \"\xC3\xA9\" \\'");
  BOOST_TEST(gnuplot_quoted("it's `a` \"b\" \\c @d $e").text() ==
             "\"it\\047s \\140a\\140 \\042b\\042 \\134c \\100d \\044e\"");
  BOOST_TEST(gnuplot_quoted("").text() == "''");
  BOOST_TEST(gnuplot_text("L_1").text() == "'L_1' noenhanced");
  BOOST_TEST(gnuplot_escaped("L_1").text() == "'L\\_1'");
}

BOOST_AUTO_TEST_CASE(a_text_holds_only_what_is_seen_and_xml_can) {
  BOOST_TEST(gnuplot_quoted("a\n\x1b\x7F\xFFz\xEF\xBF\xBE \xC3\xA9\xC3").text() ==
             "'a\\x0a\\x1b\\x7f\\xffz\\ufffe \xC3\xA9\\xc3'");
}

BOOST_AUTO_TEST_CASE(no_text_runs_a_command_and_each_is_shown_as_it_is) {
  const TemporaryFolder out;
  const fs::path trap = out.path() / "trap";
  setenv("TRAP", trap.c_str(), 1);
  for (const std::string& text : kTexts) {
    const GnuplotScript escaped = gnuplot_escaped("escaped " + text);
    const GnuplotScript alone = gnuplot_text(text), quoted = gnuplot_text("quoted " + text);
    draw({gnuplot("set title {}\nset label {} at 1, 1 center font ',7'\nset xtics ({} 1)\n", alone, quoted, escaped) +
              gnuplot("plot data using 1:2 with lines title {}, keyentry with points title {}\n", alone, alone),
          "0 1\n1 2\n"},
         out.path() / "figures", "picture");
    BOOST_TEST(!fs::exists(trap), text);
    const std::string drawn = text_of_svg(out.path() / "figures" / "picture.svg");
    for (const char* how : {"quoted ", "escaped "}) {
      BOOST_TEST(drawn.find(how + printable(text)) != std::string::npos, how + printable(text));
    }
  }
}

BOOST_AUTO_TEST_SUITE_END()
