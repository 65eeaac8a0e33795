#include <infoplane/estimators/entropy.hpp>

#include <algorithm>
#include <cmath>
#include <map>
#include <random>

#include <boost/test/unit_test.hpp>

using namespace infoplane::estimators;
using Counts = std::vector<std::int32_t>;

namespace {

// Sums of at most some thousand terms of order 1.
const auto near = boost::test_tools::tolerance(1e-12);

Symbols random_words(std::size_t n, std::int32_t count, std::uint32_t seed) {
  std::mt19937 random(seed);
  Symbols symbols{{}, count};
  for (std::size_t i = 0; i < n; ++i) symbols.ids.push_back(std::min(random() % count, random() % count));
  return symbols;
}

// The referees: the definitions, term by term.
double entropy_by_definition(const std::map<std::int32_t, double>& counts, double n) {
  double entropy = 0;
  for (const auto& [symbol, count] : counts) entropy -= count / n * std::log2(count / n);
  return entropy;
}

double mutual_information_by_definition(const Symbols& symbols, const Symbols& given) {
  const double n = static_cast<double>(symbols.ids.size());
  std::map<std::int32_t, double> w;
  std::map<std::int32_t, double> g;
  std::map<std::int32_t, double> both;
  for (std::size_t i = 0; i < symbols.ids.size(); ++i) {
    ++w[symbols.ids[i]];
    ++g[given.ids[i]];
    ++both[symbols.ids[i] * given.count + given.ids[i]];
  }
  return entropy_by_definition(w, n) + entropy_by_definition(g, n) - entropy_by_definition(both, n);
}

}  // namespace

BOOST_AUTO_TEST_SUITE(entropy)

BOOST_AUTO_TEST_CASE(even_counts_give_the_logarithm_of_their_number) {
  BOOST_TEST(entropy_bits(Counts{3, 3, 3, 3}) == 2.0, near);
  BOOST_TEST(entropy_bits(Counts(1000, 1)) == std::log2(1000.0), near);
}

BOOST_AUTO_TEST_CASE(one_word_and_no_sample_give_exactly_zero) {
  for (const auto correction : {Correction::none, Correction::miller_madow, Correction::chao_shen}) {
    BOOST_TEST(entropy_bits(Counts{}, correction) == 0.0);
    BOOST_TEST(entropy_bits(Counts{0, 0}, correction) == 0.0);
    BOOST_TEST(entropy_bits(Counts{0, 12345, 0}, correction) == 0.0);
    BOOST_TEST(entropy_bits(Counts{1}, correction) == 0.0);
  }
}

BOOST_AUTO_TEST_CASE(uneven_counts_give_the_binary_entropy) {
  BOOST_TEST(entropy_bits(Counts{1, 0, 3}) == 2 - 0.75 * std::log2(3.0), near);
}

BOOST_AUTO_TEST_CASE(miller_madow_adds_half_a_nat_per_further_word_and_sample) {
  BOOST_TEST(entropy_bits(Counts{2, 0, 2, 4}, Correction::miller_madow) == 1.5 + 2 / (16 * std::log(2.0)), near);
}

BOOST_AUTO_TEST_CASE(chao_shen_follows_its_formula) {
  // 8 samples, two symbols seen once: C = 3/4, q = 3/32, 3/32, 9/16.
  double expected = 0;
  for (const double q : {3.0 / 32, 3.0 / 32, 9.0 / 16}) expected -= q * std::log2(q) / (1 - std::pow(1 - q, 8));
  BOOST_TEST(entropy_bits(Counts{1, 6, 1}, Correction::chao_shen) == expected, near);
  // Every symbol once: C = 1/4, q = 1/16.
  const double once = -4.0 / 16 * std::log2(1.0 / 16) / (1 - std::pow(15.0 / 16, 4));
  BOOST_TEST(entropy_bits(Counts{1, 1, 1, 1}, Correction::chao_shen) == once, near);
}

BOOST_AUTO_TEST_CASE(corrections_come_nearer_to_the_source_than_plug_in) {
  // 200 even symbols, 300 samples: plug-in must fall short of log2 200 by far more than its standard deviation.
  const double source = std::log2(200.0);
  std::mt19937 random(5);
  Symbols symbols{{}, 200};
  for (int i = 0; i < 300; ++i) symbols.ids.push_back(random() % 200);
  const double plug_in = source - entropy_bits(symbols);
  BOOST_TEST(plug_in > 0.4);
  BOOST_TEST(std::abs(source - entropy_bits(symbols, Correction::miller_madow)) < plug_in / 2);
  BOOST_TEST(std::abs(source - entropy_bits(symbols, Correction::chao_shen)) < plug_in / 2);
}

BOOST_AUTO_TEST_CASE(no_order_of_counts_changes_a_bit) {
  Counts counts = symbol_counts(random_words(5000, 700, 1));
  const double before = entropy_bits(counts);
  std::shuffle(counts.begin(), counts.end(), std::mt19937(2));
  BOOST_TEST(entropy_bits(counts) == before);
}

BOOST_AUTO_TEST_CASE(joint_counts_list_the_words_beside_each_value) {
  const JointCounts joint = joint_counts({{0, 1, 0, 2, 0, 1}, 3}, {{2, 0, 2, 2, 0, 0}, 4});
  // Value 0: symbols 1, 0, 1; value 1: none; value 2: symbols 0, 0, 2; value 3: none.
  BOOST_TEST(joint.counts == (Counts{2, 1, 2, 1}), boost::test_tools::per_element());
  BOOST_TEST(joint.start == (std::vector<std::int64_t>{0, 2, 2, 4, 4}), boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(a_variable_tells_all_of_itself_and_nothing_of_a_constant) {
  const Symbols symbols = random_words(1000, 37, 3);
  const Symbols constant{std::vector<std::int32_t>(1000, 0), 1};
  BOOST_TEST(conditional_entropy_bits(symbols, symbols) == 0.0);
  BOOST_TEST(mutual_information_bits(symbols, symbols) == entropy_bits(symbols));
  BOOST_TEST(mutual_information_bits(symbols, constant) == 0.0);
  BOOST_TEST(mutual_information_bits(constant, symbols) == 0.0);
}

BOOST_AUTO_TEST_CASE(the_binary_symmetric_channel_gives_one_minus_the_entropy_of_its_error) {
  // 800 even bits, one in eight turned.
  Symbols sent{{}, 2};
  Symbols received{{}, 2};
  for (int i = 0; i < 800; ++i) {
    sent.ids.push_back(i % 2);
    received.ids.push_back(i / 2 % 8 == 0 ? 1 - i % 2 : i % 2);
  }
  BOOST_TEST(mutual_information_bits(received, sent) == 1 - (0.125 * 3 + 0.875 * std::log2(8.0 / 7)), near);
}

BOOST_AUTO_TEST_CASE(mutual_information_agrees_with_its_definition_and_is_symmetric) {
  for (const std::int32_t values : {1, 2, 10, 900}) {
    const Symbols symbols = random_words(3000, 400, 11);
    Symbols given = random_words(3000, values, 12);
    for (std::size_t i = 0; i < 1500; ++i) given.ids[i] = symbols.ids[i] % values;
    const double information = mutual_information_bits(symbols, given);
    // The referee subtracts sums of 3000 terms; their rounding leaves 1e-12 of about 10 bits.
    BOOST_TEST(std::abs(information - mutual_information_by_definition(symbols, given)) < 1e-11);
    BOOST_TEST(std::abs(information - mutual_information_bits(given, symbols)) < 1e-11);
  }
}

BOOST_AUTO_TEST_SUITE_END()
