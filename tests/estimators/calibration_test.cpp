#include <infoplane/estimators/calibration.hpp>

#include <algorithm>
#include <cmath>
#include <map>

#include <infoplane/error.hpp>
#include <infoplane/estimators/entropy.hpp>
#include <infoplane/estimators/ksg.hpp>
#include <infoplane/estimators/symbols.hpp>

#include "estimators/samples.hpp"

using namespace infoplane;
using namespace infoplane::estimators;
using namespace infoplane::testing;

namespace {

constexpr double kBitsPerNat = 1.44269504088896340736;

CalibrationCase find(const std::string& name) {
  for (const auto& cases : {discrete_cases(), continuous_cases()}) {
    for (const CalibrationCase& known : cases) {
      if (known.name == name) return known;
    }
  }
  throw std::out_of_range(name);
}

double truth_nats(const std::string& name) { return find(name).truth_bits / kBitsPerNat; }

// I of a joint table p[t][y], in bits.
double information_of(const std::vector<std::vector<double>>& p) {
  double information = 0;
  for (std::size_t t = 0; t < p.size(); ++t) {
    for (std::size_t y = 0; y < p[t].size(); ++y) {
      double p_t = 0, p_y = 0;
      for (double q : p[t]) p_t += q;
      for (const auto& row : p) p_y += row[y];
      if (p[t][y] > 0) information += p[t][y] * std::log2(p[t][y] / (p_t * p_y));
    }
  }
  return information;
}

// ln of the density of uncorrelated coordinates, jointly t-distributed, of each row.
torch::Tensor log_student(const torch::Tensor& rows, std::int64_t degrees) {
  const auto d = static_cast<double>(rows.size(1)), v = static_cast<double>(degrees);
  return std::lgamma((v + d) / 2) - std::lgamma(v / 2) - d / 2 * std::log(v * std::acos(-1.0)) -
         (v + d) / 2 * (rows.square().sum(1) / v).log1p();
}

// Numbers for the distinct rows of a table of whole numbers.
Symbols symbols_of(const torch::Tensor& rows) {
  SymbolRows symbols{{}, rows.size(1), 16};
  const torch::Tensor values = rows.to(torch::kInt32).contiguous();
  symbols.symbols.assign(values.data_ptr<std::int32_t>(), values.data_ptr<std::int32_t>() + values.numel());
  return distinct_rows(symbols);
}

// An estimator that says what it is told: the seed's lowest bits, as a mean that is easy to know.
class Fixed : public Estimator {
 public:
  explicit Fixed(double bits) : bits_(bits) {}
  Estimate estimate(const LayerSamples&) const override {
    return {{{"first", bits_, 10 * bits_, 7, 8, {}}, {"second", 2 * bits_, 0, 9, 0, {}}}, {}};
  }

 private:
  double bits_;
};

}  // namespace

BOOST_AUTO_TEST_SUITE(calibration)

BOOST_AUTO_TEST_CASE(discrete_truths_are_those_of_their_joint_tables) {
  const auto near = boost::test_tools::tolerance(1e-12);
  BOOST_TEST(find("binary_symmetric").truth_bits == information_of({{0.445, 0.055}, {0.055, 0.445}}), near);
  BOOST_TEST(find("erasure").truth_bits == information_of({{0.375, 0}, {0, 0.375}, {0.125, 0.125}}), near);
  BOOST_TEST(find("z_channel").truth_bits == information_of({{0.5, 0.25}, {0, 0.25}}), near);
  BOOST_TEST(find("xor").truth_bits == information_of({{0.25, 0}, {0, 0.25}, {0, 0.25}, {0.25, 0}}), near);
  BOOST_TEST(find("identity").truth_bits == 3);
  BOOST_TEST(find("first_4_bits").truth_bits == 4);
  BOOST_TEST(find("all_bits").truth_bits == 12);
  std::vector<std::int32_t> ones(13);
  for (unsigned pattern = 0; pattern < 4096; ++pattern) ++ones[__builtin_popcount(pattern)];
  BOOST_TEST(find("ones").truth_bits == entropy_bits(ones), near);
}

