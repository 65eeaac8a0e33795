#pragma once

#include <cstdint>
#include <cstring>

#include "base/simd.hpp"

// Sixteen floats as one value: one register with AVX-512, two with AVX2, four with SSE. All functions with such
// arguments or results are inlined, so that no calling convention depends on the instruction set.
namespace infoplane::kernels {

using Lanes = float __attribute__((vector_size(64)));
using HalfLanes = float __attribute__((vector_size(32)));
using QuarterLanes = float __attribute__((vector_size(16)));

template <class T>
constexpr std::int64_t kCount = sizeof(T) / sizeof(float);

template <class T>
INFOPLANE_INLINE void load(T& value, const float* from) {
  std::memcpy(&value, from, sizeof(T));
}

template <class T>
INFOPLANE_INLINE void store(float* to, const T& value) {
  std::memcpy(to, &value, sizeof(T));
}

INFOPLANE_INLINE float sum_lanes(const Lanes& lanes) {
  HalfLanes low, high;
  std::memcpy(&low, &lanes, sizeof(low));
  std::memcpy(&high, reinterpret_cast<const char*>(&lanes) + sizeof(low), sizeof(high));
  const HalfLanes half = low + high;
  QuarterLanes first, second;
  std::memcpy(&first, &half, sizeof(first));
  std::memcpy(&second, reinterpret_cast<const char*>(&half) + sizeof(first), sizeof(second));
  const QuarterLanes quarter = first + second;
  return (quarter[0] + quarter[2]) + (quarter[1] + quarter[3]);
}

}  // namespace infoplane::kernels
