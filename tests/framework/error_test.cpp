#include <infoplane/error.hpp>

#include <boost/test/unit_test.hpp>
#include <ctime>

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

BOOST_AUTO_TEST_CASE(no_name_is_known) { BOOST_TEST(suggestion("x", {}) == "; none is known"); }

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

BOOST_AUTO_TEST_CASE(quotes_cut_a_long_text_between_its_characters) {
  BOOST_TEST(in_quotes(std::string(60, 'x')) == "'" + std::string(60, 'x') + "'");
  BOOST_TEST(in_quotes(std::string(61, 'x')) == "'" + std::string(60, 'x') + "'...");
  BOOST_TEST(in_quotes(std::string(59, 'x') + "\xc3\xbc") == "'" + std::string(59, 'x') + "'...");
}

BOOST_AUTO_TEST_SUITE_END()
