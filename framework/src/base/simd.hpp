#pragma once

#include <cstdint>

// Vectors of numbers, written once for every width. Loops vectorized by the compiler were up to six times slower,
// depending on compiler and optimization level, and so were vectors wider than the processor's.
#define INFOPLANE_INLINE inline __attribute__((always_inline))
#define INFOPLANE_UNROLL _Pragma("GCC unroll 16")

namespace infoplane::simd {

template <class Real>
struct BitsOf;
template <>
struct BitsOf<float> {
  using type = std::int32_t;
};
template <>
struct BitsOf<double> {
  using type = std::int64_t;
};

/// `lanes` numbers, and whole numbers of the same size. Comparisons give lanes of 0 and -1.
template <class Real, int bytes>
struct Vector {
  typedef Real Reals __attribute__((vector_size(bytes)));
  typedef typename BitsOf<Real>::type Bits __attribute__((vector_size(bytes)));
  static constexpr int lanes = bytes / sizeof(Real);
};

#ifdef __x86_64__
template <class Kernel, class... Args>
__attribute__((target("avx512f,avx512bw,avx512cd,avx512dq,avx512vl,avx2,fma,bmi,bmi2"))) auto run_avx512(Args... args) {
  return Kernel::template run<64>(args...);
}

template <class Kernel, class... Args>
__attribute__((target("avx2,fma,bmi,bmi2"))) auto run_avx2(Args... args) {
  return Kernel::template run<32>(args...);
}
#endif

/// Kernel::run<bytes>(args...), which is INFOPLANE_INLINE, with the widest vectors of the processor.
template <class Kernel, class... Args>
auto run(Args... args) {
#ifdef __x86_64__
  static const bool avx2 = __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma") &&
                           __builtin_cpu_supports("bmi") && __builtin_cpu_supports("bmi2");
  static const bool avx512 = avx2 && __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
                             __builtin_cpu_supports("avx512cd") && __builtin_cpu_supports("avx512dq") &&
                             __builtin_cpu_supports("avx512vl");
  if (avx512) return run_avx512<Kernel>(args...);
  if (avx2) return run_avx2<Kernel>(args...);
#endif
  return Kernel::template run<16>(args...);
}

}  // namespace infoplane::simd
