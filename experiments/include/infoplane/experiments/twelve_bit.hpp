#pragma once

#include <infoplane/dataset.hpp>
#include <infoplane/fields.hpp>

namespace infoplane::experiments {

/// ones: y = 1 iff at least 6 of the bits 2..12 are set, (3.6); exactly 2048 of the 4096 patterns.
/// tishby: the rule of Tishby's own 12-bit data. The bits are the vertices v_i of an icosahedron; with S the set bits,
/// y = 1 iff |S| + 1.07 |sum of v_i over S| >= 7.7; 2118 of the 4096 patterns, H(Y) = 0.999157 bits.
enum class TwelveBitRule { ones, tishby };
EnumNames<TwelveBitRule> names(TwelveBitRule);

struct TwelveBitOptions {
  TwelveBitRule rule = TwelveBitRule::ones;
};
Fields fields(TwelveBitOptions& options);

/// All 4096 patterns of 12 bits in counting order, column 0 the most significant bit, as 0 and 1; K = 2. Draws nothing.
Dataset make_twelve_bit(const TwelveBitOptions& options, std::uint64_t seed);

}  // namespace infoplane::experiments