BOOST_AUTO_TEST_CASE(continuous_truths_are_their_closed_forms) {
  const double pi = std::acos(-1.0);
  const std::map<std::string, double> nats = {
      {"normal", std::log(16.0 / 7) / 2},  // 1 - rho^2 = 7 / 16
      {"normal_cdf", std::log(16.0 / 7) / 2},
      {"half_cube", std::log(16.0 / 7) / 2},
      {"asinh", std::log(16.0 / 7) / 2},
      // det(X) det(T) / det(X, T), the determinants of 1, 2, .. coordinates being 1, 3/4, 1/2, 5/16, 3/16, 7/64, ...
      {"normal_2x2", std::log((9.0 / 16) / (5.0 / 16)) / 2},
      {"normal_3x3", std::log((1.0 / 4) / (7.0 / 64)) / 2},
      {"normal_5x5", std::log((9.0 / 256) / (11.0 / 1024)) / 2},
      {"student_1x1", std::log(8 * pi) - 3},
      {"student_2x2", std::log(2.0) - 0.5},
      {"student_3x3", std::log(105 * pi / 32) + 10 * std::log(2.0) - 318.0 / 35},
      {"uniform_noise_0.1", 0.1 + std::log(5.0)},
      {"uniform_noise_0.75", 1.0 / 3},
      {"linear_noise", std::log(3.0)}};
  for (const auto& [name, closed_form] : nats) {
    BOOST_TEST_CONTEXT(name) { BOOST_TEST(truth_nats(name) == closed_form, boost::test_tools::tolerance(1e-12)); }
  }
}

BOOST_AUTO_TEST_CASE(continuous_truths_are_those_of_the_literature) {
  // Five digits are published (Czyz et al. 2023), in nats.
  const std::map<std::string, double> published = {
      {"normal", 0.41334},      {"normal_cdf", 0.41334},        {"half_cube", 0.41334},
      {"asinh", 0.41334},       {"normal_2x2", 0.29389},        {"normal_3x3", 0.41334},
      {"normal_5x5", 0.59281},  {"student_1x1", 0.22417},       {"student_2x2", 0.19315},
      {"student_3x3", 0.17871}, {"uniform_noise_0.1", 1.70944}, {"uniform_noise_0.75", 0.33333}};
  for (const auto& [name, nats] : published) {
    BOOST_TEST_CONTEXT(name) { BOOST_TEST(std::abs(truth_nats(name) - nats) < 5.1e-6); }
  }
}

BOOST_AUTO_TEST_CASE(the_truth_of_two_clusters_is_the_entropy_of_their_mixture_less_that_of_the_noise) {
  double h = 0;
  const double step = 1e-3;
  for (double t = -14; t < 14; t += step) {
    const double p =
        (std::exp(-(t - 1) * (t - 1) / 2) + std::exp(-(t + 1) * (t + 1) / 2)) / std::sqrt(8 * std::acos(-1.0));
    h -= p * std::log2(p) * step;
  }
  const double truth = h - 0.5 * std::log2(2 * std::acos(-1.0) * std::exp(1.0));
  BOOST_TEST(find("two_clusters").truth_bits == truth, boost::test_tools::tolerance(1e-9));
  BOOST_TEST(find("four_clusters").truth_bits == 2 * truth, boost::test_tools::tolerance(1e-9));
}

BOOST_AUTO_TEST_CASE(discrete_draws_have_the_information_that_is_said) {
  for (const CalibrationCase& known : discrete_cases()) {
    const LayerSamples samples = known.draw(200000, 1);
    const bool of_inputs = known.quantity == CalibrationCase::Quantity::i_xt;
    const torch::Tensor other = of_inputs ? samples.inputs : samples.labels.unsqueeze(1);
    // Counted of 200000 samples; 4096 symbols of two sides leave a bias of 0.015 bits.
    BOOST_TEST_CONTEXT(known.name) {
      BOOST_TEST(std::abs(mutual_information_bits(symbols_of(samples.activations), symbols_of(other)) -
                          known.truth_bits) < 0.02);
    }
  }
}

