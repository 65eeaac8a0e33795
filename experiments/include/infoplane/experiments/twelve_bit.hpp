#pragma once

#include <vector>

#include <infoplane/dataset.hpp>
#include <infoplane/fields.hpp>

namespace infoplane::experiments {

/// ones: y = 1 iff at least 6 of the bits 2..12 are set, (3.6); exactly 2048 of the 4096 patterns.
/// tishby: the rule of Tishby's own 12-bit data. The bits are the vertices v_i of an icosahedron; with S the set bits,
/// y = 1 iff |S| + 1.07 |sum of v_i over S| >= 7.7; 2118 of the 4096 patterns, H(Y) = 0.999157 bits.
/// tishby_stochastic: y is drawn, 1 with tishby_probabilities().
enum class TwelveBitRule { ones, tishby, tishby_stochastic };
EnumNames<TwelveBitRule> names(TwelveBitRule);

/// The numbers of a bit that is not set, and of one that is.
enum class BitInputs {
  zero_one,   ///< 0 and 1
  plus_minus  ///< -1 and 1
};
EnumNames<BitInputs> names(BitInputs);

struct TwelveBitOptions {
  TwelveBitRule rule = TwelveBitRule::ones;
  BitInputs inputs = BitInputs::zero_one;
};
Fields fields(TwelveBitOptions& options);

/// p(y = 1) of every pattern by the stochastic rule behind Tishby's data: 1 / (1 + exp(-12 (u - 5.89))) with
/// u = (pi / 3) (2 N_0 + (5/3) N_1 + (4/5) N_2), N_l = sqrt((2l + 1) / (4 pi) sum_ij P_l(v_i . v_j)) over the set bits,
/// P_l Legendre's polynomials. I(X;Y) = 0.89948 bits.
std::vector<double> tishby_probabilities();

/// All 4096 patterns of 12 bits in counting order, column 0 the most significant bit; K = 2. Random only in the labels
/// of tishby_stochastic, whose label_probabilities are those of tishby_probabilities().
Dataset make_twelve_bit(const TwelveBitOptions& options, std::uint64_t seed);

}  // namespace infoplane::experiments
