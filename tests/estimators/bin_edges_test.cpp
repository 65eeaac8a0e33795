#include <infoplane/estimators/bin_edges.hpp>

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <random>

#include <ATen/CPUGeneratorImpl.h>
#include <boost/test/unit_test.hpp>

#include <infoplane/error.hpp>

#include "support/support.hpp"

using namespace infoplane;
using namespace infoplane::estimators;
using infoplane::testing::message_of;

namespace {

const std::vector<double> kTen = {0.1, 0.2, 0.35, 0.35, 0.7, 0.9, 1.4, 2.2, 2.2, 5.0};

torch::Tensor tensor_of(const std::vector<double>& values) { return torch::tensor(values, torch::kFloat64); }

// A skewed sample of 1000 numbers in [0, 1).
torch::Tensor skewed() {
  const torch::Tensor turns = torch::arange(1000, torch::kFloat64) * 0.61803398875;
  return (turns - turns.floor()).pow(3);
}

std::vector<std::int32_t> indices_of(const BinEdges& edges, const torch::Tensor& values) {
  std::vector<std::int32_t> symbols;
  edges.indices(values, symbols);
  return symbols;
}

// The referee: a search among the listed edges.
std::vector<std::int32_t> indices_by_search(const std::vector<double>& edges, const torch::Tensor& values) {
  const torch::Tensor scalars = values.to(torch::kFloat64).contiguous().flatten();
  std::vector<std::int32_t> symbols;
  for (std::int64_t i = 0; i < scalars.numel(); ++i) {
    const double x = scalars[i].item<double>();
    const auto bin = std::upper_bound(edges.begin(), edges.end(), x) - edges.begin() - 1;
    symbols.push_back(static_cast<std::int32_t>(std::clamp<std::ptrdiff_t>(bin, 0, edges.size() - 2)));
  }
  return symbols;
}

// Every edge, its neighbors among the numbers, and values between and beyond.
torch::Tensor trying_values(const std::vector<double>& edges) {
  std::vector<double> values;
  std::mt19937_64 random(3);
  std::uniform_real_distribution<double> anywhere(edges.front() - 0.1, edges.back() + 0.1);
  for (const double edge : edges) {
    values.insert(values.end(), {edge, std::nextafter(edge, -1e9), std::nextafter(edge, 1e9), anywhere(random)});
  }
  return tensor_of(values);
}

}  // namespace

BOOST_AUTO_TEST_SUITE(bin_edges_)

BOOST_AUTO_TEST_CASE(uniform_edges_are_numpys_to_the_bit) {
  // numpy.histogram_bin_edges([], 50, (-1, 1)) and ([], 30, (0, 6.66485929)).
  const std::vector<double> tanh = BinEdges({-1, 1}, 50).edges();
  BOOST_TEST(tanh.size() == 51u);
  BOOST_TEST(tanh[1] == -0x1.eb851eb851eb8p-1);
  BOOST_TEST(tanh[7] == -0x1.70a3d70a3d70ap-1);
  BOOST_TEST(tanh[23] == -0x1.47ae147ae1478p-4);
  BOOST_TEST(tanh[25] == 0x0.0p+0);
  BOOST_TEST(tanh[29] == 0x1.47ae147ae1478p-3);
  BOOST_TEST(tanh[49] == 0x1.eb851eb851eb8p-1);
  const std::vector<double> relu = BinEdges({0, 6.66485929}, 30).edges();
  BOOST_TEST(relu[1] == 0x1.c6fcdbb621927p-3);
  BOOST_TEST(relu[7] == 0x1.8e1d403f5d602p+0);
  BOOST_TEST(relu[23] == 0x1.4705bdeae8214p+2);
  BOOST_TEST(relu[29] == 0x1.9c55271d0e6cbp+2);
  BOOST_TEST(tanh.back() == 1.0);
  BOOST_TEST(relu.back() == 6.66485929);
}