BOOST_AUTO_TEST_CASE(continuous_draws_have_the_information_that_neighbors_find) {
  for (const CalibrationCase& known : continuous_cases()) {
    if (known.name.rfind("student", 0) == 0) continue;  // neighbors miss half of it: the next case has another referee
    const LayerSamples samples = known.draw(4000, 1);
    const double bits = known.quantity == CalibrationCase::Quantity::i_xt
                            ? kraskov_information_bits(samples.inputs, samples.activations, 5)
                            : ross_information_bits(samples.activations, samples.labels, 5);
    // Scatter 0.02 bits, and for five dimensions a bias of some 0.05.
    BOOST_TEST_CONTEXT(known.name) { BOOST_TEST(std::abs(bits - known.truth_bits) < 0.1); }
  }
}

BOOST_AUTO_TEST_CASE(student_draws_have_the_information_that_their_densities_give) {
  for (const std::int64_t d : {1, 2, 3}) {
    const std::int64_t degrees = d;
    const std::string name = "student_" + std::to_string(d) + "x" + std::to_string(d);
    const LayerSamples samples = find(name).draw(100000, 1);
    const torch::Tensor bits = (log_student(torch::cat({samples.inputs, samples.activations}, 1), degrees) -
                                log_student(samples.inputs, degrees) - log_student(samples.activations, degrees)) *
                               kBitsPerNat;
    // The mean of 100000 whose deviation is about 1.
    BOOST_TEST_CONTEXT(name) { BOOST_TEST(std::abs(bits.mean().item<double>() - find(name).truth_bits) < 0.015); }
  }
}

BOOST_AUTO_TEST_CASE(draws_are_valid_layers_and_equal_seeds_give_equal_ones) {
  for (const auto& cases : {discrete_cases(), continuous_cases()}) {
    for (const CalibrationCase& known : cases) {
      const LayerSamples samples = known.draw(50, 3);
      BOOST_CHECK_NO_THROW(validate(samples));
      BOOST_TEST(torch::equal(samples.activations, known.draw(50, 3).activations));
      BOOST_TEST(!torch::equal(samples.activations, known.draw(50, 4).activations));
    }
  }
}

BOOST_AUTO_TEST_CASE(names_are_unique) {
  std::map<std::string, int> seen;
  for (const auto& cases : {discrete_cases(), continuous_cases()}) {
    for (const CalibrationCase& known : cases) BOOST_TEST(++seen[known.name] == 1);
  }
}

BOOST_AUTO_TEST_CASE(mean_bias_spread_and_cap_are_taken_over_the_draws) {
  const CalibrationCase known{"two", CalibrationCase::Quantity::i_xt, 2,
                              [](std::int64_t, std::uint64_t) { return LayerSamples{}; }};
  double bits = 0;
  const auto make = [&](std::uint64_t) { return std::make_unique<Fixed>(++bits); };
  const auto results = calibrate(known, make, {100, 3});
  BOOST_REQUIRE_EQUAL(results.size(), 2u);
  BOOST_TEST(results[0].value == "first");
  BOOST_TEST(results[0].truth_bits == 2);
  BOOST_TEST(results[0].mean_bits == 2);  // of 1, 2, 3
  BOOST_TEST(results[0].bias_bits == 0);
  BOOST_TEST(results[0].spread_bits == 1);
  BOOST_TEST(results[0].cap_bits == 7, boost::test_tools::tolerance(1e-12));
  BOOST_TEST(results[1].value == "second");
  BOOST_TEST(results[1].bias_bits == 2);
  BOOST_TEST(results[1].spread_bits == 2);
}

