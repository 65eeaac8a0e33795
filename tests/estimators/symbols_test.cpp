#include <infoplane/estimators/symbols.hpp>

#include <map>
#include <random>

#include <boost/test/unit_test.hpp>

using namespace infoplane::estimators;

namespace {

// The referee: an ordered map of rows.
Symbols distinct_rows_by_map(const SymbolRows& rows) {
  std::map<std::vector<std::int32_t>, std::int32_t> ids;
  Symbols symbols;
  for (auto row = rows.symbols.begin(); row != rows.symbols.end(); row += rows.width) {
    const auto [entry, inserted] = ids.emplace(std::vector<std::int32_t>(row, row + rows.width), symbols.count);
    symbols.count += inserted ? 1 : 0;
    symbols.ids.push_back(entry->second);
  }
  return symbols;
}

void check_against_map(const SymbolRows& rows) {
  const Symbols symbols = distinct_rows(rows);
  const Symbols referee = distinct_rows_by_map(rows);
  BOOST_TEST(symbols.count == referee.count);
  BOOST_TEST(symbols.ids == referee.ids, boost::test_tools::per_element());
}

}  // namespace

BOOST_AUTO_TEST_SUITE(symbols)

BOOST_AUTO_TEST_CASE(ids_follow_the_first_occurrence) {
  const Symbols symbols = distinct_rows({{7, 7, 3, 0, 7, 7, 0, 3, 3, 0}, 2, 8});
  BOOST_TEST(symbols.ids == (std::vector<std::int32_t>{0, 1, 0, 2, 1}), boost::test_tools::per_element());
  BOOST_TEST(symbols.count == 3);
}

BOOST_AUTO_TEST_CASE(one_row_is_one_word) {
  const Symbols symbols = distinct_rows({{4}, 1, 5});
  BOOST_TEST(symbols.count == 1);
  BOOST_TEST(symbols.ids.size() == 1u);
}

BOOST_AUTO_TEST_CASE(an_alphabet_of_one_symbol_makes_one_word) {
  BOOST_TEST(distinct_rows({std::vector<std::int32_t>(300, 0), 100, 1}).count == 1);
}

BOOST_AUTO_TEST_CASE(rows_of_every_width_and_alphabet_agree_with_a_map) {
  std::mt19937 random(1);
  for (const std::int64_t alphabet : {2, 3, 50, 256, 257, 1 << 20}) {
    for (const std::int64_t width : {1, 2, 3, 10, 11, 31, 64, 65, 200}) {
      // Few distinct rows among many, by drawing them from a small pool.
      SymbolRows pool{{}, width, alphabet};
      for (std::int64_t i = 0; i < 40 * width; ++i) pool.symbols.push_back(random() % alphabet);
      SymbolRows rows{{}, width, alphabet};
      for (int i = 0; i < 500; ++i) {
        const auto row = pool.symbols.begin() + random() % 40 * width;
        rows.symbols.insert(rows.symbols.end(), row, row + width);
        rows.symbols[rows.symbols.size() - 1 - random() % width] = random() % alphabet;
      }
      BOOST_TEST_CONTEXT("width " << width << ", alphabet " << alphabet) { check_against_map(rows); }
    }
  }
}

BOOST_AUTO_TEST_CASE(rows_that_differ_in_one_symbol_differ) {
  for (const std::int64_t width : {5, 16, 17, 300}) {
    SymbolRows rows{std::vector<std::int32_t>(width * (width + 1), 0), width, 16};
    for (std::int64_t i = 0; i < width; ++i) rows.symbols[(i + 1) * width + i] = 15;
    BOOST_TEST(distinct_rows(rows).count == width + 1);
  }
}

BOOST_AUTO_TEST_SUITE_END()