BOOST_AUTO_TEST_CASE(a_value_on_an_edge_goes_up_and_the_maximum_into_the_last_bin) {
  const BinEdges edges({0, 4}, 4);
  BOOST_TEST(indices_of(edges, tensor_of({0, 1, 2, 3, 4})) == (std::vector<std::int32_t>{0, 1, 2, 3, 3}),
             boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(values_outside_go_to_the_nearest_bin_and_are_counted) {
  std::vector<std::int32_t> symbols;
  BOOST_TEST(BinEdges({0, 4}, 4).indices(tensor_of({-1e300, -0.1, 0, 4, 4.1, 1e300, 2}), symbols) == 4);
  BOOST_TEST(symbols == (std::vector<std::int32_t>{0, 0, 0, 3, 3, 3, 2}), boost::test_tools::per_element());
  BOOST_TEST(BinEdges(std::vector<double>{0, 1, 4}).indices(tensor_of({-0.1, 0, 0.5, 1, 4, 4.1}), symbols) == 2);
  BOOST_TEST(symbols == (std::vector<std::int32_t>{0, 0, 0, 1, 1, 1}), boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(indices_agree_with_a_search_among_the_edges) {
  const std::vector<Range> ranges = {{-1, 1}, {0, 1}, {0, 6.66485929}, {-0.1, 0.7}, {1e6, 1e6 + 1}, {-1e-9, 3e-9}};
  for (const Range& range : ranges) {
    for (const std::int64_t bins : {1, 2, 3, 7, 30, 49, 50, 100, 1000}) {
      const BinEdges edges(range, bins);
      const torch::Tensor values = trying_values(edges.edges());
      BOOST_TEST_CONTEXT(bins << " bins in [" << range.low << ", " << range.high << "]") {
        BOOST_TEST(indices_of(edges, values) == indices_by_search(edges.edges(), values),
                   boost::test_tools::per_element());
        const torch::Tensor floats = values.to(torch::kFloat32);
        BOOST_TEST(indices_of(edges, floats) == indices_by_search(edges.edges(), floats),
                   boost::test_tools::per_element());
      }
    }
  }
}

BOOST_AUTO_TEST_CASE(a_transposed_view_is_read_row_by_row) {
  const torch::Tensor view = tensor_of({0, 1, 2, 3, 4, 5}).reshape({2, 3}).t();
  BOOST_TEST(indices_of(BinEdges({0, 6}, 6), view) == (std::vector<std::int32_t>{0, 3, 1, 4, 2, 5}),
             boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(a_range_of_no_extent_grows_by_a_half_on_both_sides) {
  const BinEdges edges({2, 2}, 2);
  BOOST_TEST(edges.edges() == (std::vector<double>{1.5, 2, 2.5}), boost::test_tools::per_element());
  BOOST_TEST(indices_of(edges, tensor_of({2, 2})) == (std::vector<std::int32_t>{1, 1}),
             boost::test_tools::per_element());
  BOOST_TEST(BinEdges(std::vector<double>{2, 2}).edges() == (std::vector<double>{1.5, 2.5}),
             boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(huge_and_tiny_ranges_keep_indices_inside) {
  for (const Range& range : {Range{-8e307, 8e307}, Range{0, 5e-324}, Range{1e300, 1e300}, Range{1, 1 + 2.3e-16}}) {
    for (const std::int32_t bin : indices_of(BinEdges(range, 50), tensor_of({range.low, range.high, 0}))) {
      BOOST_TEST(bin >= 0);
      BOOST_TEST(bin < 50);
    }
  }
  BOOST_TEST(message_of<Error>([] { BinEdges({-1e308, 1e308}, 50); }) ==
             "bins cannot span [-1e+308, 1e+308]: the range is wider than the largest number");
}

BOOST_AUTO_TEST_CASE(adaptive_rules_want_as_many_bins_as_numpy) {
  // len(numpy.histogram_bin_edges(values, rule, range)) - 1
  const auto bins = [](BinRule rule, const torch::Tensor& values, Range range) {
    return bin_edges(rule, 0, values, range).bins();
  };
  BOOST_TEST(bins(BinRule::scott, tensor_of(kTen), {0.1, 5}) == 3);
  BOOST_TEST(bins(BinRule::scott, tensor_of(kTen), {0, 2}) == 3);
  BOOST_TEST(bins(BinRule::scott, skewed(), extent(skewed())) == 11);
  BOOST_TEST(bins(BinRule::scott, skewed(), {0.2, 0.9}) == 8);
  BOOST_TEST(bins(BinRule::sturges, tensor_of(kTen), {0.1, 5}) == 5);
  BOOST_TEST(bins(BinRule::sturges, tensor_of(kTen), {0, 2}) == 6);
  BOOST_TEST(bins(BinRule::sturges, skewed(), extent(skewed())) == 11);
  BOOST_TEST(bins(BinRule::sturges, skewed(), {0.2, 0.9}) == 10);
  BOOST_TEST(bins(BinRule::doane, tensor_of(kTen), {0.1, 5}) == 7);
  BOOST_TEST(bins(BinRule::doane, tensor_of(kTen), {0, 2}) == 8);
  BOOST_TEST(bins(BinRule::doane, skewed(), extent(skewed())) == 15);
  BOOST_TEST(bins(BinRule::doane, skewed(), {0.2, 0.9}) == 12);
}

BOOST_AUTO_TEST_CASE(adaptive_rules_give_one_bin_to_a_constant) {
  for (const auto rule : {BinRule::scott, BinRule::sturges, BinRule::doane}) {
    BOOST_TEST(bin_edges(rule, 0, tensor_of({3, 3, 3, 3}), {3, 3}).bins() == 1);
    BOOST_TEST(bin_edges(rule, 0, tensor_of({3}), {3, 3}).bins() == 1);
    BOOST_TEST(bin_edges(rule, 0, tensor_of({3}), {5, 6}).bins() == 1);
    // Their deviation is 1e-17 by rounding.
    BOOST_TEST(bin_edges(rule, 0, torch::full({180}, 0.3, torch::kFloat64), {0.3, 0.3}).bins() == 1);
  }
}

BOOST_AUTO_TEST_CASE(quantile_edges_are_numpys_and_equal_ones_are_one) {
  // numpy.quantile(ten, [0, 1/4, 1/2, 3/4, 1])
  BOOST_TEST(
      bin_edges(BinRule::quantile, 4, tensor_of(kTen), {0.1, 5}).edges() == (std::vector<double>{0.1, 0.35, 0.8, 2, 5}),
      boost::test_tools::per_element());
  BOOST_TEST(bin_edges(BinRule::quantile, 4, tensor_of({0, 0, 0, 0, 0, 0, 1, 2}), {0, 2}).edges() ==
                 (std::vector<double>{0, 0.25, 2}),
             boost::test_tools::per_element());
}

// The partition of the values, by their order: the number of values in each occupied bin.
std::vector<std::int64_t> quantile_shares(const std::vector<double>& values, std::int64_t bins) {
  const torch::Tensor pooled = tensor_of(values);
  std::map<std::int32_t, std::int64_t> counts;
  for (const std::int32_t bin : indices_of(bin_edges(BinRule::quantile, bins, pooled, extent(pooled)), pooled)) {
    ++counts[bin];
  }
  std::vector<std::int64_t> shares;
  for (const auto& [bin, count] : counts) shares.push_back(count);
  return shares;
}

BOOST_AUTO_TEST_CASE(a_repeated_value_that_fills_a_quantile_has_its_own_bin) {
  using Shares = std::vector<std::int64_t>;
  const auto expect = [](const std::vector<double>& values, std::int64_t bins, const Shares& shares) {
    BOOST_TEST(quantile_shares(values, bins) == shares, boost::test_tools::per_element());
  };
  const std::vector<double> lower{-1, -1, -1, -1, -1, -1, -1, 1, 1, 1};
  for (const std::int64_t bins : {2, 3, 10, 50}) expect(lower, bins, {7, 3});
  expect({0, 0, 0, 0, 1, 2, 3, 4}, 2, {4, 4});              // a ReLU layer with half its values at 0
  expect({0, 0, 0, 0, 0, 1, 2, 3, 4, 5, 6}, 3, {5, 2, 4});  // and 6 values for two bins
  expect({-2, -1, 0, 0, 0, 0, 1, 2}, 2, {2, 4, 2});         // in the middle: an edge on both sides
  expect({1, 2, 2, 3, 4, 5, 6, 7}, 4, {1, 2, 1, 2, 2});     // the copies of 2 fill one of four
  expect({1, 2, 3, 4, 5}, 2, {2, 1, 2});                    // nothing tells on which side the median belongs
}

BOOST_AUTO_TEST_CASE(quantile_bins_are_mirrored_by_a_change_of_sign) {
  std::mt19937_64 random(5);
  for (int trial = 0; trial < 400; ++trial) {
    std::vector<double> values(1 + random() % 40), negative;
    const std::int64_t distinct = 1 + random() % 30;
    for (double& value : values) {
      value = static_cast<double>(random() % distinct);
      if (trial % 4 == 0) value += static_cast<double>(random() >> 11) * 0x1p-53;
      negative.push_back(-value);
    }
    const std::int64_t bins = 1 + random() % 12;
    std::vector<std::int64_t> mirrored = quantile_shares(negative, bins);
    std::reverse(mirrored.begin(), mirrored.end());
    BOOST_TEST(quantile_shares(values, bins) == mirrored, boost::test_tools::per_element());
  }
}

BOOST_AUTO_TEST_CASE(bins_of_the_narrowest_ranges_are_those_of_the_values_magnified) {
  const torch::Tensor values = torch::rand({500}, at::detail::createCPUGenerator(3), torch::kFloat64) - 0.3;
  const auto of = [](const torch::Tensor& scalars, BinRule rule) {
    return indices_of(bin_edges(rule, 50, scalars, extent(scalars)), scalars);
  };
  for (const BinRule rule : {BinRule::uniform, BinRule::scott, BinRule::sturges, BinRule::doane, BinRule::quantile}) {
    // 2^-1020: 1e-307, below which doubles lose digits.
    const torch::Tensor narrow = values * 0x1p-1000 * 0x1p-20, wide = narrow * 0x1p1000 * 0x1p20;
    BOOST_TEST(of(narrow, rule) == of(wide, rule), boost::test_tools::per_element());
  }
  const std::vector<double> edges = BinEdges({0, 0x1p-1060}, 4).edges();
  BOOST_TEST(edges == (std::vector<double>{0, 0x1p-1062, 0x1p-1061, 0x3p-1062, 0x1p-1060}),
             boost::test_tools::per_element());
  const std::vector<std::int32_t> outside = indices_of(BinEdges({0, 0x1p-1060}, 4), tensor_of({-1, 1e300, 0x1p-1061}));
  BOOST_TEST(outside == (std::vector<std::int32_t>{0, 3, 2}), boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(values_that_make_up_a_quantile_bin_are_told_apart) {
  // A saturated layer: the quantiles are -1 and 1, and nothing between.
  const torch::Tensor signs = torch::cat({torch::full({503}, -1.0), torch::full({497}, 1.0)});
  const std::vector<std::int32_t> index = indices_of(bin_edges(BinRule::quantile, 50, signs, {-1, 1}), signs);
  BOOST_TEST(std::count(index.begin(), index.end(), 0) == 503);
  BOOST_TEST(std::count(index.begin(), index.end(), 1) == 497);
  const torch::Tensor equal = torch::full({10}, 0.3);
  BOOST_TEST(bin_edges(BinRule::quantile, 50, equal, extent(equal)).bins() == 1);
}

BOOST_AUTO_TEST_CASE(quantile_bins_share_the_scalars_evenly) {
  const torch::Tensor values = skewed();
  std::vector<std::int64_t> counts(8);
  for (const std::int32_t bin : indices_of(bin_edges(BinRule::quantile, 8, values, extent(values)), values)) {
    ++counts[bin];
  }
  BOOST_TEST(counts == std::vector<std::int64_t>(8, 125), boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(a_rule_that_wants_too_many_bins_is_refused) {
  BOOST_TEST(
      message_of<Error>([] { bin_edges(BinRule::scott, 0, tensor_of({0, 1}), {0, 1e12}); }) ==
      "rule scott requires 7.22e+11 bins for 2 scalars in [0, 1000000000000], at most 1048576 are possible: narrow the "
      "range or give a number of bins");
}

BOOST_AUTO_TEST_CASE(idnns_bins_are_those_of_its_program) {
  // numpy.linspace(-1, 1, 30).astype(float32); the symbol is bins[numpy.digitize(x, bins) - 1], and bins[-1] is the
  // last.
  const BinEdges edges = BinEdges::idnns({-1, 1}, 30);
  BOOST_TEST(edges.bins() == 30);
  std::vector<double> thirty;
  for (int i = 0; i < 30; ++i) thirty.push_back(static_cast<float>(-1 + i * (2 / 29.0)));
  BOOST_TEST(edges.edges() == thirty, boost::test_tools::per_element());
  BOOST_TEST(edges.edges()[1] == -0x1.dcb08ep-1);
  for (const auto type : {torch::kFloat32, torch::kFloat64}) {
    const torch::Tensor values = trying_values(thirty).to(type), scalars = values.to(torch::kFloat64);
    std::vector<std::int32_t> expected, found;
    std::int64_t outside = 0;
    for (std::int64_t i = 0; i < scalars.numel(); ++i) {
      const double x = scalars[i].item<double>();
      const auto digit = std::count_if(thirty.begin(), thirty.end(), [x](double edge) { return edge <= x; });
      expected.push_back(digit == 0 ? 29 : static_cast<std::int32_t>(digit) - 1);
      outside += x < -1 || x > 1;
    }
    BOOST_TEST(edges.indices(values, found) == outside);
    BOOST_TEST(found == expected, boost::test_tools::per_element());
  }
  const torch::Tensor some = torch::tensor({-1.0f, -1.1f, 0.9999f, 1.0f, 7.0f});
  BOOST_TEST(indices_of(edges, some) == (std::vector<std::int32_t>{0, 29, 28, 29, 29}),
             boost::test_tools::per_element());
  BOOST_TEST(bin_edges(BinRule::idnns, 30, some, {-1, 1}).edges() == thirty, boost::test_tools::per_element());
  BOOST_CHECK_THROW(BinEdges::idnns({-1, 1}, 1), std::invalid_argument);
}

BOOST_AUTO_TEST_SUITE_END()
