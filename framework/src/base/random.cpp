#include <infoplane/random.hpp>

namespace infoplane {
namespace {

/// SplitMix64's step and finalizer (Steele, Lea and Flood 2014), one-to-one on 64 bits.
std::uint64_t mix(std::uint64_t x) {
  x += 0x9E3779B97F4A7C15u;
  x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9u;
  x = (x ^ (x >> 27)) * 0x94D049BB133111EBu;
  return x ^ (x >> 31);
}

}  // namespace

std::uint64_t stream_seed(std::uint64_t seed, std::int64_t replica, Purpose purpose, std::int64_t index) {
  std::uint64_t state = mix(seed);
  state = mix(state ^ static_cast<std::uint64_t>(replica));
  state = mix(state ^ static_cast<std::uint64_t>(purpose));
  return mix(state ^ static_cast<std::uint64_t>(index));
}

}  // namespace infoplane