BOOST_AUTO_TEST_CASE(labels_are_judged_by_their_own_value_and_one_draw_has_no_spread) {
  const CalibrationCase known{"ten", CalibrationCase::Quantity::i_ty, 10,
                              [](std::int64_t, std::uint64_t) { return LayerSamples{}; }};
  const auto results = calibrate(known, [](std::uint64_t) { return std::make_unique<Fixed>(1); }, {100, 1});
  BOOST_TEST(results[0].mean_bits == 10);
  BOOST_TEST(results[0].cap_bits == 8);
  BOOST_TEST(results[0].spread_bits == 0);
}

BOOST_AUTO_TEST_CASE(draws_and_estimators_get_different_seeds_each_time) {
  std::vector<std::uint64_t> seeds;
  const CalibrationCase known{"x", CalibrationCase::Quantity::i_xt, 0, [&](std::int64_t, std::uint64_t seed) {
                                seeds.push_back(seed);
                                return LayerSamples{};
                              }};
  const auto make = [&](std::uint64_t seed) {
    seeds.push_back(seed);
    return std::make_unique<Fixed>(0);
  };
  calibrate(known, make, {100, 5});
  std::sort(seeds.begin(), seeds.end());
  BOOST_TEST(seeds.size() == 10u);
  BOOST_TEST((std::adjacent_find(seeds.begin(), seeds.end()) == seeds.end()));
}

BOOST_AUTO_TEST_CASE(an_estimator_that_refuses_one_draw_has_its_reason_and_no_numbers) {
  const CalibrationCase known{"five", CalibrationCase::Quantity::i_xt, 5,
                              [](std::int64_t, std::uint64_t) { return LayerSamples{}; }};
  int made = 0;
  const auto make = [&](std::uint64_t) {
    if (++made == 2) throw UsageError("too noisy");
    return std::make_unique<Fixed>(1);
  };
  const auto results = calibrate(known, make, {100, 3});
  BOOST_REQUIRE_EQUAL(results.size(), 1u);
  BOOST_TEST(results[0].value == "");
  BOOST_TEST(results[0].reason == "too noisy");
  BOOST_TEST(results[0].truth_bits == 5);
  for (const double number :
       {results[0].mean_bits, results[0].bias_bits, results[0].spread_bits, results[0].cap_bits, results[0].seconds}) {
    BOOST_TEST(std::isnan(number));
  }
}

BOOST_AUTO_TEST_CASE(a_value_of_0_under_a_cap_of_0_is_not_estimated) {
  const CalibrationCase known{"one", CalibrationCase::Quantity::i_ty, 1,
                              [](std::int64_t, std::uint64_t) { return LayerSamples{}; }};
  const auto results = calibrate(known, [](std::uint64_t) { return std::make_unique<Fixed>(1); }, {100, 2});
  BOOST_REQUIRE_EQUAL(results.size(), 2u);
  BOOST_TEST(results[0].reason == "");
  BOOST_TEST(results[1].value == "second");
  BOOST_TEST(results[1].reason == "not estimated: its cap is 0");
  BOOST_TEST(results[1].truth_bits == 1);
  BOOST_TEST(std::isnan(results[1].mean_bits));
  BOOST_TEST(std::isnan(results[1].bias_bits));
}

BOOST_AUTO_TEST_CASE(an_estimate_of_0_under_a_cap_is_an_estimate) {
  const CalibrationCase known{"none", CalibrationCase::Quantity::i_xt, 0,
                              [](std::int64_t, std::uint64_t) { return LayerSamples{}; }};
  const auto results = calibrate(known, [](std::uint64_t) { return std::make_unique<Fixed>(0); }, {100, 2});
  BOOST_TEST(results[0].reason == "");
  BOOST_TEST(results[0].mean_bits == 0);
  BOOST_TEST(results[0].cap_bits == 7);
}

BOOST_AUTO_TEST_SUITE_END()
