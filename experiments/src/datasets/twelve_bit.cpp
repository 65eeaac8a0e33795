#include <infoplane/experiments/twelve_bit.hpp>

#include <algorithm>
#include <array>
#include <cmath>

#include <ATen/CPUGeneratorImpl.h>

#include <infoplane/estimators/information_bottleneck.hpp>

namespace infoplane::experiments {
namespace {

constexpr int kBits = 12;
constexpr int kPatterns = 1 << kBits;

// Of each vertex of the icosahedron: its five neighbors and its antipode.
constexpr int kNeighbors[kBits][5] = {{1, 3, 5, 10, 11}, {0, 2, 3, 4, 11},  {1, 3, 4, 8, 9},  {0, 1, 2, 8, 10},
                                      {1, 2, 6, 9, 11},  {0, 6, 7, 10, 11}, {4, 5, 7, 9, 11}, {5, 6, 8, 9, 10},
                                      {2, 3, 7, 9, 10},  {2, 4, 6, 7, 8},   {0, 3, 5, 7, 8},  {0, 1, 4, 5, 6}};
constexpr int kAntipode[kBits] = {9, 7, 5, 6, 10, 2, 3, 1, 11, 0, 4, 8};

// v_i . v_j for the unit vectors of two vertices.
double dot(int i, int j) {
  if (i == j) return 1;
  if (kAntipode[i] == j) return -1;
  for (const int neighbor : kNeighbors[i]) {
    if (neighbor == j) return 1 / std::sqrt(5.0);
  }
  return -1 / std::sqrt(5.0);
}

using Pattern = std::array<bool, kBits>;

Pattern pattern_of(int number) {
  Pattern bits{};
  for (int column = 0; column < kBits; ++column) bits[column] = (number >> (kBits - 1 - column)) & 1;
  return bits;
}

bool ones_rule(const Pattern& bits) {
  int ones = 0;
  for (int column = 1; column < kBits; ++column) ones += bits[column];
  return ones >= 6;
}

bool tishby_rule(const Pattern& bits) {
  int ones = 0;
  double squared_length = 0;
  for (int i = 0; i < kBits; ++i) {
    ones += bits[i];
    for (int j = 0; j < kBits; ++j) squared_length += bits[i] && bits[j] ? dot(i, j) : 0;
  }
  return ones + 1.07 * std::sqrt(std::max(squared_length, 0.0)) >= 7.7;
}

// p(x, y) [2^12, 2] of patterns that are equally frequent.
torch::Tensor joint_of(const std::vector<double>& probabilities) {
  const torch::Tensor p = torch::tensor(probabilities, torch::kFloat64);
  return torch::stack({1 - p, p}, 1) / kPatterns;
}

Truth truth_of(const std::vector<double>& probabilities) {
  const torch::Tensor joint = joint_of(probabilities);
  const auto entropy = [](const torch::Tensor& p) { return -torch::xlogy(p, p).sum().item<double>() / std::log(2.0); };
  Truth truth;
  truth.i_xy_bits = entropy(joint.sum(0)) + entropy(joint.sum(1)) - entropy(joint);
  truth.best_accuracy = std::get<0>(joint.max(1)).sum().item<double>();
  return truth;
}

}  // namespace

EnumNames<TwelveBitRule> names(TwelveBitRule) {
  return {{TwelveBitRule::ones, "ones"},
          {TwelveBitRule::tishby, "tishby"},
          {TwelveBitRule::tishby_stochastic, "tishby_stochastic"}};
}

EnumNames<BitInputs> names(BitInputs) {
  return {{BitInputs::zero_one, "zero_one"}, {BitInputs::plus_minus, "plus_minus"}};
}

Fields fields(TwelveBitOptions& o) {
  return {
      field("rule", o.rule,
            "rule for label 1: at least six ones among bits 2..12, Tishby's icosahedron rule, or its stochastic form, "
            "which has label probabilities"),
      field("inputs", o.inputs, "numbers of the bits: 0 and 1, or -1 and 1")};
}

std::vector<double> tishby_probabilities() {
  const double pi = std::acos(-1.0);
  std::vector<double> probabilities;
  for (int number = 0; number < kPatterns; ++number) {
    const Pattern bits = pattern_of(number);
    std::array<double, 3> sums{};  // of P_0, P_1, P_2 over pairs of set bits
    for (int i = 0; i < kBits; ++i) {
      for (int j = 0; j < kBits; ++j) {
        if (!bits[i] || !bits[j]) continue;
        const double cosine = dot(i, j);
        sums[0] += 1;
        sums[1] += cosine;
        sums[2] += (3 * cosine * cosine - 1) / 2;
      }
    }
    const auto norm = [&](int l) { return std::sqrt((2 * l + 1) / (4 * pi) * std::max(sums[l], 0.0)); };
    const double u = pi / 3 * (2 * norm(0) + 5.0 / 3 * norm(1) + 4.0 / 5 * norm(2));
    probabilities.push_back(1 / (1 + std::exp(-12 * (u - 5.89))));
  }
  return probabilities;
}

Dataset make_twelve_bit(const TwelveBitOptions& options, std::uint64_t seed) {
  Dataset dataset{torch::empty({kPatterns, kBits}), torch::empty({kPatterns}, torch::kInt64), 2};
  const float zero = options.inputs == BitInputs::plus_minus ? -1.0f : 0.0f;
  float* input = dataset.inputs.data_ptr<float>();
  std::int64_t* label = dataset.labels.data_ptr<std::int64_t>();
  for (int number = 0; number < kPatterns; ++number) {
    const Pattern bits = pattern_of(number);
    for (const bool bit : bits) *input++ = bit ? 1.0f : zero;
    *label++ = options.rule == TwelveBitRule::ones ? ones_rule(bits) : tishby_rule(bits);
  }
  if (options.rule == TwelveBitRule::tishby_stochastic) {
    const std::vector<double> probabilities = tishby_probabilities();
    const torch::Tensor p = torch::tensor(probabilities, torch::kFloat64);
    dataset.labels = p.bernoulli(at::detail::createCPUGenerator(seed)).to(torch::kInt64);
    dataset.label_probabilities = torch::stack({1 - p, p}, 1);
    dataset.truth = [probabilities] { return truth_of(probabilities); };
    dataset.bottleneck = [probabilities] { return estimators::information_bottleneck(joint_of(probabilities)); };
  }
  return dataset;
}

}  // namespace infoplane::experiments
