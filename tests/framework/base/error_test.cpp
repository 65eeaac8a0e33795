#include <infoplane/error.hpp>

#include <ctime>

#include <boost/test/unit_test.hpp>

using namespace infoplane;

BOOST_AUTO_TEST_SUITE(error)

BOOST_AUTO_TEST_CASE(a_usage_error_is_an_error_with_its_text) {
  const UsageError error("x.yaml: no such file");
  const Error& base = error;
  BOOST_TEST(base.what() == std::string("x.yaml: no such file"));
}

BOOST_AUTO_TEST_CASE(the_nearest_name_is_suggested) {
  BOOST_TEST(suggestion("lerning_rate", {"epochs", "learning_rate"}) == ", did you mean 'learning_rate'?");
  BOOST_TEST(suggestion("tahn", {"relu", "tanh"}) == ", did you mean 'tanh'?");
}

BOOST_AUTO_TEST_CASE(case_does_not_count_in_the_distance) {
  BOOST_TEST(suggestion("ReLU", {"tanh", "relu"}) == ", did you mean 'relu'?");
  BOOST_TEST(nearest("ADAPTIVE_BINNING", {"binning", "adaptive_binning"}) == "adaptive_binning");
}

BOOST_AUTO_TEST_CASE(the_known_names_are_listed_in_their_order_when_none_is_near) {
  BOOST_TEST(suggestion("mnist", {"twelve_bit", "one_layer", "iris"}) == "; known: twelve_bit, one_layer, iris");
}

BOOST_AUTO_TEST_CASE(no_name_is_known) { BOOST_TEST(suggestion("x", {}) == "; there are no known names"); }

BOOST_AUTO_TEST_CASE(a_name_is_near_up_to_two_edits) {
  BOOST_TEST(nearest("bining", {"binning"}) == "binning");
  BOOST_TEST(nearest("binnnning", {"binning"}) == "binning");
  BOOST_TEST(nearest("binnnnning", {"binning"}) == "");
}

BOOST_AUTO_TEST_CASE(a_long_name_is_near_up_to_a_third_of_its_length) {
  BOOST_TEST(nearest("kernel_dens", {"kernel_density"}) == "kernel_density");
  BOOST_TEST(nearest("rnel_dens_ty", {"kernel_density"}) == "kernel_density");
  BOOST_TEST(nearest("rnel_dexxty", {"kernel_density"}) == "");
}

BOOST_AUTO_TEST_CASE(a_name_of_which_no_letter_fits_is_not_near) {
  BOOST_TEST(nearest("mi", {"lr", "x"}) == "");
  BOOST_TEST(nearest("ab", {"a"}) == "");
}

BOOST_AUTO_TEST_CASE(the_first_of_equally_near_names_is_suggested) {
  BOOST_TEST(nearest("bit", {"bin", "bid"}) == "bin");
  BOOST_TEST(nearest("bid", {"bin", "bid"}) == "bid");
}

BOOST_AUTO_TEST_CASE(a_huge_name_costs_nothing) {
  const std::string huge(50'000'000, 'x');
  const std::clock_t start = std::clock();
  BOOST_TEST(nearest(huge, {"binning"}) == "");
  BOOST_TEST(std::clock() - start < CLOCKS_PER_SEC / 10);  // to measure the distance would take ten times that
}

BOOST_AUTO_TEST_CASE(quotes_keep_a_text_on_one_line) {
  BOOST_TEST(in_quotes("tanh") == "'tanh'");
  BOOST_TEST(in_quotes("") == "''");
  BOOST_TEST(in_quotes("a\nb\x1b[31m\x7f") == "'a\\x0ab\\x1b[31m\\x7f'");
}

BOOST_AUTO_TEST_CASE(invisible_characters_and_those_that_change_the_text_around_them_are_escaped) {
  for (int byte = 0; byte < 0x80; ++byte) {
    const std::string text = std::string("a") + static_cast<char>(byte);
    const bool is_seen = byte >= 0x20 && byte != 0x7F;
    BOOST_TEST((printable(text) == text) == is_seen, byte);
    BOOST_TEST((printable(text + "\xC3\xA9") == text + "\xC3\xA9") == is_seen, byte);
  }
  BOOST_TEST(printable("\xC2\x80 \xC2\x9F") == "\\u0080 \\u009f");
  BOOST_TEST(printable("\xEF\xBB\xBF"
                       "0.1") == "\\ufeff0.1");
  BOOST_TEST(printable("\xF3\xA0\x81\x81") == "\\U000e0041");  // a tag
  BOOST_TEST(printable("\xEF\xBF\xBE") == "\\ufffe");
  BOOST_TEST(printable("\xC2\xA0") == "\xC2\xA0");
  // U+00AD; U+061C; U+200B to U+200F; U+2028 to U+202E; U+2060 to U+206F; U+FE00, U+FE0F; U+FEFF; U+FFFE, U+FFFF: the
  // first, the last and their neighbors.
  for (const char* hidden : {"\xC2\xAD", "\xD8\x9C", "\xE2\x80\x8B", "\xE2\x80\x8D", "\xE2\x80\x8F", "\xE2\x80\xA8",
                             "\xE2\x80\xAE", "\xE2\x81\xA0", "\xE2\x81\xA6", "\xE2\x81\xAF", "\xEF\xB8\x80",
                             "\xEF\xB8\x8F", "\xEF\xBB\xBF", "\xEF\xBF\xBE", "\xEF\xBF\xBF"}) {
    const std::string told = printable(std::string("a") + hidden + "b");
    BOOST_TEST(told.rfind("a\\u", 0) == 0u, told);
    BOOST_TEST(told.find(hidden) == std::string::npos, told);
  }
  for (const char* seen :
       {"\xC2\xAC", "\xC2\xAE", "\xD8\x9B", "\xD8\x9D", "\xE2\x80\x8A", "\xE2\x80\x90", "\xE2\x80\xA7", "\xE2\x80\xAF",
        "\xE2\x81\x9F", "\xE2\x81\xB0", "\xEF\xB8\x90", "\xEF\xBB\xBE", "\xEF\xBF\xBD", "\xF0\x9F\x99\x82"}) {
    BOOST_TEST(printable(seen) == seen);
  }
  BOOST_TEST(printable("a\xFF\xC3") == "a\\xff\\xc3");
}

BOOST_AUTO_TEST_CASE(quotes_cut_a_long_text_between_its_characters) {
  BOOST_TEST(in_quotes(std::string(60, 'x')) == "'" + std::string(60, 'x') + "'");
  BOOST_TEST(in_quotes(std::string(61, 'x')) == "'" + std::string(60, 'x') + "'...");
  BOOST_TEST(in_quotes(std::string(59, 'x') + "\xc3\xbc") == "'" + std::string(59, 'x') + "'...");
}

BOOST_AUTO_TEST_SUITE_END()
