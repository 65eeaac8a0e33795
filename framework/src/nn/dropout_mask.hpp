#pragma once

#include <cstdint>

namespace infoplane::kernels {

/// A stream of Philox4x32-10 (Salmon et al. 2011), equal to at::Philox4_32(seed, subsequence), and the probability of
/// keeping.
struct DropoutStream {
  std::uint64_t seed;
  std::uint64_t subsequence;
  double keep;
};

/// out[k] = 1 / keep if the k-th number of the stream is below keep 2^32, else 0.
void dropout_mask(const DropoutStream& stream, float* out, std::int64_t count);

}  // namespace infoplane::kernels
