#pragma once

#include <cstdint>
#include <vector>

#include <infoplane/estimators/words.hpp>
#include <infoplane/fields.hpp>

/// Entropies in bits of variables that were counted: n_w of N samples bear word w, W words occur. The functions throw
/// std::invalid_argument for a negative count, an id that is not from 0 to count - 1, and variables of different
/// numbers of samples.
namespace infoplane::estimators {

/// What is done about the entropy of a sample being below that of its source.
enum class Correction {
  none,          ///< plug-in: -sum_w (n_w / N) log2 (n_w / N)
  miller_madow,  ///< plug-in + (W - 1) / (2 N ln 2)
  chao_shen      ///< -sum_w q_w log2 q_w / (1 - (1 - q_w)^N), q_w = C n_w / N, coverage C = 1 - (words seen once) / N
};
EnumNames<Correction> names(Correction);

/// H of the counts, which are not negative; a count of 0 adds nothing. 0 without a sample and for a single word. The
/// order of the counts does not change a bit of the result. Chao-Shen with every word seen once takes C = 1 / N.
double entropy_bits(const std::vector<std::int32_t>& counts, Correction correction = Correction::none);

/// H(W).
double entropy_bits(const Words& words, Correction correction = Correction::none);

/// How often each word occurs.
std::vector<std::int32_t> word_counts(const Words& words);

/// The words that occur beside each value g of another variable: counts[start[g]] .. counts[start[g + 1] - 1], none of
/// them 0, in order of first occurrence.
struct JointCounts {
  std::vector<std::int32_t> counts;
  std::vector<std::int64_t> start;
};

/// Both of the same N samples. Cost: O(N).
JointCounts joint_counts(const Words& words, const Words& given);

/// H(W|G) = sum_g p(g) H(W|G=g), with conditional probabilities inside.
double conditional_entropy_bits(const Words& words, const Words& given, Correction correction = Correction::none);

/// I(W;G) = H(W) - H(W|G). A corrected one may be negative.
double mutual_information_bits(const Words& words, const Words& given, Correction correction = Correction::none);

}  // namespace infoplane::estimators
