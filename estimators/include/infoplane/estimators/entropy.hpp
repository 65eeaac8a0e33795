#pragma once

#include <cstdint>
#include <vector>

#include <infoplane/estimators/symbols.hpp>
#include <infoplane/fields.hpp>

/// Entropies in bits of counted variables: n_w of N samples have symbol w, W symbols occur. The functions throw
/// std::invalid_argument for a negative count, an id that is not from 0 to count - 1, and variables with different
/// numbers of samples.
namespace infoplane::estimators {

/// Corrections of the small-sample bias of the entropy.
enum class Correction {
  none,          ///< plug-in: -sum_w (n_w / N) log2 (n_w / N)
  miller_madow,  ///< plug-in + (W - 1) / (2 N ln 2)
  chao_shen      ///< -sum_w q_w log2 q_w / (1 - (1 - q_w)^N), q_w = C n_w / N, coverage C = 1 - (symbols seen once) / N
};
EnumNames<Correction> names(Correction);

/// H of the counts; a count of 0 adds nothing. 0 for no samples and for a single symbol. The result does not depend on
/// the order of the counts, to the last bit. Chao-Shen with every symbol seen once uses C = 1 / N.
double entropy_bits(const std::vector<std::int32_t>& counts, Correction correction = Correction::none);

/// H(W).
double entropy_bits(const Symbols& symbols, Correction correction = Correction::none);

/// The number of samples of each symbol.
std::vector<std::int32_t> symbol_counts(const Symbols& symbols);

/// Counts of the symbols that occur with each value g of another variable: counts[start[g]] .. counts[start[g + 1] -
/// 1], none of them 0, in order of first occurrence.
struct JointCounts {
  std::vector<std::int32_t> counts;
  std::vector<std::int64_t> start;
};

/// Of two variables of the same N samples. Cost: O(N).
JointCounts joint_counts(const Symbols& symbols, const Symbols& given);

/// H(W|G) = sum_g p(g) H(W|G=g), with conditional probabilities inside.
double conditional_entropy_bits(const Symbols& symbols, const Symbols& given, Correction correction = Correction::none);

/// H(G), G with the samples' mean probabilities.
double entropy_bits(const SymbolProbabilities& symbols);

/// H(W|G) = sum_g p(g) H(W|G=g), p(g) = sum_n p(g|n) / N, p(w|g) = sum of p(g|n) / N p(g) over the samples with symbol
/// w. Probabilities of 0 and 1 give the plug-in of the symbols with probability 1, to rounding. Cost: O(N G).
double conditional_entropy_bits(const Symbols& symbols, const SymbolProbabilities& given);

/// I(W;G) = H(W) - H(W|G). May be negative with a correction.
double mutual_information_bits(const Symbols& symbols, const Symbols& given, Correction correction = Correction::none);

}  // namespace infoplane::estimators
