#include "clustering/distances.hpp"

#include <cmath>
#include <cstring>
#include <limits>
#include <utility>

namespace infoplane::estimators::clustering {
namespace {

using simd::Vector;

// With l running over the lanes: where bit `width` of l is set, a's lane l changes places with b's lane l - width.
template <int width, class Reals, std::size_t... l>
INFOPLANE_INLINE void swap_lanes(Reals& a, Reals& b, std::index_sequence<l...>) {
  constexpr std::size_t lanes = sizeof...(l);
  const Reals low = __builtin_shufflevector(a, b, ((l & width) != 0 ? l - width + lanes : l)...);
  b = __builtin_shufflevector(a, b, ((l & width) != 0 ? l + lanes : l + width)...);
  a = low;
}

// A square of lanes x lanes numbers, mirrored by halves, quarters and so on.
template <int lanes, int width, class Reals>
INFOPLANE_INLINE void transpose(Reals* rows) {
  INFOPLANE_UNROLL
  for (int l = 0; l < lanes; ++l) {
    if ((l & width) == 0) swap_lanes<width>(rows[l], rows[l + width], std::make_index_sequence<lanes>());
  }
  if constexpr (width > 1) transpose<lanes, width / 2>(rows);
}

struct Gather {
  template <int bytes, class Real>
  static INFOPLANE_INLINE void run(const Rows<Real>* rows, const std::int32_t* samples, Real* block) {
    using Reals = typename Vector<Real, bytes>::Reals;
    constexpr int lanes = Vector<Real, bytes>::lanes;
    for (std::int64_t j = 0; j < kBlock; j += lanes) {
      const Real* row[lanes];
      for (int l = 0; l < lanes; ++l) row[l] = rows->row(samples[j + l]);
      for (std::int64_t m = 0; m < rows->units; m += lanes) {
        Reals square[lanes];
        INFOPLANE_UNROLL
        for (int l = 0; l < lanes; ++l) std::memcpy(&square[l], row[l] + m, bytes);
        transpose<lanes, lanes / 2>(square);
        INFOPLANE_UNROLL
        for (int l = 0; l < lanes; ++l) std::memcpy(block + (m + l) * kBlock + j, &square[l], bytes);
      }
    }
  }
};

struct SquaredDistances {
  template <int bytes, class Real>
  static INFOPLANE_INLINE void run(const Real* block, const Real* centers, std::int64_t units, Real* squares) {
    using Reals = typename Vector<Real, bytes>::Reals;
    constexpr int lanes = Vector<Real, bytes>::lanes;
    constexpr int wide = bytes == 64 ? 4 : 2;  // as many sums as there are registers for
    for (std::int64_t j = 0; j < kBlock; j += wide * lanes) {
      Reals sum[kGroup][wide] = {};
      for (std::int64_t m = 0; m < units; ++m) {
        Reals sample[wide];
        std::memcpy(sample, block + m * kBlock + j, sizeof sample);
        INFOPLANE_UNROLL
        for (int g = 0; g < kGroup; ++g) {
          INFOPLANE_UNROLL
          for (int v = 0; v < wide; ++v) {
            const Reals difference = sample[v] - centers[m * kGroup + g];
            sum[g][v] += difference * difference;
          }
        }
      }
      INFOPLANE_UNROLL
      for (int g = 0; g < kGroup; ++g) std::memcpy(squares + g * kBlock + j, sum[g], sizeof sum[g]);
    }
  }
};

struct FindNearest {
  template <int bytes, class Real>
  static INFOPLANE_INLINE void run(const Real* block, const CenterGroups<Real>* centers, Nearest<Real>* nearest) {
    using Reals = typename Vector<Real, bytes>::Reals;
    using Bits = typename Vector<Real, bytes>::Bits;
    using Bit = typename simd::BitsOf<Real>::type;
    for (std::int64_t j = 0; j < kBlock; ++j) {
      nearest->first[j] = nearest->second[j] = std::numeric_limits<Real>::infinity();
      nearest->center[j] = 0;
    }
    Real squares[kGroup * kBlock];
    for (std::int64_t group = 0; group < centers->groups; ++group) {
      SquaredDistances::run<bytes, Real>(block, centers->values.data() + group * kGroup * centers->units,
                                         centers->units, squares);
      for (std::int64_t j = 0; j < kBlock; j += Vector<Real, bytes>::lanes) {
        Reals first, second;
        Bits center;
        std::memcpy(&first, nearest->first + j, bytes);
        std::memcpy(&second, nearest->second + j, bytes);
        std::memcpy(&center, nearest->center + j, bytes);
        INFOPLANE_UNROLL
        for (int g = 0; g < kGroup; ++g) {
          Reals square;
          std::memcpy(&square, squares + g * kBlock + j, bytes);
          const Bits nearer = square < first;
          const Reals other = nearer ? first : square;
          second = other < second ? other : second;
          first = nearer ? square : first;
          center = nearer ? Bits{} + static_cast<Bit>(group * kGroup + g) : center;
        }
        std::memcpy(nearest->first + j, &first, bytes);
        std::memcpy(nearest->second + j, &second, bytes);
        std::memcpy(nearest->center + j, &center, bytes);
      }
    }
    for (std::int64_t j = 0; j < kBlock; ++j) {
      nearest->first[j] = std::sqrt(nearest->first[j]);
      nearest->second[j] = std::sqrt(nearest->second[j]);
    }
  }
};

}  // namespace

template <class Real>
CenterGroups<Real>::CenterGroups(const Centers& centers)
    : units(centers.units),
      groups((centers.count() + kGroup - 1) / kGroup),
      values(groups * units * kGroup, std::numeric_limits<Real>::infinity()) {
  for (std::int64_t k = 0; k < centers.count(); ++k) {
    const double* from = centers.row(k);
    Real* to = values.data() + k / kGroup * units * kGroup + k % kGroup;
    for (std::int64_t m = 0; m < units; ++m) to[m * kGroup] = static_cast<Real>(from[m]);
  }
}

template <class Real>
void gather(const Rows<Real>& rows, const std::int32_t* samples, Real* block) {
  simd::run<Gather>(&rows, samples, block);
}

template <class Real>
void squared_distances(const Real* block, const CenterGroups<Real>& centers, std::int64_t group, Real* squares) {
  simd::run<SquaredDistances>(block, centers.values.data() + group * kGroup * centers.units, centers.units, squares);
}

template <class Real>
void find_nearest(const Real* block, const CenterGroups<Real>& centers, Nearest<Real>& nearest) {
  simd::run<FindNearest>(block, &centers, &nearest);
}

template struct CenterGroups<float>;
template struct CenterGroups<double>;
template void gather(const Rows<float>&, const std::int32_t*, float*);
template void gather(const Rows<double>&, const std::int32_t*, double*);
template void squared_distances(const float*, const CenterGroups<float>&, std::int64_t, float*);
template void squared_distances(const double*, const CenterGroups<double>&, std::int64_t, double*);
template void find_nearest(const float*, const CenterGroups<float>&, Nearest<float>&);
template void find_nearest(const double*, const CenterGroups<double>&, Nearest<double>&);

}  // namespace infoplane::estimators::clustering
