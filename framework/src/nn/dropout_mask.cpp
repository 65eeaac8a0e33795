#include "nn/dropout_mask.hpp"

#include <algorithm>

#include "base/simd.hpp"

namespace infoplane::kernels {
namespace {

constexpr std::int64_t kBlocks = 16;  // counters that go through the rounds together
constexpr std::int64_t kNumbers = 4 * kBlocks;
constexpr int kRounds = 10;

struct Philox {
  std::uint32_t word[4][kBlocks];
};

INFOPLANE_INLINE void philox_round(Philox& p, std::uint32_t key0, std::uint32_t key1) {
  for (std::int64_t k = 0; k < kBlocks; ++k) {
    const std::uint64_t a = std::uint64_t{0xD2511F53} * p.word[0][k];
    const std::uint64_t b = std::uint64_t{0xCD9E8D57} * p.word[2][k];
    p.word[0][k] = static_cast<std::uint32_t>(b >> 32) ^ p.word[1][k] ^ key0;
    p.word[1][k] = static_cast<std::uint32_t>(b);
    p.word[2][k] = static_cast<std::uint32_t>(a >> 32) ^ p.word[3][k] ^ key1;
    p.word[3][k] = static_cast<std::uint32_t>(a);
  }
}

INFOPLANE_INLINE void philox(const DropoutStream& stream, std::uint64_t first, Philox& p) {
  for (std::int64_t k = 0; k < kBlocks; ++k) {
    p.word[0][k] = static_cast<std::uint32_t>(first + k);
    p.word[1][k] = static_cast<std::uint32_t>((first + k) >> 32);
    p.word[2][k] = static_cast<std::uint32_t>(stream.subsequence);
    p.word[3][k] = static_cast<std::uint32_t>(stream.subsequence >> 32);
  }
  auto key0 = static_cast<std::uint32_t>(stream.seed), key1 = static_cast<std::uint32_t>(stream.seed >> 32);
  for (int round = 0; round < kRounds; ++round) {
    philox_round(p, key0, key1);
    key0 += 0x9E3779B9;
    key1 += 0xBB67AE85;
  }
}

struct DropoutMask {
  template <int bytes>
  INFOPLANE_INLINE static void run(const DropoutStream* call, float* out, std::int64_t count) {
    const DropoutStream& stream = *call;
    const auto kept =
        std::max(std::uint64_t{1}, static_cast<std::uint64_t>(stream.keep * 4294967296.0));  // of all 2^32 numbers
    const auto last = static_cast<std::uint32_t>(kept - 1);
    const auto scale = static_cast<float>(1 / stream.keep);
    Philox p;
    float mask[kNumbers];
    for (std::int64_t start = 0; start < count; start += kNumbers) {
      philox(stream, start / 4, p);
      for (std::int64_t k = 0; k < kBlocks; ++k) {
        for (std::int64_t w = 0; w < 4; ++w) mask[4 * k + w] = p.word[w][k] <= last ? scale : 0.0f;
      }
      std::copy_n(mask, std::min(kNumbers, count - start), out + start);
    }
  }
};

}  // namespace

void dropout_mask(const DropoutStream& stream, float* out, std::int64_t count) {
  simd::run<DropoutMask>(&stream, out, count);
}

}  // namespace infoplane::kernels
